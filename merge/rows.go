package merge

import (
	"context"
	"encoding/binary"
	"strconv"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// Format says how rows are written. With the zero value they are as in the input; a last
// one gets the line feed that it lacks.
type Format struct {
	Count        bool   // write nothing; rows are only counted
	Tally        *Tally // with Count: counts the keys of the inputs that are kept
	WithFilename bool   // before each row the input's name and a colon
	LineNumber   bool   // before each row its line number, from 1, and a colon
	ByteOffset   bool   // before each row its offset in bytes, and a colon
	Max          uint64 // rows to write at most, over all inputs; 0 for no limit
	// Recoder, if not nil, turns rows into UTF-8.
	Recoder *Recoder
}

// RowByRow reports whether the workers must report each row by itself: see
// [rows.Spec.Each].
func (f Format) RowByRow() bool {
	return f.WithFilename || f.LineNumber || f.ByteOffset || f.Max > 0 || f.Recoder != nil
}

// Rows writes the rows of a filter, or counts them. For each input, call Begin, then
// Range with each result in file order, then End; after an error, only Leave. It is for
// one goroutine.
type Rows struct {
	format Format
	runner worker.Runner
	out    output.Output
	w      *output.Writer // to out
	prefix []byte
	small  whole // of which there may be a hundred thousand

	// Total is the number of rows so far, File that of the current input.
	Total, File uint64

	// Of the current input.
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

// NewRows returns a Rows that writes to out; it may be nil if rows are only
// counted. Records that lie across a cut are looked at by runner.
func NewRows(out output.Output, runner worker.Runner, f Format) *Rows {
	return &Rows{format: f, runner: runner, out: out, w: output.NewWriter(out)}
}

// Full reports whether the limit is reached.
func (m *Rows) Full() bool { return m.format.Max > 0 && m.Total >= m.format.Max }

// Begin starts the next input, called name; lines is the number of LFs before its first
// range (those of a header).
func (m *Rows) Begin(src Input, name string, lines uint64) {
	m.name, m.src, m.line, m.open, m.File = name, src, lines, false, 0
	m.view = view{src: src, name: name, long: window.LongRecord}
}

// BeginWhole starts the next input, a file of size bytes that a worker has read
// whole: the bytes of its rows come with the result.
func (m *Rows) BeginWhole(size int64, name string, lines uint64) {
	m.Begin(m.small.set(nil, size), name, lines)
	m.view.whole = true
}

// Range writes the rows of the next range. The error is that of the Runner, a
// [*worker.InputError] of this input, that of the output, or [ErrGivenUp].
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

// End finishes an input. The error is a [*worker.InputError]: a quote is still open
// ([*OpenQuoteError]), or the file has become shorter ([split.ErrTruncated]); or that of
// the Tally's temporary file.
func (m *Rows) End() error {
	m.Leave()
	if m.open {
		err := &OpenQuoteError{Offset: m.openAt}
		return &worker.InputError{Name: m.name, Err: err}
	}
	if err := m.src.Shrunk(); err != nil {
		return &worker.InputError{Name: m.name, Err: err}
	}
	return m.Keep()
}

// Keep lets the rows of the current input count, though it could not be read to its end: an open
// record is none of them. The error is that of the Tally's temporary file.
func (m *Rows) Keep() error {
	if m.format.Tally != nil {
		return m.format.Tally.keep()
	}
	return nil
}

// Void takes back the rows of the current input, if they were only counted:
// they do not use up the limit. Rows that were written do.
func (m *Rows) Void() {
	if m.format.Count {
		m.Total -= m.File
	}
	if m.format.Tally != nil {
		m.format.Tally.void()
	}
}

// Leave gives up the current input.
func (m *Rows) Leave() { m.view.close() }

// Flush writes what is buffered.
func (m *Rows) Flush() error { return m.w.Flush() }

// Header writes the header record of the current input, which does not count as a
// row.
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
	return m.out.Header(line)
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
	if err := m.w.Encoding(m.order()); err != nil {
		return err
	}
	return m.view.with(r, part.Data, len(part.Spans), func() error {
		if !m.format.RowByRow() {
			return m.view.copyAll(m.w.Writer, part.Spans, '\n')
		}
		for s := range part.Spans.All(true) {
			prefix := m.prefixed(r.Start+s.Start, line+s.Line+1)
			if _, err := m.w.Write(prefix); err != nil {
				return err
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
		return m.view.copy(m.w.Writer, s, '\n')
	}
	b, err := m.view.take(r.Start+s.Start, r.Start+s.End)
	if err != nil {
		return err
	}
	recode.text = recode.append(recode.text[:0], b)
	return writeRecord(m.w.Writer, recode.text, true, '\n')
}

// order is the byte order in which rows of the current input are written in
// UTF-16, nil where they are not.
func (m *Rows) order() binary.ByteOrder {
	if m.format.Recoder != nil {
		return nil
	}
	return m.src.ByteOrder()
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
