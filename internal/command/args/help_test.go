package args

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/locale"
)

func printed(t *testing.T, c Command) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, "v1.2.3", c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestVersion(t *testing.T) {
	if got := printed(t, Version{}); got != "linefork v1.2.3\n" {
		t.Errorf("%q", got)
	}
	want := "linefork v1.2.3, with the options and answers of GNU grep 3.8\n"
	if got := printed(t, Version{"grep"}); got != want {
		t.Errorf("%q", got)
	}
}

// TestHelp finds all of the tables in the help, and no state left behind by it.
func TestHelp(t *testing.T) {
	flags := [...]cli.Flag{cli.HelpFlag, cli.VersionFlag}
	top := printed(t, Help{})
	for _, want := range []string{
		"linefork COMMAND [OPTION]", "VERSION:\n   v1.2.3\n", "--help", "--version",
	} {
		if !strings.Contains(top, want) {
			t.Errorf("the help lacks %q:\n%s", want, top)
		}
	}
	for _, c := range commands {
		if !strings.Contains(top, c.name) || !strings.Contains(top, c.summary) {
			t.Errorf("the help lacks %s", c.name)
		}
		help := printed(t, Help{c.name})
		lines := strings.Split(help, "\n")
		for _, part := range []string{c.summary, c.usage, c.description, "--help"} {
			for line := range strings.Lines(part) {
				if !strings.Contains(help, strings.TrimSpace(line)) {
					t.Errorf("the help of %s lacks %q", c.name, line)
				}
			}
		}
		for _, o := range c.make(locale.C).options() {
			name := o.name()
			if o.value != "" {
				name += " " + o.value
			}
			shown := ""
			if o.shown != "" {
				shown = "(default: " + o.shown + ")"
			}
			found := slices.ContainsFunc(lines, func(line string) bool {
				line = strings.TrimSpace(line)
				return strings.HasPrefix(strings.TrimLeft(line, "-"), name) &&
					strings.Contains(line, o.help) && strings.Contains(line, shown)
			})
			if !found {
				t.Errorf("the help of %s lacks --%s as the table has it:\n%s", c.name, name, help)
			}
			if o.category != "" && !slices.Contains(lines, "   "+o.category) {
				t.Errorf("the help of %s lacks the category %q", c.name, o.category)
			}
		}
	}
	if flags != [...]cli.Flag{cli.HelpFlag, cli.VersionFlag} {
		t.Error("the help changed what other programs' help is made of")
	}
}

// TestPrintError has the error of the writer, of which urfave/cli says nothing.
func TestPrintError(t *testing.T) {
	for _, c := range []Command{Help{}, Help{"grep"}, Version{}} {
		if err := Print(broken{}, "v1.2.3", c); err != errBroken {
			t.Errorf("%T: %v", c, err)
		}
	}
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

// TestCompletion has a shell's command line completed: urfave/cli looks at os.Args.
func TestCompletion(t *testing.T) {
	defer func(args []string) { os.Args = args }(os.Args)
	for line, want := range map[string][]string{
		"":                   {"count", "grep", "filter", "bench", "generate"},
		"filter --col":       {"--column", "--column-name"},
		"grep --col":         {"--color", "--colour"},
		"generate --s":       {"--size", "--seed"},
		"count -j4 --prog":   {"--progress"},
		"filter -k 1 --head": {"--header"},
	} {
		os.Args = append(strings.Fields("linefork "+line), complete)
		c, err := Parse(os.Args, false, locale.C)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Fields(printed(t, c)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
