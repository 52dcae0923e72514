package grep

import (
	"github.com/linefork/linefork/worker/span"
)

// eachRecord is block for one in which the search gave up on some record: it decides about each of
// them alone, and so it does not matter which others there are.
func (s *Scanner) eachRecord(begin, end int) {
	for start := begin; start < end && !s.res.Stopped; {
		next := recordEnd(s.b[:end], start, s.terminator)
		match, err := s.search.Decide(s.Body(s.b[start:next]))
		switch {
		case err != nil:
			s.number(start)
			s.giveUp(start, next, err)
		case match == s.Invert:
		case s.Spans:
			s.record(start, next)
		default:
			s.res.Selected++
			s.full()
		}
		start = next
	}
	if !s.res.Stopped {
		s.number(end)
	}
}

// countEach is count for records on some of which the search gave up; base is the rangeOffset of
// b[0]. Unless all of them are counted, it ends at the first one.
func (s *Scanner) countEach(b []byte, base int) (n uint64) {
	for start := 0; start < len(b); {
		next := recordEnd(b, start, s.terminator)
		match, err := s.search.Decide(s.Body(b[start:next]))
		switch {
		case err != nil:
			s.giveUp(base+start, base+next, err)
		case match != s.Invert:
			if n++; !s.Count || s.task.Max > 0 && s.res.Selected+s.res.Quiet+n >= s.task.Max {
				return n
			}
		}
		start = next
	}
	return n
}

// giveUp notes that it could not be decided about the record b[start:end], or about the matches in
// it.
func (s *Scanner) giveUp(start, end int, err error) {
	if s.res.Reason == "" {
		s.res.Reason = err.Error()
	}
	s.unsure.Add(span.Span{Start: int64(s.withMark(start)), End: int64(end), Line: s.line})
}
