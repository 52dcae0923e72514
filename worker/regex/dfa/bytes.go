package dfa

import (
	"math/bits"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// byteSet is a set of bytes: bit b%64 of element b/64 for byte b.
type byteSet [4]uint64

func (s *byteSet) has(b byte) bool { return s[b/64]>>(b%64)&1 != 0 }

func (s *byteSet) addRange(lo, hi byte) {
	for b := int(lo); b <= int(hi); b++ {
		s[b/64] |= 1 << (b % 64)
	}
}

// sides is a set of syntax.Beside: what a byte may be to the positions on its two sides. It has two
// elements only for a byte of a character beyond ASCII, which by itself does not tell Word from
// Other.
type sides uint8

const (
	edge    sides = 1 << syntax.Edge
	word    sides = 1 << syntax.Word
	other   sides = 1 << syntax.Other
	unknown sides = word | other
)

// sidesOf returns what b may be.
func (o *Options) sidesOf(b byte) sides {
	switch {
	case b == o.Terminator:
		return edge
	case b == '_', '0' <= b && b <= '9', 'A' <= b && b <= 'Z', 'a' <= b && b <= 'z':
		return word
	case o.UTF8 && b >= 0x80 && (b < 0xF5 || syntax.IsLatin1Letter(b)):
		return unknown
	}
	return other
}

// sideOf returns the set for what is beside a position. A stray byte is part of a word to some
// conditions and not to others.
func sideOf(b syntax.Beside) sides {
	if b == syntax.Stray {
		return unknown
	}
	return 1 << b
}

// cases is a set of possible surroundings of a position, one bit for each pair of a guess about the
// byte before and of the syntax.Beside after: bit 3*guess+after. There are two guesses: if the byte
// before is unknown, the first is that it is Word and the second that it is Other; if it is known,
// both are the same.
type cases uint8

const allCases cases = 1<<6 - 1

// casesBefore returns the cases in which one of s is after.
func casesBefore(s sides) cases { return cases(s | s<<3) }

// casesOf returns the cases in which l holds after a byte that is one of before.
func casesOf(l syntax.Look, before sides) cases {
	first := bits.TrailingZeros8(uint8(before))
	second := bits.Len8(uint8(before)) - 1
	return cases(l>>(3*first)&7 | l>>(3*second)&7<<3)
}

// mirror exchanges before and after.
func mirror(l syntax.Look) (m syntax.Look) {
	for before := syntax.Edge; before <= syntax.Other; before++ {
		for after := syntax.Edge; after <= syntax.Other; after++ {
			if l.Holds(before, after) {
				m |= 1 << (3*after + before)
			}
		}
	}
	return m
}

// classes divides the bytes into classes that no set of the program and no condition distinguishes.
type classes struct {
	of      [256]uint8
	members [][]byte // of each class, in order
}

// newClasses returns the coarsest division in which each set, and each byte's sides, is a union of
// classes.
func newClasses(sets []label, side *[256]sides) (c classes) {
	var ids [256]int
	for b, s := range side {
		ids[b] = int(s)
	}
	for i := range sets {
		c.refine(&ids, func(b byte) bool { return sets[i].has(b) })
	}
	// Without sets, no refinement has numbered the classes.
	c.refine(&ids, func(byte) bool { return false })
	return c
}

// refine splits each class by a property, and renumbers the classes in the order of their first
// bytes.
func (c *classes) refine(ids *[256]int, has func(byte) bool) {
	type key struct {
		id  int
		has bool
	}
	number := make(map[key]int)
	c.members = c.members[:0]
	for b := range ids {
		k := key{ids[b], has(byte(b))}
		n, ok := number[k]
		if !ok {
			n = len(number)
			number[k] = n
			c.members = append(c.members, nil)
		}
		ids[b] = n
		c.of[b] = uint8(n)
		c.members[n] = append(c.members[n], byte(b))
	}
}
