package command

import (
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/merge/output"
)

func benchCommand() *cli.Command {
	return &cli.Command{
		Name:      "bench",
		Usage:     "measure count, filter and grep against serial runs and other tools",
		UsageText: "linefork bench [OPTION]... [FILE]",
		Description: "Runs the same count, filter and searches serially, in threads and in processes,\n" +
			"and with wc, grep, rg and mawk where they are installed, in turn and several\n" +
			"times, and compares all answers. Without FILE it makes a file of taxi positions\n" +
			"in the temporary folder and removes it at the end.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "size", Value: "512M", Usage: "the `SIZE` of the file that is made"},
			&cli.StringFlag{Name: "key", Aliases: []string{"k"}, Value: bench.DefaultKey, Usage: "filter for the key `K`"},
			&cli.StringFlag{Name: "column", Value: "1", Usage: "the key is field number `N`"},
			&cli.StringFlag{Name: "jobs", Value: strings.Join(bench.JobNames, ","), Usage: "measure these `JOBS`"},
			&cli.StringFlag{Name: "runs", Aliases: []string{"n"}, Value: "5", Usage: "count `N` runs of each command"},
			&cli.StringFlag{Name: "warmup", Value: "1", Usage: "run each command `N` times before that"},
			&cli.BoolFlag{Name: "json", Usage: "print one JSON document with all times"},
		},
		Action: func(c *cli.Context) error {
			o := bench.Options{Jobs: strings.Split(c.String("jobs"), ","), Key: c.String("key"), JSON: c.Bool("json"), Stdout: os.Stdout, Stderr: os.Stderr}
			var err error
			if o.Size, err = gnu.ParseSize(c.String("size")); err != nil || o.Size < 1 {
				return usageError(c, "invalid size '%s'", c.String("size"))
			}
			for name, p := range map[string]*int{"column": &o.Column, "runs": &o.Runs, "warmup": &o.Warmup} {
				n, ok := parseCount(c.String(name))
				if !ok || n > 1<<20 || n == 0 && name != "warmup" {
					return usageError(c, "invalid %s '%s'", name, c.String(name))
				}
				*p = int(n)
			}
			for _, name := range o.Jobs {
				if !slices.Contains(bench.JobNames, name) {
					return usageError(c, "unknown job '%s'; there are %s", name, strings.Join(bench.JobNames, ", "))
				}
			}
			if c.NArg() > 1 {
				return usageError(c, "extra operand '%s'", c.Args().Get(1))
			}
			o.File = c.Args().First()
			return bench.Run(c.Context, o)
		},
	}
}

func generateCommand() *cli.Command {
	return &cli.Command{
		Name:      "generate",
		Usage:     "write a file of made-up taxi positions of any size",
		UsageText: "linefork generate [OPTION]... > FILE",
		Description: "Writes rows of " + taxi.Header + ".\n" +
			"The same size and seed give the same bytes everywhere. Taxi " + taxi.Planted + " stands in one\n" +
			"row of 400.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "size", Value: "512M", Usage: "write at most `SIZE` bytes, in whole rows"},
			&cli.StringFlag{Name: "rows", Usage: "write `N` rows instead"},
			&cli.StringFlag{Name: "seed", Value: "1", Usage: "begin the random numbers with `N`"},
			&cli.BoolFlag{Name: "header", Usage: "begin with a header line"},
		},
		Action: func(c *cli.Context) error {
			o := taxi.Options{Header: c.Bool("header")}
			var err error
			if o.Size, err = gnu.ParseSize(c.String("size")); err != nil {
				return usageError(c, "invalid size '%s'", c.String("size"))
			}
			if c.IsSet("rows") {
				n, ok := parseCount(c.String("rows"))
				if !ok || n < 1 || n > 1<<60 {
					return usageError(c, "invalid number of rows '%s'", c.String("rows"))
				}
				o.Rows = int64(n)
			}
			var ok bool
			if o.Seed, ok = parseCount(c.String("seed")); !ok {
				return usageError(c, "invalid seed '%s'", c.String("seed"))
			}
			if c.NArg() > 0 {
				return usageError(c, "extra operand '%s'", c.Args().First())
			}
			if _, err := taxi.Write(os.Stdout, o); err != nil {
				return &output.Error{Err: err}
			}
			return nil
		},
	}
}
