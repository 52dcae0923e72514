package run

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/tally"
)

// CountByOptions are those of [CountBy]. The zero value counts the rows of each value
// of the first column.
type CountByOptions struct {
	Options
	CSV
	By    Column
	Order tally.Order // of the keys; 0: by their bytes

	// Out is where the table is written; nil: nowhere. The caller commits it.
	Out output.Output
	// Counted, if not nil, is called with each key, in order, and its count, instead of
	// writing them. The key is valid until it returns. Its error ends the operation.
	Counted func(key []byte, rows uint64) error
}

// CountBy writes, for all inputs together, how many rows have each value in a column,
// as CSV in the same dialect: the key and its count, below a header if the inputs
// have one. Rows without the column are not counted, nor those of an input that
// ends within quotes. Nothing is written before all inputs were read.
func CountBy(ctx context.Context, o CountByOptions) error {
	l := &loop{ctx: ctx, Options: &o.Options}
	l.RangeSize = min(l.RangeSize, maxKeysRange)
	t, err := newTable(l, o.CSV, []Column{o.By})
	if err != nil {
		return err
	}
	t.spec.Tally, t.most = true, split.MediumRange
	if o.Out == nil {
		o.Out = output.To(io.Discard)
	}
	l.output.leaveOut(o.Out.Info())
	b := &by{table: t}
	defer func() {
		if b.counts != nil {
			b.counts.Close()
		}
	}()
	err = l.carryOut(b, t.job, func(r worker.Runner) {
		b.counts = merge.NewTally(l.resources.table(merge.TallyLimit), o.Hold)
		t.rows = merge.NewRows(nil, r, merge.Format{Count: true, Tally: b.counts})
	})
	if err != nil {
		return err
	}
	if o.Counted == nil {
		return b.write(ctx, o.Out, o.Order)
	}
	return b.drain(ctx, o.Order, o.Counted)
}

// by counts the rows of each key.
type by struct {
	*table
	counts *merge.Tally
	header []byte // of the first input that has one
}

func (b *by) begin(in *input) error {
	if b.header == nil && len(in.header) > 0 {
		b.header = in.header
	}
	return b.table.begin(in)
}

func (b *by) found() found { return found{int64(b.rows.Total), -1} }

// drain calls f with each key and its count.
func (b *by) drain(
	ctx context.Context, order tally.Order, f func(key []byte, rows uint64) error,
) error {
	keys := 0
	return b.counts.Drain(order, func(key []byte, n uint64) error {
		if keys++; keys%(1<<16) == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return f(key, n)
	})
}

// write writes the table.
func (b *by) write(ctx context.Context, out output.Output, order tally.Order) error {
	if out == nil {
		return nil
	}
	w := bufio.NewWriterSize(out, 256<<10)
	if b.header != nil {
		if err := out.Header(b.line(nil, b.heading(), []byte("count"))); err != nil {
			return err
		}
	}
	var line, number []byte
	err := b.drain(ctx, order, func(key []byte, n uint64) error {
		number = strconv.AppendUint(number[:0], n, 10)
		line = b.line(line[:0], key, number)
		_, err := w.Write(line)
		return err
	})
	if err != nil {
		return err
	}
	return w.Flush()
}

// heading is the name of the column in the first header.
func (b *by) heading() []byte {
	columns, err := b.resolve(b.header)
	if err != nil {
		return nil // begin has seen the same header
	}
	return b.fields(b.header)[columns[0]-1]
}

// line appends a record of two fields.
func (b *by) line(to, key, number []byte) []byte {
	to = append(appendField(to, key, b.spec.Dialect), b.spec.Delimiter)
	return append(appendField(to, number, b.spec.Dialect), '\n')
}

// appendField appends a field that reads as value, within quotes or with escapes
// where that needs them. At the start of the output a byte order mark would not be
// read.
func appendField(b, value []byte, d rows.Dialect) []byte {
	special := func(c byte) bool {
		return c == d.Delimiter || c == '\n' || c == '\r' ||
			d.Quote != 0 && c == d.Quote || d.Escape != 0 && c == d.Escape
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
