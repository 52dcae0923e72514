package grep

import "bytes"

// binary decides about the records from b[begin] on, in which from b[from] on
// each NUL ends a record, as LF does.
func (s *Scanner) binary(begin, from int) {
	s.res.Binary, s.res.TextEnd = true, s.withMark(begin)
	if s.Binary != WithoutMatch {
		s.scanZapped(begin, from)
	}
	s.res.Stopped = true
}

// scanZapped works on a copy of each block, with LFs in the place of NULs.
func (s *Scanner) scanZapped(begin, from int) {
	copied := append(s.zapped[:0], s.b[begin:from]...)
	for from < s.task.End {
		next := min(from+blockSize, s.task.End)
		fresh := len(copied)
		copied = append(copied, s.b[from:next]...)
		replace(copied[fresh:], 0, '\n')
		end := len(copied)
		if next < s.task.End {
			end = fresh + bytes.LastIndexByte(copied[fresh:], '\n') + 1
			if end == fresh && (fresh == 0 || copied[fresh-1] != '\n') {
				end = 0 // a record that goes on
			}
		}
		s.res.Quiet += s.count(copied[:end])
		if s.full() || s.res.Quiet > 0 && !s.Count {
			break
		}
		copied = append(copied[:0], copied[end:]...)
		s.release(next)
		from = next
	}
	s.zapped = copied
}

// replace puts to in the place of each from.
func replace(b []byte, from, to byte) {
	for {
		k := bytes.IndexByte(b, from)
		if k < 0 {
			return
		}
		b[k] = to
		b = b[k+1:]
	}
}
