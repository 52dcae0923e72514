package rows

import "bytes"

// scanLines looks at each record, in a range of which quotes count only within
// a line.
func (s *Scanner) scanLines() {
	whole := s.b
	for i := 0; i < len(whole) && !s.res.Stopped; {
		s.b = whole[:s.lineEnd(whole, i)]
		next := s.record(i, i, false)
		if s.res.Open >= 0 {
			s.res.Open = -1
			s.parser.Dialect = s.m.Plain()
			next = s.decide(s.parse(i, false))
			s.parser.Dialect = s.m.Dialect
		}
		s.passing.tell(i)
		i = next
	}
	s.b = whole
}

// lineEnd returns the end of the line that begins at b[i]: just past the first
// LF that no escape stands before, or the length of b.
func (s *Scanner) lineEnd(b []byte, i int) int {
	for from := i; ; {
		k := s.passing.either(b, from, '\n', '\n')
		if k == len(b) || s.m.Escape == 0 || !bytes.HasSuffix(b[i:k], []byte{s.m.Escape}) {
			return min(k+1, len(b))
		}
		from = k + 1
	}
}

// whole returns the start of b up to its last LF that can end a record. An escaped one cannot.
func (d Dialect) whole(b []byte) []byte {
	for {
		b = b[:bytes.LastIndexByte(b, '\n')+1]
		line := bytes.TrimSuffix(b, []byte{'\n'})
		escapes := 0
		for d.Escape != 0 && escapes < len(line) && line[len(line)-1-escapes] == d.Escape {
			escapes++
		}
		if escapes%2 == 0 {
			return b
		}
		b = line
	}
}
