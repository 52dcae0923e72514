package args

import (
	"errors"
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
	description: `Runs the same count, filter and searches serially, in threads and in processes,
and with wc, grep, rg and mawk where they are installed, in turn and several
times, and compares all answers. Without FILE it makes a file of taxi positions
in the temporary folder and removes it at the end.`,
	make: func(locale.Locale) operation {
		return &Bench{
			Size: defaultSize, Key: bench.DefaultKey, Column: 1, Jobs: bench.JobNames,
			Runs: 5, Warmup: 1,
		}
	},
}

const defaultSize = 512 << 20 // bytes

// Bench is a command line of bench.
type Bench struct {
	Size   int64 // in bytes, of the file that is made
	Key    string
	Column int // from 1
	Jobs   []string
	Runs   int
	Warmup int
	JSON   bool
	File   string // "" if not given
}

func (b *Bench) options() []option {
	const many = 1 << 20
	return []option{
		valued("size", "SIZE", size("size", &b.Size, 1), "the SIZE of the file that is made").
			defaults("512M"),
		valued("key k", "K", text(&b.Key), "filter for the key K").defaults(bench.DefaultKey),
		valued("column", "N", number("column", &b.Column, 1, many), "the key is field number N").
			defaults("1"),
		valued("jobs", "JOBS", func(v string) error {
			b.Jobs = strings.Split(v, ",")
			for _, name := range b.Jobs {
				if !slices.Contains(bench.JobNames, name) {
					return fmt.Errorf("unknown job '%s'; there are %s",
						name, strings.Join(bench.JobNames, ", "))
				}
			}
			return nil
		}, "measure these JOBS").defaults(strings.Join(bench.JobNames, ",")),
		valued("runs n", "N", number("runs", &b.Runs, 1, many), "count N runs of each command").
			defaults("5"),
		valued("warmup", "N", number("warmup", &b.Warmup, 0, many),
			"run each command N times before that").defaults("1"),
		flag("json", on(&b.JSON), "print one JSON document with all times"),
	}
}

func (b *Bench) finish(g given, operands []string) (Command, error) {
	if len(operands) > 1 {
		return nil, fmt.Errorf("extra operand '%s'", operands[1])
	}
	if len(operands) == 1 {
		b.File = operands[0]
	}
	if name := g.first("key", "column"); name != "" && !slices.Contains(b.Jobs, "filter") {
		return nil, fmt.Errorf("--%s is for the job filter", name)
	}
	if b.File != "" && g.has("size") {
		return nil, errors.New("--size is of a file that is made; it does not go with FILE")
	}
	return b, nil
}

var generateCommand = command{
	name:    "generate",
	summary: "write a file of made-up taxi positions of any size",
	usage:   "linefork generate [OPTION]... > FILE",
	description: "Writes rows of " + taxi.Header + ".\n" +
		"The same size and seed give the same bytes everywhere. Taxi " + taxi.Planted +
		" stands in one\nrow of 400.",
	make: func(locale.Locale) operation { return &Generate{Size: defaultSize, Seed: 1} },
}

// Generate is a command line of generate.
type Generate struct {
	Size   int64 // at most, in bytes
	Rows   int64 // instead of Size; 0 if not given
	Seed   uint64
	Header bool
}

func (o *Generate) options() []option {
	return []option{
		valued("size", "SIZE", size("size", &o.Size, 0), "write at most SIZE bytes, in whole rows").
			defaults("512M"),
		valued("rows", "N", number("number of rows", &o.Rows, 1, 1<<60), "write N rows instead"),
		valued("seed", "N", number("seed", &o.Seed, 0, math.MaxUint64),
			"begin the random numbers with N").defaults("1"),
		flag("header", on(&o.Header), "begin with a header line"),
	}
}

func (o *Generate) finish(g given, operands []string) (Command, error) {
	if len(operands) > 0 {
		return nil, fmt.Errorf("extra operand '%s'", operands[0])
	}
	if g.has("rows") && g.has("size") {
		return nil, errors.New("--rows and --size exclude each other")
	}
	return o, nil
}
