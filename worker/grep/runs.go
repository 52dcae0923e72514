package grep

import "github.com/linefork/linefork/worker/scan"

// manyRuns is how many offsets of runs in a block make it worthwhile to look for
// bytes outside ASCII in all of it, instead of in each run.
const manyRuns = 256

// runs selects records of b[begin:end], after lookAt, without looking at each:
// adjacent ones are one span, however many there are.
func (s *Scanner) runs(begin, end int) {
	b, n := s.b[begin:end], s.found
	s.clean = !s.checks() || len(s.hits) > manyRuns && scan.IsASCII(b)
	if !s.Invert {
		s.res.Selected += uint64(n)
		for i := 0; i < len(s.hits); i += 2 {
			s.run(begin+s.hits[i], begin+s.hits[i+1])
		}
		return
	}
	s.res.Selected += uint64(records(b, s.terminator) - n)
	last := 0
	for i := 0; i < len(s.hits); i += 2 {
		s.run(begin+last, begin+s.hits[i])
		last = s.hits[i+1]
	}
	s.run(begin+last, end)
}

// run shows the records b[start:end], of which there may be none, but not those
// with an encoding error.
func (s *Scanner) run(start, end int) {
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
