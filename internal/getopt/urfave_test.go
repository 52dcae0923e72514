package getopt

import (
	"io"
	"slices"
	"testing"

	"github.com/urfave/cli/v2"
	"pgregory.net/rapid"
)

// TestURFave checks that urfave/cli, set up as the package comment says, gives
// the command every value and every operand as it was typed.
func TestURFave(t *testing.T) {
	word := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{"", "-", "--", "-l", "--lines", "--key", "-1", "a,b", " a ", "a=b", "=", "a\nb", "\xff", "help", "h", "count", "jobs"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(word, 0, 4).Draw(t, "keys")
		name := word.Draw(t, "name")
		operands := rapid.SliceOfN(word, 0, 4).Draw(t, "operands")
		lines := rapid.Bool().Draw(t, "lines")

		flags := []cli.Flag{
			&cli.BoolFlag{Name: "lines", Aliases: []string{"l"}},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}},
			&cli.StringFlag{Name: "name", Aliases: []string{"N"}},
			&cli.GenericFlag{Name: "key", Aliases: []string{"k", "K"}, Value: new(List)},
			&cli.StringSliceFlag{Name: "field", KeepSpace: true},
		}
		var args []string
		for i, key := range keys {
			switch i % 3 {
			case 0:
				args = append(args, "-k", key)
			case 1:
				args = append(args, "--key="+key)
			case 2:
				args = append(args, "--key", key)
			}
		}
		for _, key := range keys {
			args = append(args, "--field", key)
		}
		args = append(args, "-N", name, "-j-1")
		if lines {
			args = append(args, "--lin")
		}
		args = append(append(args, "--"), operands...)

		canonical, err := Normalize("count", FromFlags(flags), args)
		if err != nil {
			t.Fatal(err)
		}
		ran := false
		app := &cli.App{
			Name:                      "linefork",
			Writer:                    io.Discard,
			DisableSliceFlagSeparator: true,
			Commands: []*cli.Command{{
				Name:            "count",
				Flags:           flags,
				HideHelpCommand: true,
				Action: func(c *cli.Context) error {
					ran = true
					for _, alias := range []string{"key", "k", "K"} {
						if got := c.Generic(alias).(*List).Values(); !slices.Equal(got, keys) {
							t.Errorf("%s = %q, want %q", alias, got, keys)
						}
					}
					if got := c.StringSlice("field"); !slices.Equal(got, keys) {
						t.Errorf("field = %q, want %q", got, keys)
					}
					if got := c.String("name"); got != name {
						t.Errorf("name = %q, want %q", got, name)
					}
					if got := c.Int("jobs"); got != -1 {
						t.Errorf("jobs = %d, want -1", got)
					}
					if got := c.Bool("lines"); got != lines {
						t.Errorf("lines = %v, want %v", got, lines)
					}
					if got := c.Args().Slice(); !slices.Equal(got, operands) {
						t.Errorf("operands %q, want %q", got, operands)
					}
					return nil
				},
			}},
		}
		if err := app.Run(append([]string{"linefork", "count"}, canonical...)); err != nil {
			t.Fatalf("%q: %v", canonical, err)
		}
		if !ran {
			t.Fatalf("%q: the command did not run", canonical)
		}
	})
}

func TestFromFlags(t *testing.T) {
	opts := FromFlags([]cli.Flag{
		&cli.BoolFlag{Name: "lines", Aliases: []string{"l"}},
		&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}},
		&cli.StringSliceFlag{Name: "key", Aliases: []string{"k"}},
		&cli.StringFlag{Name: "color"},
		cli.HelpFlag,
	})
	opts = WithOptional(opts, "color", "auto")
	got, err := Normalize("count", opts, []string{"-lj4", "-hk", "a,b", "--color", "--he"})
	want := []string{"--lines", "--jobs=4", "--help", "--key=a,b", "--color=auto", "--help", "--"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Normalize = %q, %v, want %q", got, err, want)
	}
}
