package command

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"syscall"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/tally"
)

const byDescription = "With --by COL it prints, for all FILEs together, how many CSV rows have each value\n" +
	"in that column, as lines KEY,COUNT. Rows without the column and empty lines are\n" +
	"not counted."

const byCategory = "Rows of each key (with --by)"

func byFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Category: byCategory, Name: "by", Usage: "count the rows of each key in field number `COL`, from 1, or in the field that the header names so"},
		&cli.StringFlag{Category: byCategory, Name: "sort", Value: "key", Usage: "print the keys in the order of `key|count`: their bytes, or the largest count first"},
		&cli.BoolFlag{Category: byCategory, Name: "header", Usage: "the first record of each file is a header: its name of the column is printed first, and it is not counted"},
		&cli.BoolFlag{Category: byCategory, Name: "no-header", Usage: "there is no header; default, but for a COL given by name"},
		&cli.StringFlag{Category: byCategory, Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, which changes only if the run succeeds"},
		&cli.BoolFlag{Category: byCategory, Name: "append", Usage: "add to the end of the output file, under a lock"},
	}
}

// maxByRange is the longest range, in bytes, whose keys a worker can surely send.
const maxByRange = 1 << 30

// markBy keeps these options, which GNU wc lacks, from taking an abbreviation
// away from those of wc; but --by itself is no longer one of --bytes.
func markBy(options []getopt.Option) {
	for _, f := range remember(append(byFlags(), csvFlags("")...)) {
		for i := range options {
			if options[i].Names[0] == f.Names()[0] {
				options[i].Whole = true
			}
		}
	}
}

// checkWithoutBy returns an error for an option that means nothing without --by.
func checkWithoutBy(c *cli.Context) error {
	for _, name := range []string{"sort", "header", "no-header", "output", "append"} {
		if c.IsSet(name) {
			return usageError(c, "--%s needs --by COL", name)
		}
	}
	return nil
}

// tallier is one run of count --by. It reads its inputs as a filter does.
type tallier struct {
	filterer
	order tally.Order
}

func countBy(c *cli.Context) error {
	run, err := parseBy(c)
	if err != nil {
		return err
	}
	names, err := run.names(c)
	if err != nil {
		return err
	}
	out, err := openOutput(c)
	if err != nil {
		return fmt.Errorf("%s: %s", gnu.Quote(c.String("output"), run.reporter.locale), reason(err))
	}
	defer out.Abort()
	defer run.format.Tally.Close()
	// Tables are large and hold no pointers: to wait for garbage of their size
	// would double the memory, and to look for it costs next to nothing.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	files := operandFiles(names)
	_, err = run.run(c.Context, each(files), files, out)
	if err == nil {
		err = run.print(c.Context, out)
	}
	if write := (*output.Error)(nil); errors.As(err, &write) && !errors.Is(err, syscall.EPIPE) {
		Explain(os.Stderr, err)
		return Status(1)
	}
	switch {
	case err != nil:
		return err
	case run.failed:
		return Status(1)
	}
	if err := out.Commit(c.Context); err != nil {
		return fmt.Errorf("%s: %s", gnu.Quote(c.String("output"), run.reporter.locale), reason(err))
	}
	return nil
}

func parseBy(c *cli.Context) (*tallier, error) {
	o, err := parseCommon(c)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"lines", "words", "chars", "bytes", "max-line-length", "total", "final", "json"} {
		if c.IsSet(name) {
			return nil, usageError(c, "--by counts the rows of each key; it does not go with --%s", name)
		}
	}
	run := &tallier{filterer: filterer{common: o, reporter: reporter{locale: locale.FromEnv(os.Getenv)}}}
	switch s := c.String("sort"); s {
	case "key":
		run.order = tally.ByKey
	case "count":
		run.order = tally.ByCount
	default:
		return nil, usageError(c, "invalid sort '%s'; it is key or count", s)
	}
	if c.IsSet("output") && c.String("output") == "" {
		return nil, usageError(c, "the name of the output file is empty")
	}
	if c.Bool("append") && !c.IsSet("output") {
		return nil, usageError(c, "--append needs --output FILE")
	}
	if err := run.parseColumn(c, c.String("by")); err != nil {
		return nil, err
	}
	if run.csv, err = parseCSV(c); err != nil {
		return nil, err
	}
	run.spec = rows.Spec{Tally: true, Keys: new(rows.Keys), Dialect: run.csv.Dialect}
	run.format = merge.Format{Count: true, Tally: merge.NewTally(guard.Raise)}
	o.rangeSize = min(o.rangeSize, maxByRange)
	return run, nil
}

// names returns the inputs as count has them; those that are none are told of.
func (run *tallier) names(c *cli.Context) (names []string, err error) {
	operands, err := (&counter{reporter: run.reporter}).operands(c)
	for _, o := range operands {
		if o.err != nil {
			run.input(o.name, o.err)
		} else {
			names = append(names, o.name)
		}
	}
	return names, err
}

// print writes the table.
func (run *tallier) print(ctx context.Context, out output.Output) error {
	w := bufio.NewWriterSize(out, 256<<10)
	if run.headerShown != nil {
		if err := out.Header(run.line(nil, run.heading(), []byte("count"))); err != nil {
			return err
		}
	}
	var line, number []byte
	lines := 0
	err := run.format.Tally.Drain(run.order, func(key []byte, n uint64) error {
		if lines++; lines%(1<<16) == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		number = strconv.AppendUint(number[:0], n, 10)
		line = run.line(line[:0], key, number)
		_, err := w.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// heading is the name of the column in the first header.
func (run *tallier) heading() []byte {
	fields := run.csv.header(run.headerShown)
	column, err := run.resolve(run.headerShown)
	if err != nil || column > len(fields) {
		return nil
	}
	return fields[column-1]
}

// line appends a record of two fields.
func (run *tallier) line(b, key, number []byte) []byte {
	b = append(appendField(b, key, run.spec.Dialect), run.spec.Delimiter)
	return append(appendField(b, number, run.spec.Dialect), '\n')
}

// appendField appends a field that reads as value, within quotes or with escapes
// where that needs them. At the start of the output a byte order mark would not
// be read.
func appendField(b, value []byte, d rows.Dialect) []byte {
	special := func(c byte) bool {
		return c == d.Delimiter || c == '\n' || c == '\r' || d.Quote != 0 && c == d.Quote || d.Escape != 0 && c == d.Escape
	}
	switch {
	case !slices.ContainsFunc(value, special) && !bytes.HasPrefix(value, charset.UTF8Mark):
		return append(b, value...)
	case d.Quote == 0:
		for i, c := range value {
			if d.Escape != 0 && (special(c) || i == 0) {
				b = append(b, d.Escape)
			}
			b = append(b, c)
		}
		return b
	}
	b = append(b, d.Quote)
	for _, c := range value {
		switch {
		case c == d.Quote:
			b = append(b, c)
		case d.Escape != 0 && c == d.Escape:
			b = append(b, d.Escape)
		}
		b = append(b, c)
	}
	return append(b, d.Quote)
}
