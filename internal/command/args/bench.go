package args

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/locale"
)

var benchCommand = command{
	name:    "bench",
	summary: "measure linefork against itself and other tools, on any file",
	usage:   "linefork bench [OPTION]... [FILE]",
	examples: []example{
		{"linefork bench --size 1M --runs 1", "a quick one, on a file that it makes"},
		{"linefork bench --jobs grep --pattern ',1$' --runs 1 taxi.csv", "one search, in a file"},
	},
	description: `Runs the same work serially, in threads and in processes, and with the tools that are
installed (wc, grep, rg, ugrep, mawk, parallel, mlr, duckdb, zsv), in turn and several times,
compares all answers, and says in five lines what came out. FILE may be of any kind: the key and the
patterns are taken from it. Without FILE it makes a file of taxi positions in the temporary folder
and removes it at the end.`,
	make: func(locale.Locale) operation {
		return &Bench{bench.Options{
			Size: bench.DefaultSize, Column: bench.DefaultColumn, Jobs: bench.JobNames,
			Time: bench.DefaultTime, Warmup: bench.DefaultWarmup,
		}}
	},
}

// Bench is a command line of bench.
type Bench struct{ bench.Options }

func (b *Bench) options() []option {
	const many = 1 << 20
	return slices.Concat(
		group("What to measure",
			valued("jobs", "JOBS="+strings.Join(bench.JobNames, ","), b.setJobs,
				"measure these JOBS"),
			valued("size", "SIZE=512M", size("size", &b.Size, 1),
				"the SIZE of the file that is made"),
			valued("key k", "K", text(&b.Key),
				"filter for the key K; default: the one in the middle of the file"),
			valued("column", "N=1", text(&b.Column),
				"the key is field number N, or the one that the header names so"),
			valued("pattern e", "PATTERN", list(&b.Patterns), "search for the extended regular "+
				"expression PATTERN; may be repeated; default: seven taken from the file").adds(),
			valued("command", "LINE", b.addCommand, "also measure a tool of yours: LINE is NAME=COMMAND for the "+
				"shell, in which {file}, {key} and {pattern} stand for what they say; may be repeated").adds(),
			valued("processes j", "LIST", b.setProcesses, "measure with each number of workers in LIST, "+
				"as in 1,2,4; default: 1, 2, 4 and so on up to the cores"),
		),
		group("How long",
			valued("time", "DURATION=2m", b.setTime, "take some DURATION for all of it"),
			valued("runs n", "N", number("runs", &b.Runs, 1, many),
				"count N runs of each command, however long they take"),
			valued("warmup", "N=1", number("warmup", &b.Warmup, 0, many),
				"run each command N times before that"),
		),
		group("What to print",
			flag("verbose v", on(&b.Verbose),
				"print all command lines, and how far one coordinator would scale"),
			flag("json", assign(&b.Format, bench.JSON), "print one JSON document with all times"),
			flag("csv", assign(&b.Format, bench.CSV), "print a CSV row for each command"),
			flag("markdown", assign(&b.Format, bench.Markdown), "print tables for a page"),
			valued("plot", "FILE", b.addPlot,
				"draw charts in FILE, which ends in .svg, .png or .html; may be repeated").adds(),
		),
	)
}

func (b *Bench) setJobs(v string) error {
	b.Jobs = strings.Split(v, ",")
	for _, name := range b.Jobs {
		if all := bench.JobNames; !slices.Contains(all, name) {
			return fmt.Errorf("unknown job '%s'; there are %s", name, strings.Join(all, ", "))
		}
	}
	return nil
}

func (b *Bench) setProcesses(v string) error {
	b.Processes = nil
	for text := range strings.SplitSeq(v, ",") {
		n, err := strconv.ParseUint(text, 10, 12)
		if err != nil || n == 0 {
			return fmt.Errorf("invalid number of processes '%s'", text)
		}
		b.Processes = append(b.Processes, int(n))
	}
	return nil
}

func (b *Bench) setTime(v string) (err error) {
	if b.Time, err = time.ParseDuration(v); err != nil || b.Time <= 0 {
		return fmt.Errorf("invalid time '%s'", v)
	}
	return nil
}

func (b *Bench) addCommand(v string) error {
	if err := bench.CheckCommand(v); err != nil {
		return fmt.Errorf("invalid command '%s': %w", v, err)
	}
	b.Commands = append(b.Commands, v)
	return nil
}

func (b *Bench) addPlot(v string) error {
	b.Plots = append(b.Plots, v)
	return bench.CheckPlot(v)
}

func (b *Bench) finish(g given, operands []string) (Command, error) {
	if len(operands) > 1 {
		return nil, fmt.Errorf("extra operand '%s'", operands[1])
	}
	b.File = strings.Join(operands, "")
	var err error
	if b.File != "" {
		err = g.none("--%s is of a file that is made; it does not go with FILE", "size")
	}
	if !slices.Contains(b.Jobs, "filter") && !slices.Contains(b.Jobs, "csv") {
		err = cmp.Or(err, g.none("--%s is for the jobs filter and csv", "key", "column"))
	}
	if !slices.Contains(b.Jobs, "grep") {
		err = cmp.Or(err, g.none("--%s is for the job grep", "pattern"))
	}
	return b, cmp.Or(err, g.either("time", "runs"), g.either("json", "csv"),
		g.either("json", "markdown"), g.either("csv", "markdown"))
}

var generateCommand = command{
	name:    "generate",
	summary: "write a file of made-up taxi positions of any size",
	usage:   "linefork generate [OPTION]... > FILE",
	examples: []example{
		{"linefork generate --rows 3 --header", "a look at the rows"},
		{"linefork generate --size 1M | linefork count", "as input of another command"},
	},
	description: "Writes rows of taxi positions, with the columns that --header names. The same " +
		"size and seed give the same bytes everywhere. Taxi " + taxi.Planted + " stands in one row " +
		"of 400. Nothing is written to a terminal without --force.",
	make: func(locale.Locale) operation {
		return &Generate{Options: taxi.Options{Size: bench.DefaultSize, Seed: 1}}
	},
}

// Generate is a command line of generate.
type Generate struct {
	taxi.Options
	Force bool // even to a terminal
}

func (o *Generate) options() []option {
	return group("What to write",
		valued("size", "SIZE=512M", size("size", &o.Size, 0), "write at most SIZE bytes, in whole rows"),
		valued("rows", "N", number("number of rows", &o.Rows, 1, 1<<60), "write N rows instead"),
		valued("seed", "N=1", number("seed", &o.Seed, 0, math.MaxUint64),
			"begin the random numbers with N"),
		flag("header", on(&o.Header), "begin with a header line"),
		flag("force", on(&o.Force), "write even to a terminal"),
	)
}

func (o *Generate) finish(g given, operands []string) (Command, error) {
	return o, cmp.Or(noOperands(operands), g.either("rows", "size"))
}
