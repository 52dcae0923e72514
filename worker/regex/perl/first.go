package perl

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// byteSet is a set of bytes, such as those that something may start with.
type byteSet [256]bool

func (b *byteSet) overlaps(c *byteSet) bool {
	for i, ok := range b {
		if ok && c[i] {
			return true
		}
	}
	return false
}

func (b *byteSet) addAll() {
	for i := range b {
		b[i] = true
	}
}

// addSet adds the bytes that a character of the set starts with.
func (b *byteSet) addSet(s *syntax.Set) {
	for i := range b {
		b[i] = b[i] || s.HasByte(byte(i))
	}
	var lo, hi [utf8.UTFMax]byte
	for _, r := range s.Runes {
		utf8.EncodeRune(lo[:], r.Lo)
		utf8.EncodeRune(hi[:], r.Hi)
		for i := int(lo[0]); i <= int(hi[0]); i++ {
			b[i] = true
		}
	}
}

// addFirst adds the bytes that n may start with if it is not empty.
func (b *byteSet) addFirst(n *node, utf bool) {
	switch n.op {
	case opFail, opEmpty, opAssert, opLook, opKeep, opVerb, opBack:
	case opChar:
		b.addSet(n.charSet(utf))
	case opSet:
		b.addSet(n.set)
	case opConcat:
		for _, s := range n.sub {
			b.addFirst(s, utf)
			if !s.nullable() {
				break
			}
		}
	case opAlternate, opRepeat, opGroup, opAtomic:
		for _, s := range n.sub {
			b.addFirst(s, utf)
		}
	case opCall:
		switch {
		case n.target == nil:
			b.addAll()
		case !n.busy: // otherwise these bytes are being added
			n.busy = true
			b.addFirst(n.target, utf)
			n.busy = false
		}
	default:
		b.addAll()
	}
}
