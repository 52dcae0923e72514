package dfa

import (
	"github.com/linefork/linefork/worker/regex/syntax"
	"github.com/linefork/linefork/worker/window"
)

// Match reports whether a record, given without its terminator, contains a match.
func (m *Machine) Match(line []byte) bool {
	return m.MatchFrom(line, 0)
}

// MatchFrom reports the same for a record in which no match starts before position from.
func (m *Machine) MatchFrom(line []byte, from int) bool {
	a := &m.forward
	v, _ := a.walk(a.start(true, m.before(line, from)), line, from)
	if v&refused != 0 {
		return m.fallback.Match(line)
	}
	return v&matched != 0
}

// Find returns the leftmost of the matches in a record that start at or after from, and of these
// the longest. The bytes before from are context for the conditions. The record is given without
// its terminator.
//
// It takes three passes. The first goes to the first place where a match ends, and on to the last
// place where one ends that may start at or before that place. The second goes back from there and
// notes the first place where a match starts. The third goes forward from that to the last place
// where a match ends that starts there.
func (m *Machine) Find(line []byte, from int) (start, end int, ok bool) {
	a := &m.forward
	v, first := a.walk(a.start(true, m.before(line, from)), line, from)
	if v&(matched|refused) == matched {
		last := first
		if first < len(line) {
			v, last = a.last(a.seal(v&row), line, first+1)
			last = max(first, last)
		}
		if v&refused == 0 {
			if start, ok = m.findStart(line, from, last); ok {
				v, end = a.last(a.start(false, m.before(line, start)), line, start)
				if v&refused == 0 {
					return start, end, end >= start // not so if the line has changed
				}
			}
			v = refused
		}
	}
	if v&refused != 0 {
		return m.fallback.Find(line, from)
	}
	return 0, 0, false
}

// before returns what is before position i.
func (m *Machine) before(line []byte, i int) sides {
	return sideOf(syntax.Before(line, i, m.p.UTF8))
}

// backStep is to findStart what longStep is to others: a power of two, since it is looked at for each
// byte.
const backStep = 1 << 20

// findStart returns the first position from which a match leads to last or to a place before it. It
// returns false if the automaton cannot tell.
func (m *Machine) findStart(line []byte, from, last int) (start int, ok bool) {
	a := &m.reverse
	s := a.start(true, sideOf(syntax.After(line, last, m.p.UTF8)))
	start = -1
	for i := last; ; i-- {
		b := m.p.Terminator
		if i > 0 {
			b = line[i-1]
		}
		v := a.table[s+uint32(b)]
		if v&stop != 0 {
			if v&absent != 0 {
				v = a.value(&s, b)
			}
			if v&refused != 0 {
				return 0, false
			}
			if v&matched != 0 {
				start = i
			}
		}
		if i == from {
			a.scanned += last - from
			return start, start >= 0
		}
		s = v & row
		if passed := last - i + 1; passed&(backStep-1) == 0 {
			window.Passed(backStep)
		}
	}
}

// walk steps from state s over line[i:] and its terminator until a match is noticed, or it is
// certain that there is none. It returns the last value and the position of the byte that led to
// it: where the match ends.
func (a *automaton) walk(s uint32, line []byte, i int) (v uint32, at int) {
	counted := i
	for i < len(line) {
		end := min(i+longStep, len(line))
		for ; i < end; i++ {
			v = a.table[s+uint32(line[i])]
			if v&stop != 0 {
				if v&absent != 0 {
					a.scanned += i - counted
					counted = i
					v = a.value(&s, line[i])
				}
				if v&(matched|refused|ended) != 0 {
					a.scanned += i - counted
					return v, i
				}
				if v&resting != 0 {
					i += a.leave(v&row, line[i+1:])
				}
			}
			s = v & row
		}
		if i < len(line) {
			window.Passed(longStep)
		}
	}
	a.scanned += i - counted
	return a.value(&s, a.p.Terminator), i
}

// last is like walk, but continues to the last match; at is -1 if there is none.
func (a *automaton) last(s uint32, line []byte, i int) (v uint32, at int) {
	at = -1
	for ; i <= len(line); i++ {
		v, i = a.walk(s, line, i)
		if v&refused != 0 {
			break
		}
		if v&matched != 0 {
			at = i
		}
		if v&ended != 0 {
			break
		}
		s = v & row
	}
	return v, at
}

// value returns the value for the state at s and byte b. If there is no room for it, it moves that
// state, or refuses.
func (a *automaton) value(s *uint32, b byte) uint32 {
	v := a.table[*s+uint32(b)]
	if v&absent == 0 {
		return v
	}
	if a.full() && !a.renew(s) {
		return stop | refused
	}
	return a.fill(*s, b)
}
