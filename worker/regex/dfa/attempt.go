package dfa

// Verdict is the outcome of an attempt.
type Verdict uint8

const (
	No      Verdict = iota // there is no match there
	Yes                    // there is one
	Maybe                  // that many bytes do not tell
	Refused                // the bytes do not tell; the fallback must decide
)

// From reports whether a match starts at b[i], reading at most the next most bytes. The block b
// holds records, and the match is one in the record of b[i]. It also returns how many bytes it
// passed before that was settled.
func (m *Machine) From(b []byte, i, most int) (Verdict, int) {
	before := edge
	if i > 0 {
		before = m.p.sides[b[i-1]]
	}
	return m.forward.attempt(b, i, min(most, len(b)-i), 1, before)
}

// To is like From, but reports whether a match ends before b[i], reading backward.
func (m *Machine) To(b []byte, i, most int) (Verdict, int) {
	after := edge
	if i < len(b) {
		after = m.p.sides[b[i]]
	}
	return m.reverse.attempt(b, i-1, min(most, i), -1, after)
}

// Longest returns the end of the longest match in a record that starts at position i, and whether
// there is one. The record is given without its terminator.
func (m *Machine) Longest(line []byte, i int) (end int, verdict Verdict) {
	a := &m.forward
	v, end := a.last(a.start(false, m.before(line, i)), line, i)
	switch {
	case v&refused != 0:
		return 0, Refused
	case end < 0:
		return 0, No
	}
	return end, Yes
}

// attempt reads up to n bytes of b, starting at position at, in steps of dir. At the ends of b, it
// reads a terminator. beside is what the byte before the first one may be, in the direction of
// reading.
func (a *automaton) attempt(b []byte, at, n, dir int, beside sides) (verdict Verdict, read int) {
	s := a.start(false, beside)
	for ; read < n; read++ {
		c := b[at]
		v := a.table[s+uint32(c)]
		if v&stop != 0 {
			if v&absent != 0 {
				v = a.value(&s, c)
			}
			if v&(matched|refused|ended) != 0 {
				a.scanned += read
				return verdictOf(v), read
			}
		}
		if c == a.p.Terminator {
			a.scanned += read
			return No, read
		}
		s = v & row
		at += dir
	}
	a.scanned += read
	if uint(at) < uint(len(b)) {
		return Maybe, read
	}
	return verdictOf(a.value(&s, a.p.Terminator)), read
}

func verdictOf(v uint32) Verdict {
	switch {
	case v&refused != 0:
		return Refused
	case v&matched != 0:
		return Yes
	}
	return No
}
