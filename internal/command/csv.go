package command

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// csvFlags are the options of every command that reads CSV records.
func csvFlags(category string) []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Category: category, Name: "delimiter", Aliases: []string{"d"}, Value: ",", Usage: "fields are separated by the byte `C`; \\t, \\0 and \\xHH are understood"},
		&cli.StringFlag{Category: category, Name: "quote", Value: `"`, Usage: "the byte `C` at its start quotes a field"},
		&cli.BoolFlag{Category: category, Name: "no-quote", Usage: "no byte quotes: each line feed ends a record"},
		&cli.StringFlag{Category: category, Name: "escape", Usage: "the byte `C` makes a character of the byte behind it, within quotes and outside"},
		&cli.BoolFlag{Category: category, Name: "lax", Usage: "take a record whose quote is still open at the end of the file for a plain line"},
	}
}

// csvOptions is the value of csvFlags.
type csvOptions struct {
	rows.Dialect
	lax     bool
	charset *charset.Charset // of the records, nil for UTF-8
}

func parseCSV(c *cli.Context) (o csvOptions, err error) {
	if c.Bool("no-quote") && c.IsSet("quote") {
		return o, usageError(c, "--quote and --no-quote exclude each other")
	}
	for _, option := range []struct {
		name string
		to   *byte
		nul  bool // may be the byte 0, which in a Dialect is none
	}{
		{"delimiter", &o.Delimiter, true},
		{"quote", &o.Quote, false},
		{"escape", &o.Escape, false},
	} {
		if option.name == "escape" && !c.IsSet("escape") {
			continue
		}
		if *option.to, err = parseByte(option.name, c.String(option.name)); err != nil {
			return o, usageError(c, "%v", err)
		}
		if *option.to == 0 && !option.nul {
			return o, usageError(c, "the %s cannot be NUL", option.name)
		}
	}
	if c.Bool("no-quote") {
		o.Dialect = o.Plain()
	}
	if err := o.Check(); err != nil {
		return o, usageError(c, "%v", err)
	}
	o.lax = c.Bool("lax")
	return o, nil
}

// parseByte reads one byte, or an escape for one; the error says what it is.
func parseByte(what, s string) (byte, error) {
	switch {
	case s == `\t`:
		return '\t', nil
	case s == `\0`:
		return 0, nil
	case s == `\\`:
		return '\\', nil
	case len(s) == 4 && s[:2] == `\x`:
		if n, err := strconv.ParseUint(s[2:], 16, 8); err == nil {
			return byte(n), nil
		}
	case len(s) == 1:
		return s[0], nil
	case s == "":
		return 0, fmt.Errorf("the %s is empty", what)
	}
	return 0, fmt.Errorf("the %s '%s' is not a single byte", what, s)
}

// ranges yields the ranges of an input from a record's start on. Where there is an escape, a range does not end behind an LF that an
// escape stands before, which may be data without being in quotes.
func (o csvOptions) ranges(src split.Source, from int64, sizes split.Sizes) iter.Seq2[split.Range, error] {
	all := src.Ranges(from, sizes, '\n')
	if o.Escape == 0 {
		return all
	}
	return func(yield func(split.Range, error) bool) {
		joined := split.Range{Start: from, End: from}
		for r, err := range all {
			joined.End = r.End
			var escaped bool
			if err == nil {
				escaped, err = o.escapes(src, joined)
			}
			if err != nil {
				yield(joined, err)
				return
			}
			if escaped {
				continue
			}
			if !yield(joined, nil) {
				return
			}
			joined.Start = joined.End
		}
		if joined.Len() > 0 {
			yield(joined, nil)
		}
	}
}

// escapes tells whether an escape stands before the last byte of a range.
func (o csvOptions) escapes(src split.Source, r split.Range) (bool, error) {
	if r.Len() < 2 {
		return false, nil
	}
	var b [1]byte
	if n, err := src.ReadAt(b[:], r.End-2); n == 0 {
		return false, err
	}
	return b[0] == o.Escape, nil
}

// end ends an input whose ranges were all given to m. Its error is of the input,
// or fatal.
func (o csvOptions) end(ctx context.Context, m *merge.Rows, src split.Source, work *common) error {
	if o.lax && m.Open() {
		err := m.Reread(ctx, work.order(work.ahead(), nil), func(from int64) iter.Seq2[split.Range, error] {
			return o.ranges(src, from, work.sizes(src, split.MediumRange))
		})
		if err != nil || m.Full() {
			return err
		}
	}
	return m.End()
}
