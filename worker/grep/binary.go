package grep

import (
	"bytes"
	"encoding/binary"

	"github.com/linefork/linefork/worker/scan"
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
	copied := s.zapped[:0] // of b[begin:from]
	if from-begin < longRecord {
		copied = append(copied, s.b[begin:from]...)
	}
	for from < s.task.End {
		if from-begin >= longRecord {
			begin = s.longZapped(begin, from)
			copied, from = copied[:0], begin
			if s.sated() {
				break
			}
			continue
		}
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
		s.quiet(copied[:end], next-len(copied))
		if s.sated() {
			break
		}
		copied = append(copied[:0], copied[end:]...)
		begin += end
		s.release(next)
		from = next
	}
	s.zapped = copied
}

// quiet counts the records of b among those that are not shown; base is the rangeOffset of b[0].
func (s *Scanner) quiet(b []byte, base int) {
	n := s.count(b)
	if s.gaveUp {
		n = s.countEach(b, base)
	}
	s.res.Quiet += n
}

// sated reports whether enough records of the binary part are selected.
func (s *Scanner) sated() bool { return s.full() || s.res.Quiet > 0 && !s.Count }

// longZapped looks at the record from b[begin] on, which has no end before b[from], without a copy.
// It returns the start of the next.
func (s *Scanner) longZapped(begin, from int) int {
	s.sweep()
	end := from
	for end < s.task.End {
		next := min(end+blockSize, s.task.End)
		if i := scan.IndexByteOr(s.b[end:next], 0, '\n'); i >= 0 {
			end += i
			break
		}
		s.release(next)
		end = next
	}
	record := s.b[begin:end]
	switch {
	case end == s.task.End && s.task.Incomplete:
		return end
	case end == s.task.End:
	case s.b[end] == '\n':
		record = s.b[begin : end+1]
	case s.Pattern.CRLF:
		record = bytes.TrimSuffix(record, []byte{'\r'}) // which stands before an LF in a copy
	}
	s.quiet(record, begin)
	return min(end+1, s.task.End)
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
