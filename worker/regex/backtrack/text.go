package backtrack

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// text is a line and how its bytes make up characters.
type text struct {
	line []byte
	utf8 bool
}

// step returns the length of the character at pos if it is in set, otherwise 0.
func (t *text) step(set *syntax.Set, pos int) int {
	b := t.line[pos]
	if b < utf8.RuneSelf || !t.utf8 {
		if set.HasByte(b) {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRune(t.line[pos:])
	if size == 1 {
		if set.HasByte(b) && t.isBoundary(pos) {
			return 1
		}
		return 0
	}
	if set.HasRune(r) {
		return size
	}
	return 0
}

// isBoundary reports whether pos is not within a character.
func (t *text) isBoundary(pos int) bool {
	if !t.utf8 || pos == len(t.line) || utf8.RuneStart(t.line[pos]) {
		return true
	}
	for start := pos - 1; start >= max(0, pos-utf8.UTFMax+1); start-- {
		if utf8.RuneStart(t.line[start]) {
			_, size := utf8.DecodeRune(t.line[start:])
			return start+size <= pos
		}
	}
	return true
}

// look reports whether a condition holds at pos.
func (t *text) look(l syntax.Look, pos int) bool {
	return l.Holds(syntax.Before(t.line, pos, t.utf8), syntax.After(t.line, pos, t.utf8))
}
