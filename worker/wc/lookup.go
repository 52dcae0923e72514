package wc

import (
	"encoding/binary"
	"math/bits"
)

// rowTable gives the class of a character of two or three bytes in two steps: by all its bytes but
// the last, then by the last. Characters of three bytes come first, those of two start at firstTwo.
// Overlong forms and surrogates have class zero.
type rowTable struct {
	row  [firstTwo + 0x20]uint8
	rows [256][64]class
	used int // rows
}

const firstTwo = 0x400

func (t *rowTable) build(classes *classTable) {
	seen := make(map[[64]class]uint8)
	for i := range t.row {
		var row [64]class
		for j := range row {
			switch c := uint32(i<<6 | j); {
			case c >= 0x800 && i < firstTwo:
				row[j] = classes.of(c)
			case i >= firstTwo+2:
				row[j] = classes.of(c - firstTwo<<6)
			}
		}
		n, ok := seen[row]
		if !ok {
			if t.used == len(t.rows) {
				panic("wc: too many rows of classes")
			}
			n = uint8(t.used)
			seen[row] = n
			t.rows[n] = row
			t.used++
		}
		t.row[i] = n
	}
}

// effect has all bits set in the fields that a class adds to, and none in the others.
type effect struct {
	graph, blank, double, thin uint64
}

// effects is indexed by class.
var effects = func() (e [32]effect) {
	for k := range e {
		if class(k)&word != 0 {
			e[k].graph = ^uint64(0)
		}
		if class(k)&space != 0 {
			e[k].blank = ^uint64(0)
		}
		if class(k)&columns == 2 {
			e[k].double = ^uint64(0)
		}
		if class(k)&columns == 0 {
			e[k].thin = ^uint64(0)
		}
	}
	return e
}()

// lookUp places the characters that start at the bits of leads in a block. b is the block and ahead
// more bytes. If a lead does not start a character, nothing is placed. There is no branch on
// whether a character has two bytes or three, since text mixes them, and no shift by a variable
// amount, which is slow.
func (u *unicode) lookUp(m *masks, b []byte, leads uint64) {
	var graph, blank, double, thin uint64
	_ = b[block+ahead-1]
	for ; leads != 0; leads &= leads - 1 {
		here := leads & -leads
		// Not TrailingZeros64: its instruction waits for the previous value of its target register,
		// which would keep iterations from overlapping.
		at := bits.OnesCount64(here-1) % block
		w := binary.LittleEndian.Uint32(b[at:][:4])
		i, last := w&0xF<<6|w>>8&0x3F, w>>16
		other := w&0xC0C0F0 ^ 0x8080E0
		if w&0xC0E0 == 0x80C0 {
			i, last, other = firstTwo+w&0x1F, w>>8, 0
		}
		var k class
		if other == 0 {
			k = u.rows.rows[u.rows.row[i]][last&0x3F]
		} else { // rare: four bytes, or not a character
			k = u.four(bits.ReverseBytes32(w))
		}
		e := &effects[k%32]
		graph |= e.graph & here
		blank |= e.blank & here
		double |= e.double & here
		thin |= e.thin & here
	}
	m.graph |= graph
	m.blank |= blank
	m.double |= double
	m.thin |= thin
}

// four returns the class of the four bytes of w, or 0 if they are not a character of four bytes.
func (t *classTable) four(w uint32) class {
	if w&0xF8C0C0C0 != 0xF0808080 {
		return 0
	}
	c := w>>24&7<<18 | w>>16&0x3F<<12 | w>>8&0x3F<<6 | w&0x3F
	if c < 0x10000 {
		return 0
	}
	return t.of(c)
}
