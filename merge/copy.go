package merge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// reader copies spans of an input to the output. A few short rows are read
// with pread; many, or long ones, from a mapped window, which costs some
// faults but neither a copy nor a system call a row.
type reader struct {
	src  split.Source
	file *window.File // opened when it is needed
	buf  []byte

	// Of the range in hand.
	r     split.Range
	dense bool
	w     *window.Window
}

const (
	longSpan = 64 << 10
	// sparseness is the number of bytes of range for each byte of encoded spans
	// (a span takes three or four) from which on pread is cheaper: it costs as
	// much as a fault, and a fault maps 64 KiB.
	sparseness = 16 << 10
)

func (d *reader) begin(r split.Range, encoded int) {
	d.r, d.dense = r, int64(encoded)*sparseness > r.Len()
}

func (d *reader) end() {
	if d.w != nil {
		d.w.Close()
		d.w = nil
	}
}

func (d *reader) close() {
	if d.file != nil {
		d.file.Close()
		d.file = nil
	}
}

// copy writes a span, and the LF that the last row of an input may lack.
func (d *reader) copy(w *bufio.Writer, s span.Span) error {
	if !d.dense && s.End-s.Start <= longSpan {
		return d.copyShort(w, s)
	}
	if d.w == nil {
		if err := d.open(); err != nil {
			return d.failed(err)
		}
	}
	var writeErr error
	fault := d.w.Catch(func() {
		for at := s.Start; at < s.End && writeErr == nil; {
			end := min(at+4<<20, s.End)
			writeErr = writeRow(w, d.w.Data[at:end], end == s.End)
			at = end
			d.w.Release(int(at))
		}
	})
	if fault != nil {
		return d.failed(fault)
	}
	return writeErr
}

func (d *reader) copyShort(w *bufio.Writer, s span.Span) error {
	n := int(s.End - s.Start)
	d.buf = slices.Grow(d.buf[:0], n)[:n]
	if k, err := d.src.ReadAt(d.buf, d.r.Start+s.Start); k < n {
		return d.failed(fmt.Errorf("at byte %d: %w", d.r.Start+s.Start+int64(k), err))
	}
	return writeRow(w, d.buf, true)
}

func writeRow(w *bufio.Writer, b []byte, last bool) error {
	_, err := w.Write(b)
	if last && err == nil && len(b) > 0 && b[len(b)-1] != '\n' {
		err = w.WriteByte('\n')
	}
	if err != nil {
		return &OutputError{err}
	}
	return nil
}

func (d *reader) open() (err error) {
	if d.file == nil {
		if d.file, err = window.Open(d.src.Path(), d.src.ID()); err != nil {
			return err
		}
	}
	d.w, err = d.file.Map(d.r.Start, d.r.End)
	return err
}

func (d *reader) failed(err error) error {
	if errors.Is(err, io.EOF) {
		err = fmt.Errorf("file shrank while it was read: %w", io.ErrUnexpectedEOF)
	}
	return &worker.InputError{Name: d.src.Name(), Err: err}
}
