package syntax

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

// HasRune reports whether r, from U+0080 on, is a character of the set.
func (s *Set) HasRune(r rune) bool { return glibc.Class(s.Runes).Has(r) }

// setBuilder collects characters in any order.
type setBuilder struct {
	set   Set
	utf8  bool
	runes []RuneRange
}

// add adds the characters from lo to hi: bytes in the C locale.
func (s *setBuilder) add(lo, hi rune) {
	single := rune(0xff)
	if s.utf8 {
		single = utf8.RuneSelf - 1
	}
	for c := lo; c <= min(hi, single); c++ {
		s.set.AddByte(byte(c))
	}
	if lo = max(lo, single+1); lo <= hi {
		s.runes = append(s.runes, RuneRange{Lo: lo, Hi: hi})
	}
}

// addClass adds the class and reports whether there is one of that name.
func (s *setBuilder) addClass(name string) bool {
	class, ok := glibc.Named(name)
	for _, r := range class {
		if !s.utf8 {
			r.Hi = min(r.Hi, utf8.RuneSelf-1)
		}
		s.add(r.Lo, r.Hi)
	}
	return ok
}

// normalize sorts the runes and joins adjacent ones.
func (s *setBuilder) normalize() {
	slices.SortFunc(s.runes, func(a, b RuneRange) int { return int(a.Lo - b.Lo) })
	joined := s.runes[:0]
	for _, r := range s.runes {
		if last := len(joined) - 1; last >= 0 && r.Lo <= joined[last].Hi+1 {
			joined[last].Hi = max(joined[last].Hi, r.Hi)
		} else {
			joined = append(joined, r)
		}
	}
	s.runes = subtract(joined, surrogates)
}

// negate turns the set, which must be in order, into that of all other characters except the
// terminator.
func (s *setBuilder) negate(terminator byte) {
	for i := range s.set.Bytes {
		s.set.Bytes[i] = ^s.set.Bytes[i]
	}
	if s.utf8 {
		s.set.Bytes[2], s.set.Bytes[3] = 0, 0
		s.runes = subtract(beyondASCII, s.runes)
	}
	s.set.Bytes[terminator/64] &^= 1 << (terminator % 64)
}

// node returns the set as a node. It must be in order.
func (s *setBuilder) node() *Node {
	n := 0
	for _, word := range s.set.Bytes {
		n += bits.OnesCount64(word)
	}
	switch {
	case n == 0 && len(s.runes) == 0:
		return none()
	case n == 1 && len(s.runes) == 0:
		for i, word := range s.set.Bytes {
			if word != 0 {
				return literal([]byte{byte(64*i + bits.TrailingZeros64(word))})
			}
		}
	case n == 0 && len(s.runes) == 1 && s.runes[0].Lo == s.runes[0].Hi:
		return literal(utf8.AppendRune(nil, s.runes[0].Lo))
	}
	s.set.Runes = s.runes
	return &Node{Op: OpSet, Set: &s.set}
}
