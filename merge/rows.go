package merge

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/span"
)

// Format says how rows are written.
type Format struct {
	Count        bool   // write nothing; rows are only counted
	Tally        *Tally // with Count: counts the keys of the inputs that end well
	WithFilename bool   // before each row the input's name and a colon
	LineNumber   bool   // before each row its line number, from 1, and a colon
	ByteOffset   bool   // before each row its offset in bytes, and a colon
	Max          uint64 // rows to write at most, over all inputs; 0 for no limit
	// Recoder, if not nil, turns rows into UTF-8.
	Recoder *Recoder
}

// Each tells whether the workers must report each row apart.
func (f Format) Each() bool {
	return f.WithFilename || f.LineNumber || f.ByteOffset || f.Max > 0 || f.Recoder != nil
}

// OutputError is a failure to write; it is not the fault of an input.
type OutputError struct{ Err error }

func (e *OutputError) Error() string { return "write error: " + e.Err.Error() }
func (e *OutputError) Unwrap() error { return e.Err }

// Rows writes the rows of a filter. For each input, call Begin, then Range
// with each result in file order, then End; or after an error only Leave.
type Rows struct {
	format Format
	pool   *worker.Pool
	out    Output
	recode encoder       // to out
	w      *bufio.Writer // to recode
	prefix []byte

	// Total is the number of rows so far, File that of the input in hand.
	Total, File uint64

	// Of the input in hand.
	name string
	src  Input
	view view
	line uint64 // LFs before the next range
	// A record began in an earlier range and is still within quotes.
	open     bool
	openAt   int64 // its file offset
	openLine uint64
	last     worker.Task // the task of the last range
}

// NewRows returns a Rows that writes to out. Records that lie across a cut are
// looked at in pool.
func NewRows(out Output, pool *worker.Pool, f Format) *Rows {
	m := &Rows{format: f, pool: pool, out: out, recode: encoder{out: out}}
	m.w = bufio.NewWriterSize(&m.recode, 256<<10)
	return m
}

// Full tells whether the limit is reached.
func (m *Rows) Full() bool { return m.format.Max > 0 && m.Total >= m.format.Max }

// Begin starts the next input, which is called name; lines is the number of LFs
// before its first range (those of a header).
func (m *Rows) Begin(src Input, name string, lines uint64) {
	whole, _ := src.(*split.Whole)
	m.name, m.src, m.line, m.open, m.File = name, src, lines, false, 0
	m.view = view{src: src, name: name, whole: whole}
}

// ErrGivenUp says that the result of a range would take more than the MaxSpans of
// its task. Nothing of it was written.
var ErrGivenUp = errors.New("range was given up")

// Range writes the rows of the next range. The error is an *InputError or
// *WorkerError, of this input, an *OutputError, or [ErrGivenUp]: what comes next
// then are shorter ranges of the same bytes.
func (m *Rows) Range(ctx context.Context, t *worker.Task, r rows.Result) error {
	if r.GivenUp {
		return ErrGivenUp
	}
	m.last = *t
	if err := m.settle(ctx, t, &r); err != nil {
		return err
	}
	m.line += r.Lines
	done := t.Range.End
	if m.open {
		done = m.openAt
	}
	m.src.Release(done)
	return nil
}

// settle finds out which reading of the range is the right one, and writes
// that. Where the range must be scanned again, r becomes the new result.
func (m *Rows) settle(ctx context.Context, t *worker.Task, r *rows.Result) error {
	lead := r.Head
	if m.open {
		lead = r.Alt
		// A scan that was stopped may have been so before the first quote.
		if r.Stopped || r.Tail >= 0 && !r.Converged {
			again := *t
			again.Start = rows.Inside
			res, err := m.pool.Do(ctx, again)
			if err != nil {
				return err
			}
			if res.Rows.GivenUp {
				return ErrGivenUp
			}
			*r, lead = res.Rows, res.Rows.Head
		}
		if r.Tail < 0 {
			return nil // all of it lies within the quotes of the open record
		}
		if err := m.across(ctx, t, t.Range.Start+r.Tail); err != nil || m.Full() {
			return err
		}
	}
	for _, part := range []rows.Part{lead, r.Rest} {
		if err := m.write(t.Range, part, m.line); err != nil || m.Full() {
			return err
		}
	}
	if m.open = r.Open >= 0; m.open {
		m.openAt, m.openLine = t.Range.Start+r.Open, m.line+r.OpenLine
	}
	return nil
}

// across looks at the open record, which ends at offset end.
func (m *Rows) across(ctx context.Context, t *worker.Task, end int64) error {
	one := *t
	one.Range = split.Range{Start: m.openAt, End: end}
	one.Start, one.MaxSpans = rows.Outside, 0
	res, err := m.pool.Do(ctx, one)
	if err != nil {
		return err
	}
	m.open = false
	return m.write(one.Range, res.Rows.Head, m.openLine)
}

// End finishes an input. It is an error if a quote is still open, or if the
// file was shortened meanwhile.
func (m *Rows) End() error {
	m.Leave()
	if m.open {
		return &worker.InputError{Name: m.name, Err: fmt.Errorf("record at byte %d: quote is not closed", m.openAt)}
	}
	if err := m.src.Shrunk(); err != nil {
		return &worker.InputError{Name: m.name, Err: err}
	}
	if m.format.Tally != nil {
		return m.format.Tally.keep()
	}
	return nil
}

// Void takes back the rows of the input in hand, if they were only counted:
// they do not use up the limit. Rows that were written do.
func (m *Rows) Void() {
	if m.format.Count {
		m.Total -= m.File
	}
	if m.format.Tally != nil {
		m.format.Tally.void()
	}
}

// Leave gives up the input in hand.
func (m *Rows) Leave() { m.view.close() }

// Flush writes what is buffered.
func (m *Rows) Flush() error {
	if err := m.w.Flush(); err != nil {
		return &OutputError{err}
	}
	return nil
}

// Header writes the header record of the input in hand, which is no row.
func (m *Rows) Header(record []byte) error {
	if m.format.Count {
		return nil
	}
	if err := m.Flush(); err != nil {
		return err
	}
	line := append([]byte(nil), m.prefixed(m.src.Start(), 1)...)
	if m.format.Recoder != nil {
		line = m.format.Recoder.append(line, record)
	} else {
		line = append(line, record...)
	}
	if line[len(line)-1] != '\n' {
		line = append(line, '\n')
	}
	if order := m.order(); order != nil {
		line, _ = charset.AppendUTF16(nil, line, order, true)
	}
	if err := m.out.Header(line); err != nil {
		return &OutputError{err}
	}
	return nil
}

// write writes the rows of a part of a range; line is the number of LFs before
// the range.
func (m *Rows) write(r split.Range, part rows.Part, line uint64) error {
	n := part.Rows
	if m.format.Max > 0 {
		n = min(n, m.format.Max-m.Total)
	}
	m.Total += n
	m.File += n
	if m.format.Tally != nil {
		if part.TooLong {
			return &worker.InputError{Name: m.name, Err: errKeyTooLong()}
		}
		return m.format.Tally.add(part.Tally)
	}
	if m.format.Count || n == 0 {
		return nil
	}
	if err := m.encode(); err != nil {
		return err
	}
	return m.view.with(r, part.Data, len(part.Spans), func() error {
		if !m.format.Each() {
			return m.view.copyAll(m.w, part.Spans, '\n')
		}
		for s := range part.Spans.All(true) {
			prefix := m.prefixed(r.Start+s.Start, line+s.Line+1)
			if _, err := m.w.Write(prefix); err != nil {
				return &OutputError{err}
			}
			if err := m.row(r, s); err != nil {
				return err
			}
			if n--; n == 0 && m.format.Max > 0 {
				break
			}
		}
		return nil
	})
}

// row writes the row at a span of the range r.
func (m *Rows) row(r split.Range, s span.Span) error {
	recode := m.format.Recoder
	if recode == nil {
		return m.view.copy(m.w, s, '\n')
	}
	b, err := m.view.take(r.Start+s.Start, r.Start+s.End)
	if err != nil {
		return err
	}
	recode.text = recode.append(recode.text[:0], b)
	return writeRecord(m.w, recode.text, true, '\n')
}

// order is the byte order in which rows of the input in hand are written in
// UTF-16, nil where they are not.
func (m *Rows) order() binary.ByteOrder {
	if m.format.Recoder != nil {
		return nil
	}
	return orderOf(m.src)
}

// encode says that what is written next is of the input in hand.
func (m *Rows) encode() error {
	order := m.order()
	if order == m.recode.order {
		return nil
	}
	if err := m.Flush(); err != nil {
		return err
	}
	m.recode.set(order)
	if a, ok := m.out.(*addition); ok {
		if err := a.encoding(order); err != nil {
			return &OutputError{err}
		}
	}
	return nil
}

// prefixed returns what stands before a row at a file offset, valid until the
// next call. Offsets are counted from where the input begins, as lines are.
func (m *Rows) prefixed(offset int64, line uint64) []byte {
	p := m.prefix[:0]
	if m.format.WithFilename {
		p = append(append(p, m.name...), ':')
	}
	if m.format.LineNumber {
		p = append(strconv.AppendUint(p, line, 10), ':')
	}
	if m.format.ByteOffset {
		p = append(strconv.AppendInt(p, offset-m.src.Start(), 10), ':')
	}
	m.prefix = p
	return p
}
