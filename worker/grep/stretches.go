package grep

import "github.com/linefork/linefork/worker/scan"

// manyHits is the number of hits in a block above which it is faster to look for non-ASCII bytes in
// the whole block than in each stretch.
const manyHits = 256

// blockOfStretches selects records of b[begin:end], after lookAt, without looking at each: adjacent
// records become one span, however many they are.
func (s *Scanner) blockOfStretches(begin, end int) {
	b, n := s.b[begin:end], s.found
	s.clean = !s.checks() || len(s.hits) > manyHits && scan.IsASCII(b)
	if !s.Invert {
		s.res.Selected += uint64(n)
		for i := 0; i < len(s.hits); i += 2 {
			s.stretch(begin+s.hits[i], begin+s.hits[i+1])
		}
		return
	}
	s.res.Selected += uint64(others(b, s.terminator, n))
	last := 0
	for i := 0; i < len(s.hits); i += 2 {
		s.stretch(begin+last, begin+s.hits[i])
		last = s.hits[i+1]
	}
	s.stretch(begin+last, end)
}

// stretch shows the records b[start:end], except those with an encoding error. There may be none.
func (s *Scanner) stretch(start, end int) {
	if s.clean || s.valid(s.b[start:end]) {
		s.show(start, end)
		return
	}
	s.res.Invalid = true
	for start < end {
		next := recordEnd(s.b[:end], start, s.terminator)
		if s.valid(s.b[start:next]) {
			s.show(start, next)
		}
		start = next
	}
}
