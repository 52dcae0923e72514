package merge

import (
	"bufio"

	"github.com/linefork/linefork/worker/span"
)

// copyAll writes the records of spans, which are all of the range in hand and
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
