package wc

import (
	"encoding/binary"
	"math/bits"
)

// block is the number of bytes that masks describes, one in each bit.
const block = 64

// masks says what each byte of a block is; bit i is byte i. In a block without bytes above 0x7F,
// and in the C locale, only the first four fields are set. Assembly relies on this layout.
type masks struct {
	graph uint64 // 0x21 to 0x7E
	blank uint64 // 0x20
	ctl   uint64 // 0x09 to 0x0D, the spaces that are not printing
	high  uint64 // 0x80 to 0xFF
	cont  uint64 // continuation bytes
	two   uint64 // leads of characters of two bytes in a box
	three uint64 // leads of characters of three bytes in a box
	wide  uint64 // those of three that are two columns wide

	// Set by resolve. It also adds all other characters that are part of words to graph, and all
	// other spaces to blank, at one of their bytes.
	double uint64 // characters of two columns
	thin   uint64 // includes the characters of graph and blank that take no column
}

// ahead is how many bytes after a block must be readable.
const ahead = 3

// classifyGo fills dst from the blocks of src, which has at least ahead more bytes. In the C locale
// x is nil.
func classifyGo(dst []masks, src []byte, x *boxes) {
	for i := range dst {
		m := &dst[i]
		*m = masks{}
		b := src[i*block:][:block+ahead]
		for j := 0; j < block; j += 8 {
			w := binary.LittleEndian.Uint64(b[j:])
			m.graph |= uint64(between(w, 0x21, 0x7E)) << j
			m.blank |= uint64(between(w, 0x20, 0x20)) << j
			m.ctl |= uint64(between(w, 0x09, 0x0D)) << j
			m.high |= uint64(collect(w&tops)) << j
			m.cont |= uint64(collect(w&^(w<<1)&tops)) << j
		}
		if x == nil {
			continue
		}
		for h := m.high &^ m.cont; h != 0; h &= h - 1 {
			j := bits.TrailingZeros64(h)
			k := x.of([3]byte{b[j], b[j+1], b[j+2]})
			bit := uint64(1) << j
			if k&boxesTwo != 0 {
				m.two |= bit
			}
			if k&boxesThree != 0 {
				m.three |= bit
			}
			if k&boxesWide != 0 {
				m.wide |= bit
			}
		}
	}
}

const (
	ones = 0x0101010101010101 // 1 in each byte
	tops = ones * 0x80        // the top bit of each byte
)

// between returns one bit for each byte of x, set if lo <= byte <= hi < 0x80.
func between(x uint64, lo, hi uint64) uint8 {
	low := x &^ tops // so that no sum reaches the next byte
	return collect((low + ones*(0x80-lo)) &^ (low + ones*(0x7F-hi)) &^ x & tops)
}

// collect gathers the top bits of the bytes of x, which has no other bits set.
func collect(x uint64) uint8 { return uint8(x >> 7 * 0x0102040810204080 >> 56) }
