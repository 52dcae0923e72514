package multi

import (
	"encoding/binary"

	"github.com/linefork/linefork/internal/cpu"
)

// grams finds candidates for many needles: positions where up to eight bytes at some offset are
// those of a needle, as far as one bit for their hash can tell. It is a Bloom filter with one hash
// function, queried at each position.
type grams struct {
	off      int
	size     int    // bytes of a gram
	caseBits uint64 // set in each byte before it is hashed
	factor   uint32 // for the first four bytes of a gram
	factor2  uint32 // for the others
	shift    uint32
	bits     []uint32
}

const (
	maxGramLen = 8
	maxGramOff = 15 // largest offset of a gram
	gramLoad   = 8  // bytes that are loaded from the last position on

	// One set bit in 32 makes for a negligible rate of false candidates. The table should not
	// outgrow the second-level cache.
	gramBitsPerNeedle = 5 // as a logarithm
	minGramBits       = 13
	maxGramBits       = 23
)

// Odd numbers near 2^32 divided by the golden ratio and by the square root of 2.
const (
	gramFactor  = 0x9e3779b1
	gramFactor2 = 0xb504f333
)

// newGrams returns the filter for the grams of size bytes at off in each needle, with a table of
// 1<<log bits.
func newGrams(needles [][]byte, off, size, log int, fold bool) *grams {
	g := &grams{
		off: off, size: size,
		shift: uint32(32 - log),
		bits:  make([]uint32, max(1<<log/32, 1)),
	}
	// The shifts of the factors drop the bytes of a word after the gram.
	g.factor = gramFactor << (32 - 8*min(size, 4))
	if size > 4 {
		g.factor2 = gramFactor2 << (64 - 8*size)
	}
	if fold {
		g.caseBits = caseBits
	}
	for _, n := range needles {
		var w [maxGramLen]byte
		copy(w[:], n[off:off+size])
		h := g.hash(binary.LittleEndian.Uint64(w[:]))
		g.bits[h/32] |= 1 << (31 - h%32)
	}
	return g
}

// hash returns the number of the bit for the gram at the low end of w.
func (g *grams) hash(w uint64) uint32 {
	w |= g.caseBits
	return (uint32(w)*g.factor + uint32(w>>32)*g.factor2) >> g.shift
}

func (g *grams) reach() int { return maxGramOff + gramLoad }

func (g *grams) mark(dst []uint64, b []byte) {
	if !cpu.AVX2() {
		g.markGeneric(dst, b)
		return
	}
	_ = b[len(dst)*blockLen+maxGramOff+gramLoad-1]
	gramsAVX2(&dst[0], &b[g.off], len(dst), &g.bits[0],
		uint32(g.caseBits), g.factor, g.factor2, g.shift)
}

// markGeneric is mark in portable Go.
func (g *grams) markGeneric(dst []uint64, b []byte) {
	for k := range dst {
		at := b[k*blockLen+g.off:]
		at = at[:blockLen+gramLoad]
		starts := uint64(0)
		for i := range blockLen {
			h := g.hash(binary.LittleEndian.Uint64(at[i:]))
			// The bit of the gram is shifted in from above.
			starts = starts>>1 | uint64(g.bits[h/32]<<(h%32)>>31)<<63
		}
		dst[k] = starts
	}
}
