package regex

import "github.com/linefork/linefork/worker/window"

// A record may be longer than memory. What passes through it at memory speed does so in steps, each
// followed by a call of [window.Passed].

// longStep is [window.Step], except in tests.
var longStep = window.Step

// nextLong is next, step by step.
func (s *search) nextLong(b []byte, from int) (start, end int) {
	for {
		next := from + longStep
		if next >= len(b) {
			return s.nextIn(b, from)
		}
		// What starts before the next step is within these bytes, with the longest string there.
		start, end = s.nextIn(b[:min(next+s.longest, len(b))], from)
		if 0 <= start && start < next {
			return start, end
		}
		window.Passed(longStep)
		from = next
	}
}

// endLong returns where the record ends that b starts with, at its terminator or at len(b).
func endLong(b []byte, term byte) int {
	if n := window.IndexByte(b, term); n >= 0 {
		return n
	}
	return len(b)
}

// findLong is Find in a long record, which is not copied: strings with a terminator can only be at
// its start and at its end.
func (f *delimited) findLong(record []byte, from int) (start, end int, ok bool) {
	start, end = f.s.next(record, from)
	take := func(s, e int) {
		if start < 0 || s < start {
			start, end = s, e
		} else if s == start {
			end = max(end, e)
		}
	}
	n := f.s.longest
	if f.s.begin && from == 0 {
		f.copy = append(append(f.copy[:0], f.s.term), record[:n]...)
		if s, e := f.s.next(f.copy, 0); s == 0 {
			take(0, e-1)
		}
	}
	if f.s.end {
		base := max(from, len(record)-n)
		f.copy = append(append(f.copy[:0], record[base:]...), f.s.term)
		if s, e := f.s.next(f.copy, 0); s >= 0 {
			take(base+s, base+min(e, len(f.copy)-1))
		}
	}
	return start, end, start >= 0
}
