package run

import (
	"iter"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// CSV says how inputs are read as CSV. The zero value is RFC 4180 without a header.
type CSV struct {
	Dialect *rows.Dialect // nil: [rows.CSV]
	// Lax takes a record whose quote is still open at the end of an input for a
	// plain line, and reads on after it.
	Lax bool
	// Header says that the first record of each input is a header. A Column with a
	// name implies it.
	Header bool
	Encoding
}

// Column is a column of a table, by its number or by its name in the header. The zero
// value is the first one.
type Column struct {
	Number int    // from 1; 0 is 1
	Name   string // if not "", it is what counts
}

// table is what operations on CSV records have in common.
type table struct {
	*loop
	CSV
	rows.Dialect
	encoding encoding
	columns  []Column // that matter, in the order of [rows.Task.Columns]
	spec     rows.Spec
	rows     *merge.Rows
	max      uint64      // rows to select at most, over all inputs; 0 for no limit
	most     int64       // bytes of a range; 0: as the pace has it
	pace     *split.Pace // of the ranges whose results hold places

	// first is of the first input that has a header. A worker knows no other
	// header; a file with another one is read apart. It is for what draws steps.
	first      *input
	warnedOfCR bool
}

// newTable prepares the reading of CSV. The error is that of an option.
func newTable(l *loop, o CSV, columns []Column) (*table, error) {
	t := &table{
		loop: l, CSV: o, Dialect: rows.CSV, columns: columns, pace: split.NewPace(split.MediumRange),
	}
	if o.Dialect != nil {
		t.Dialect = *o.Dialect
	}
	if err := t.Check(); err != nil {
		return nil, err
	}
	for _, c := range columns {
		t.Header = t.Header || c.Name != ""
	}
	var err error
	if t.encoding, err = o.Encoding.lookUp(); err != nil {
		return nil, err
	}
	t.spec.Dialect, t.spec.Charset = t.Dialect, t.encoding.charsetName()
	l.decode = l.decoder(&t.encoding, t.encoding.utf8)
	return t, nil
}

func (t *table) job(*inputs) worker.Job { return worker.Job{Rows: &t.spec} }

// open reads the header of an input, and finds the columns in it.
func (t *table) open(in *input) (err error) {
	if t.Header {
		if in.header, err = t.readHeader(in.src); err != nil {
			return err
		}
	}
	in.columns, err = t.resolve(in.header)
	return err
}

// ranges leave out cuts after an LF that an escape stands before: it may be data
// without being in quotes.
func (t *table) ranges(in *input, from int64, s split.Sizes) iter.Seq2[split.Range, error] {
	all := in.src.Ranges(from, s, '\n')
	if t.Escape == 0 {
		return all
	}
	return func(yield func(split.Range, error) bool) {
		joined := split.Range{Start: from, End: from}
		for r, err := range all {
			joined.End = r.End
			var escaped bool
			if err == nil {
				escaped, err = t.escapes(in.src, joined)
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

// escapes reports whether an escape stands before the last byte of a range.
func (t *table) escapes(src split.Source, r split.Range) (bool, error) {
	if r.Len() < 2 {
		return false, nil
	}
	var b [1]byte
	if n, err := src.ReadAt(b[:], r.End-2); n == 0 {
		return false, err
	}
	return b[0] == t.Escape, nil
}

func (t *table) sizes(in *input) (split.Sizes, *split.Pace) {
	switch {
	case t.encoding.Charset != nil && rows.Ambiguous(t.encoding.Charset, t.Dialect):
		return t.Options.sizes(in.src, decodedRange), nil
	case t.most > 0:
		return t.Options.sizes(in.src, t.longestOf(t.most)), nil
	}
	return t.paced(in.src, t.pace)
}

func (t *table) firstRange() int64 { return split.MediumRange }

func (t *table) task(in *input, r split.Range, most int) *worker.Task {
	return &worker.Task{
		Name: in.name, Input: in.src.Locator(), Range: r,
		Rows: &rows.Task{Columns: in.columns, Max: t.max, MaxSpans: most},
	}
}

// batches is false until a header is known.
func (t *table) batches() bool { return !t.encoding.isUTF16() && (!t.Header || t.first != nil) }

func (t *table) batch() worker.Task {
	one := worker.Task{
		Rows: &rows.Task{Max: t.max}, Batch: &worker.Batch{UTF16Apart: t.encoding.marks},
	}
	if t.first != nil {
		one.Batch.Header, one.Rows.Columns = t.first.header, t.first.columns
	} else {
		one.Rows.Columns, _ = t.resolve(nil)
	}
	return one
}

func (t *table) learn(in *input) {
	if t.first == nil && t.Header && t.endsRecord(in.header) && t.isClosed(in.header) {
		t.first = in
	}
}

func (t *table) begin(in *input) error {
	if lines := countLines(in.header); in.src != nil {
		t.rows.Begin(in.src, in.name, lines)
		t.warnOfCR(in, in.header) // it may be all there is
	} else {
		t.rows.BeginWhole(in.size, in.name, lines)
	}
	return nil
}

// take takes the rows of a range.
func (t *table) take(in *input, task *worker.Task, r *worker.Result) error {
	if in.src != nil && task.Range.Start == in.src.Start() {
		t.warnOfCRIn(in, task.Range)
	}
	err := t.rows.Range(t.ctx, task, *r.Rows)
	if err == merge.ErrGivenUp {
		t.pace.GaveUp(task.Range)
		return err
	}
	t.pace.Took(task.Range, r.Rows.Size())
	return err
}

func (t *table) end(in *input) error {
	if t.Lax && t.rows.Open() {
		order := merge.Order{Ahead: t.ahead, Stop: in.stop} // the other inputs go on
		err := t.rows.Reread(t.ctx, order, func(from int64) iter.Seq2[split.Range, error] {
			return t.ranges(in, from, t.Options.sizes(in.src, split.MediumRange))
		})
		if err != nil || t.rows.Full() {
			return err
		}
		if err := t.unchanged(in); err != nil {
			return err
		}
	}
	return t.explain(in, t.rows.End())
}

// failed has nothing to add: leave knows what of an input counts.
func (t *table) failed(*input, error) error { return nil }

func (t *table) leave(in *input) error {
	t.rows.Leave()
	switch {
	case !in.broken || !in.begun:
	case in.inPart():
		return t.rows.Keep()
	default:
		t.rows.Void()
	}
	return nil
}

func (t *table) done() bool   { return false }
func (t *table) enough() bool { return t.rows.Full() }
func (t *table) flush() error { return t.rows.Flush() }

// longestOf is how long the longest range should be that may have so many bytes. The keys of a range
// may take ten times its length.
func (t *table) longestOf(most int64) int64 {
	if t.spec.Tally && t.longest > 0 {
		return min(most, max(t.longest/4, 1<<20))
	}
	return most
}
