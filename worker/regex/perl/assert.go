package perl

import (
	"unicode"
	"unicode/utf8"
)

// holds reports whether a condition holds at pos.
func (m *Matcher) holds(a assert, pos int) bool {
	switch a {
	case lineStart:
		return pos == 0 && !m.midLine
	case textStart:
		return pos == 0
	case lineEnd, textEnd:
		return pos == len(m.s)
	case anyStart:
		if pos == 0 {
			return !m.midLine
		}
		return pos < len(m.s) && m.newlineBefore(pos)
	case anyEnd:
		return pos == len(m.s) || m.newlineAt(pos) > 0
	case lastLineEnd:
		return pos == len(m.s) || pos+m.newlineAt(pos) == len(m.s)
	case searchStart:
		return pos == m.from
	}
	edge, known := m.wordEdge(pos)
	return known && edge == (a == wordEdge)
}

// newlineAt returns the length of the line break at pos, or 0 if there is none.
func (m *Matcher) newlineAt(pos int) int {
	if m.newline.crlf && m.s[pos] == '\r' && pos+1 < len(m.s) && m.s[pos+1] == '\n' {
		return 2
	}
	r, n := m.decode(pos)
	for _, c := range m.newline.chars {
		if c == r {
			return n
		}
	}
	return 0
}

// newlineBefore reports whether a line break ends at pos.
func (m *Matcher) newlineBefore(pos int) bool {
	w := m.widthBefore(pos)
	if w == 0 {
		return false
	}
	if m.newline.crlf && m.s[pos-1] == '\r' && m.s[pos] == '\n' {
		return false
	}
	return m.newlineAt(pos-w) > 0
}

// decode returns the character at pos, or -1 if it is not valid.
func (m *Matcher) decode(pos int) (r rune, width int) {
	if !m.utf {
		return rune(m.s[pos]), 1
	}
	r, width = utf8.DecodeRune(m.s[pos:])
	if r == utf8.RuneError && width == 1 {
		return -1, 1
	}
	return r, width
}

// wordEdge reports whether pos is between a character of a word and something else. PCRE2 takes
// invalid bytes for something else; it is undecided between two such bytes.
func (m *Matcher) wordEdge(pos int) (edge, known bool) {
	var before, after bool
	if 0 < pos && pos < len(m.s) {
		if a, b := m.s[pos-1], m.s[pos]; !m.utf || a|b < utf8.RuneSelf {
			return m.word.of[a] != m.word.of[b], true
		}
	}
	w := m.widthBefore(pos)
	if w > 0 {
		before = m.width(m.word, pos-w) > 0
	}
	if pos < len(m.s) {
		after = m.width(m.word, pos) > 0
		if r, _ := m.decode(pos); r < 0 && w == 0 && pos > 0 {
			return false, false
		}
	}
	return before != after, true
}

// equalFold reports whether two characters differ only in case.
func equalFold(a, b rune) bool {
	if a == b {
		return true
	}
	for f := unicode.SimpleFold(a); f != a; f = unicode.SimpleFold(f) {
		if f == b {
			return true
		}
	}
	return false
}
