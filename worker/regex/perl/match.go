package perl

import (
	"bytes"
	"unicode/utf8"
)

// Matcher matches with a pattern. It is for one goroutine.
type Matcher struct {
	*program
	machine
	err    error // of this search
	gaveUp error
}

// Matcher returns a new matcher.
func (p *Pattern) Matcher() *Matcher { return &Matcher{program: p.prog} }

// Match reports whether the pattern matches somewhere in line, which is a record without its
// terminator.
func (m *Matcher) Match(line []byte) bool {
	_, _, ok := m.Find(line, 0)
	return ok
}

// Find returns the leftmost match that starts at or after from, and among those that start there
// the one that Perl prefers. What is before from is context, for lookbehinds, \b and the like. With
// \K, start is where that was.
//
// As grep does, it takes bytes at from that cannot start a character for the end of another match:
// what comes before them is not context.
func (m *Matcher) Find(line []byte, from int) (start, end int, ok bool) {
	m.err = nil
	base, midLine := 0, from > 0
	if m.utf {
		for from < len(line) && !mayBegin(line[from]) {
			from++
			base, midLine = from, true
		}
	}
	if from == len(line) {
		base = from // grep knows beforehand how an empty string matches
	}
	start, end, ok = m.search(line[base:], from-base, midLine)
	return base + start, base + end, ok
}

// GaveUp returns why Match or Find gave up on a line since the last call, or nil: it took too many
// steps or too much memory, or the pattern called itself endlessly. The words are those of grep.
func (m *Matcher) GaveUp() error {
	err := m.gaveUp
	m.gaveUp = nil
	return err
}

// mayBegin reports whether the C library thinks that a character can start with the byte c: it
// includes bytes that would start one beyond U+10FFFF.
func mayBegin(c byte) bool { return c < 0x80 || 0xc2 <= c && c <= 0xf7 }

func (m *Matcher) search(s []byte, from int, midLine bool) (start, end int, ok bool) {
	if len(m.required) > 0 && !bytes.Contains(s[from:], m.required) {
		return 0, 0, false
	}
	m.s, m.from, m.midLine = s, from, midLine
	m.work = 0
	for at := from; ; {
		if !m.anyFirst {
			if at = m.next(at); at < 0 {
				return 0, 0, false
			}
		}
		switch m.attempt(at) {
		case matched:
			return m.keep, m.end, true
		case gaveUp:
			m.gaveUp = m.err
			return 0, 0, false
		case skipped:
			if m.skipTo > at {
				at = m.skipTo
				continue
			}
		case ended:
			return 0, 0, false
		}
		if m.anchored || at >= len(s) {
			return 0, 0, false
		}
		if m.lead != nil {
			for at < len(s) && m.lead.of[s[at]] == isOne {
				at++
			}
			if at == len(s) {
				return 0, 0, false
			}
		}
		at++
		for m.utf && at < len(s) && !utf8.RuneStart(s[at]) {
			at++
		}
	}
}

// next returns the next position at which a match may start, or -1 if there is none.
func (m *Matcher) next(at int) int {
	if m.onlyFirst >= 0 {
		i := bytes.IndexByte(m.s[at:], byte(m.onlyFirst))
		if i < 0 {
			return -1
		}
		return at + i
	}
	for i, c := range m.s[at:] {
		if m.first[c] && !(m.fromEdge && m.withinWord(at+i)) {
			return at + i
		}
	}
	return -1
}

// withinWord reports whether there is a byte at i, and no edge of a word.
func (m *Matcher) withinWord(i int) bool {
	if i == 0 {
		return m.word.of[m.s[0]] == isNot && m.s[0] < utf8.RuneSelf
	}
	a, b := m.s[i-1], m.s[i]
	return m.word.of[a] == m.word.of[b] && (!m.utf || a|b < utf8.RuneSelf)
}
