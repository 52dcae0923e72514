package merge

import (
	"bufio"

	"github.com/linefork/linefork/worker/span"
)

// copy writes the records of a span of the range in hand, and the terminator
// that the last record of an input may lack.
func (v *view) copy(w *bufio.Writer, s span.Span, terminator byte) error {
	if v.w == nil && v.whole == nil && v.inline == nil && s.End-s.Start > longSpan {
		return v.mapped(func() error { return v.copy(w, s, terminator) })
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

func writeRecord(w *bufio.Writer, b []byte, last bool, terminator byte) error {
	_, err := w.Write(b)
	if last && err == nil && len(b) > 0 && b[len(b)-1] != terminator {
		err = w.WriteByte(terminator)
	}
	if err != nil {
		return &OutputError{err}
	}
	return nil
}
