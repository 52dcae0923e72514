package args

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/locale"
)

var benchCommand = command{
	name:    "bench",
	summary: "measure count, filter and grep against serial runs and other tools",
	usage:   "linefork bench [OPTION]... [FILE]",
	examples: []example{
		{"linefork bench --size 1M --runs 1", "a quick one, on a file that it makes"},
	},
	description: `Runs the same count, filter and searches serially, in threads and in processes,
and with wc, grep, rg and mawk where they are installed, in turn and several
times, and compares all answers. Without FILE it makes a file of taxi positions
in the temporary folder and removes it at the end.`,
	make: func(locale.Locale) operation {
		return &Bench{bench.Options{
			Size: defaultSize, Key: bench.DefaultKey, Column: 1,
			Jobs: bench.JobNames, Runs: 5, Warmup: 1,
		}}
	},
}

const defaultSize = 512 << 20 // bytes

// Bench is a command line of bench.
type Bench struct{ bench.Options }

func (b *Bench) options() []option {
	const many = 1 << 20
	return group("What to measure",
		valued("size", "SIZE=512M", size("size", &b.Size, 1), "the SIZE of the file that is made"),
		valued("key k", "K="+bench.DefaultKey, text(&b.Key), "filter for the key K"),
		valued("column", "N=1", number("column", &b.Column, 1, many), "the key is field number N"),
		valued("jobs", "JOBS="+strings.Join(bench.JobNames, ","), b.setJobs, "measure these JOBS"),
		valued("runs n", "N=5", number("runs", &b.Runs, 1, many), "count N runs of each command"),
		valued("warmup", "N=1", number("warmup", &b.Warmup, 0, many),
			"run each command N times before that"),
		flag("json", on(&b.JSON), "print one JSON document with all times"),
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

func (b *Bench) finish(g given, operands []string) (Command, error) {
	if len(operands) > 1 {
		return nil, fmt.Errorf("extra operand '%s'", operands[1])
	}
	b.File = strings.Join(operands, "")
	var err error
	if !slices.Contains(b.Jobs, "filter") {
		err = g.none("--%s is for the job filter", "key", "column")
	}
	if err == nil && b.File != "" {
		err = g.none("--%s is of a file that is made; it does not go with FILE", "size")
	}
	return b, err
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
		return &Generate{Options: taxi.Options{Size: defaultSize, Seed: 1}}
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
