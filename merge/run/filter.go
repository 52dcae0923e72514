package run

import (
	"context"
	"io"
	"strconv"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// Condition selects rows by the value of a column. It needs a set of keys.
type Condition struct {
	Column
	rows.Condition
}

// FilterOptions are those of [Filter]. The zero value selects every row, and writes
// nothing.
type FilterOptions struct {
	Options
	CSV

	Where  []Condition // all must hold; without any, every row is selected
	Invert bool        // select the rows that Where does not

	Count        bool   // write the number of rows; with WithFilename, of each input
	WithFilename bool   // before each row the input's name and a colon
	LineNumber   bool   // before each row its line number, from 1, and a colon
	ByteOffset   bool   // before each row its offset from the start of its input, in bytes
	Max          uint64 // stop after so many rows, over all inputs; 0 for no limit

	// Out is where rows are written; nil: nowhere, they are only counted. The caller
	// commits it. An input that Out writes to at once is an [ErrInputIsOutput], if it is
	// named; below a folder it is left out.
	Out output.Output
}

// Filter writes the rows of the inputs that meet all conditions, byte for byte and
// in order, and returns their number, also with an error. The header of the first
// input is written once, if there is one; it is not a row. If others have other names
// in their headers, that is reported as a [*HeaderError].
func Filter(ctx context.Context, o FilterOptions) (selected uint64, err error) {
	if o.Out == nil {
		o.Out, o.Count = output.To(io.Discard), true
	}
	l := &loop{ctx: ctx, Options: &o.Options}
	columns := make([]Column, len(o.Where))
	for i, c := range o.Where {
		columns[i] = c.Column
	}
	t, err := newTable(l, o.CSV, columns)
	if err != nil {
		return 0, err
	}
	f := &filter{table: t, out: o.Out, format: merge.Format{
		Count: o.Count, WithFilename: o.WithFilename, LineNumber: o.LineNumber,
		ByteOffset: o.ByteOffset, Max: o.Max, Recoder: t.encoding.recoder(),
	}}
	for _, c := range o.Where {
		t.spec.Where = append(t.spec.Where, c.Condition)
	}
	t.max, t.spec.Invert = o.Max, o.Invert
	t.spec.Spans, t.spec.Each = !o.Count, !o.Count && f.format.RowByRow()
	if err := t.spec.Check(); err != nil {
		return 0, err
	}
	switch {
	case o.Max > 0:
		t.most = split.MediumRange
	case o.Count:
		t.most = split.LongRange
	}
	l.output = outputRule{info: o.Out.Info(), refuseNamed: !o.Out.Deferred(), skipFound: true}
	err = l.carryOut(f, f.job, func(r worker.Runner) {
		t.rows = merge.NewRows(o.Out, r, f.format)
	})
	if err != nil {
		return f.selected, err
	}
	if o.Count && !o.WithFilename {
		if err := writeLine(o.Out, strconv.FormatUint(f.selected, 10)); err != nil {
			return f.selected, err
		}
	}
	return f.selected, t.rows.Flush()
}

// filter writes the rows that are selected.
type filter struct {
	*table
	format   merge.Format
	out      output.Output
	selected uint64

	header []byte // that was written
	from   string // its input
}

func (f *filter) begin(in *input) error {
	_ = f.table.begin(in) // which has no errors
	switch {
	case len(in.header) == 0:
		return nil
	case f.header == nil:
		f.header, f.from = in.header, in.name
		return f.rows.Header(in.header)
	}
	if !f.format.Count && !f.sameNames(in.header, f.header) {
		// It does not fit the rows below it.
		f.report(Message{Input: in.name, Err: &HeaderError{From: f.from}, Warning: true})
	}
	return nil
}

// HeaderError is a warning: an input has another header than the one that is
// written above its rows.
type HeaderError struct {
	From string // whose header that is
}

func (e *HeaderError) Error() string {
	return "header differs from that of " + e.From + ", under which its rows stand"
}

func (f *filter) found() found { return found{-1, int64(f.rows.Total)} }

func (f *filter) leave(in *input) error {
	if err := f.table.leave(in); err != nil || in.broken && !in.inPart() || !in.begun {
		return err
	}
	f.selected += f.rows.File
	if !f.format.Count || !f.format.WithFilename {
		return nil
	}
	return writeLine(f.out, in.name+":"+strconv.FormatUint(f.rows.File, 10))
}

func writeLine(out io.Writer, line string) error {
	_, err := io.WriteString(out, line+"\n")
	return err
}
