package merge

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// view gives the bytes of an input for output. A few short pieces are read with
// pread; many, or long ones, from a mapped window on the current range, which
// costs some faults but neither a copy nor a system call a piece.
type view struct {
	src  Input
	name string       // of the input, for errors
	file *window.File // opened when it is needed
	at   split.Locator
	buf  []byte

	// The input is in memory, or its bytes come along: nothing is read.
	whole bool
	data  []byte

	fetched byte // see prefetch; of no meaning

	long int64 // bytes above which a record is long, and read from a mapping

	// Of the current range.
	r      split.Range
	w      *window.Window
	inline []byte         // the bytes of the selected records that are still to come, if they came along
	one    *window.Window // on the long record that was asked for last, if it is not in w
}

const (
	longSpan = 64 << 10
	// sparseness is the number of bytes of range for each byte of encoded spans
	// (a span takes three or four) from which on pread is cheaper: it costs as
	// much as a fault, and a fault maps 64 KiB.
	sparseness = 16 << 10
)

// with calls use, which may ask for bytes of the range r and, for a few, before
// it; inline holds what it will take, unless it is empty; encoded is the length
// of the spans in the range. The error is that of use, or a *worker.InputError
// for bytes that cannot be read.
func (v *view) with(r split.Range, inline []byte, encoded int, use func() error) error {
	if v.r, v.inline = r, inline; len(inline) == 0 {
		v.inline = nil
	}
	if v.whole || v.inline != nil {
		return use()
	}
	defer v.unmap()
	if int64(encoded)*sparseness > r.Len() {
		if err := v.mapRange(); err != nil {
			return v.failed(err)
		}
	}
	var err error
	if fault := window.Catch(v.holder, func() { err = use() }); fault != nil {
		return v.failed(fault)
	}
	return err
}

// holder is for [window.Catch].
func (v *view) holder(addr uintptr) *window.Window {
	if v.w == nil || v.one != nil && v.one.Has(addr) {
		return v.one
	}
	return v.w
}

// take returns the bytes [start, end) of the next selected record, or of the
// next ones; they are valid until the next call. Each record is taken, in order.
func (v *view) take(start, end int64) ([]byte, error) {
	if v.inline == nil {
		if v.w != nil {
			v.w.Release(int(start - v.w.Start))
		}
		return v.bytes(start, end)
	}
	b := v.inline[:end-start]
	v.inline = v.inline[end-start:]
	return b, nil
}

// bytes returns the bytes [start, end) of the input, file offsets; they are valid
// until the next call.
func (v *view) bytes(start, end int64) ([]byte, error) {
	if v.whole {
		return v.data[start:end], nil
	}
	if v.w != nil && start >= v.w.Start {
		if end-start > v.long {
			v.w.Sweep()
		}
		return v.w.Data[start-v.w.Start : end-v.w.Start], nil
	}
	if end-start > v.long {
		return v.mapOne(start, end)
	}
	n := int(end - start)
	v.buf = slices.Grow(v.buf[:0], n)[:n]
	if k, err := v.src.ReadAt(v.buf, start); k < n {
		if _, ok := split.ReadableTo(err); !ok { // which says where
			err = fmt.Errorf("at byte %d: %w", start+int64(k), err)
		}
		return nil, v.failed(err)
	}
	return v.buf, nil
}

// copyAll writes the records of spans, which are all of the current range and
// are not numbered. It is copy for each, in little time for each of many.
func (v *view) copyAll(w *bufio.Writer, spans span.List, terminator byte) error {
	if v.inline != nil {
		return writeRecord(w, v.inline, true, terminator)
	}
	var batch [64]span.Span
	for r := (span.Reader{List: spans}); ; {
		n := 0
		for n < len(batch) && r.Next() {
			batch[n] = r.Span
			n++
		}
		switch {
		case n == 0:
			return nil
		case v.w != nil:
			v.prefetch(batch[:n])
		}
		for _, s := range batch[:n] {
			var err error
			if v.w != nil && s.End-s.Start <= longSpan {
				err = writeRecord(w, v.w.Data[s.Start:s.End], true, terminator)
			} else {
				err = v.copy(w, s, terminator)
			}
			if err != nil {
				return err
			}
		}
		if v.w != nil {
			v.w.Release(int(batch[n-1].End))
		}
	}
}

// prefetch looks at the first and the last byte of spans in the mapping. Where
// they are far apart nearly all time goes by in waiting for the memory, here
// for many of them at once.
func (v *view) prefetch(spans []span.Span) {
	for _, s := range spans {
		v.fetched += v.w.Data[s.Start] + v.w.Data[s.End-1]
	}
}

// copy writes the records of a span of the current range, and the terminator
// that the last record of an input may lack.
func (v *view) copy(w *bufio.Writer, s span.Span, terminator byte) error {
	if v.w == nil && !v.whole && v.inline == nil && s.End-s.Start > longSpan {
		if err := v.mapRange(); err != nil {
			return v.failed(err)
		}
		err := v.copy(w, s, terminator)
		if shrunk := v.w.Shrunk(); err == nil && shrunk != nil {
			err = v.failed(shrunk)
		}
		v.unmapRange() // not where a fault is still to be looked at
		return err
	}
	for at := s.Start; at < s.End; {
		end := min(at+4<<20, s.End)
		b, err := v.take(v.r.Start+at, v.r.Start+end)
		if err != nil {
			return err
		}
		if err := writeRecord(w, b, end == s.End, terminator); err != nil {
			return err
		}
		if at = end; v.w != nil {
			v.w.Release(int(at))
		}
	}
	return nil
}

// writeRecord writes bytes of a record and, if they are its last ones, the
// terminator that they may lack.
func writeRecord(w *bufio.Writer, b []byte, last bool, terminator byte) error {
	_, err := w.Write(b)
	if last && err == nil && len(b) > 0 && b[len(b)-1] != terminator {
		err = w.WriteByte(terminator)
	}
	return err
}

// A search for a terminator takes so many bytes at once: few, since most records are short, and twice
// as many after each step.
const (
	searchStep = 4 << 10
	longStep   = 1 << 20
)

// next returns the end of the record that begins at start; the known bytes end
// at limit, with a record.
func (v *view) next(start, limit int64, terminator byte) (int64, error) {
	for step := int64(searchStep); start < limit; step = min(2*step, longStep) {
		end := min(start+step, limit)
		b, err := v.bytes(start, end)
		if err != nil {
			return 0, err
		}
		if k := bytes.IndexByte(b, terminator); k >= 0 {
			return start + int64(k) + 1, nil
		}
		v.passed(step)
		start = end
	}
	return limit, nil
}

// previous returns the start of the record that ends at end, but not less than
// floor, where a record begins.
func (v *view) previous(end, floor int64, terminator byte) (int64, error) {
	end-- // the terminator there is this record's own
	for step := int64(searchStep); end > floor; step = min(2*step, longStep) {
		start := max(end-step, floor)
		b, err := v.bytes(start, end)
		if err != nil {
			return 0, err
		}
		if k := bytes.LastIndexByte(b, terminator); k >= 0 {
			return start + int64(k) + 1, nil
		}
		v.passed(step)
		end = start
	}
	return floor, nil
}

// passed says that a search passed so many bytes, of a mapping if there is one.
func (v *view) passed(step int64) {
	if step == longStep && v.w != nil {
		v.w.Sweep()
		window.Passed(int(step))
	}
}

func (v *view) open() (err error) {
	if at := v.src.Locator(); v.file == nil || at != v.at { // a stream may have moved
		v.close()
		if v.file, err = window.Open(at); err != nil {
			return err
		}
		v.at = at
	}
	return err
}

func (v *view) mapRange() (err error) {
	if err = v.open(); err == nil {
		v.w, err = v.file.Map(v.r.Start, v.r.End)
	}
	return err
}

// mapOne returns the bytes [start, end) of a mapping of their own, which lasts until the next call.
func (v *view) mapOne(start, end int64) ([]byte, error) {
	v.unmapOne()
	err := v.open()
	if err == nil {
		v.one, err = v.file.Map(start, end)
	}
	if err != nil {
		return nil, v.failed(err)
	}
	v.one.Sweep()
	return v.one.Data, nil
}

func (v *view) unmap() {
	v.unmapRange()
	v.unmapOne()
}

func (v *view) unmapRange() {
	if v.w != nil {
		v.w.Close()
		v.w = nil
	}
}

func (v *view) unmapOne() {
	if v.one != nil {
		v.one.Close()
		v.one = nil
	}
}

func (v *view) close() {
	if v.file != nil {
		v.file.Close()
		v.file = nil
	}
}

func (v *view) failed(err error) error { return &worker.InputError{Name: v.name, Err: err} }
