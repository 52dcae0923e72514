package grep

import (
	"bytes"
	"encoding/binary"
)

// binary handles the binary part of the range: the records from b[begin] on, where from b[from] on
// each NUL ends a record, as LF does.
func (s *Scanner) binary(begin, from int) {
	s.res.Binary, s.res.TextEnd = true, int64(s.withMark(begin))
	if s.Binary != WithoutMatch {
		s.scanZapped(begin, from)
	}
	s.res.Stopped = true
}

// scanZapped searches a copy of each block, in which NULs are replaced by LFs.
func (s *Scanner) scanZapped(begin, from int) {
	copied := append(s.zapped[:0], s.b[begin:from]...)
	for from < s.task.End {
		next := min(from+blockSize, s.task.End)
		fresh := len(copied)
		copied = append(copied, s.b[from:next]...)
		zap(copied[fresh:])
		end := len(copied)
		if next < s.task.End || s.task.Incomplete {
			end = fresh + bytes.LastIndexByte(copied[fresh:], '\n') + 1
			if end == fresh && (fresh == 0 || copied[fresh-1] != '\n') {
				end = 0 // the record continues in the next block
			}
		}
		n := s.count(copied[:end])
		if s.gaveUp {
			n = s.countEach(copied[:end], next-len(copied))
		}
		s.res.Quiet += n
		if s.full() || s.res.Quiet > 0 && !s.Count {
			break
		}
		copied = append(copied[:0], copied[end:]...)
		s.release(next)
		from = next
	}
	s.zapped = copied
}

// zap replaces each NUL by an LF, eight bytes at a time: holes of sparse files are nothing but
// NULs, and half the bytes of UTF-16 text often are.
func zap(b []byte) {
	const low, high = 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	for ; len(b) >= 8; b = b[8:] {
		w := binary.LittleEndian.Uint64(b)
		nulls := ^((w&low + low) | w) & high
		binary.LittleEndian.PutUint64(b, w|nulls>>7*'\n')
	}
	for i, c := range b {
		if c == 0 {
			b[i] = '\n'
		}
	}
}
