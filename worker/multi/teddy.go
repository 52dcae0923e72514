package multi

import "github.com/linefork/linefork/internal/cpu"

// teddy finds candidates for a few needles: positions where the bytes at some offsets, the fingers,
// fit one of up to eight buckets of needles. It is Teddy by Geoffrey Langdale, of the Hyperscan
// library: at each finger, a byte has a set of buckets, the intersection of those of its two
// nibbles, and these can be looked up with one shuffle each for a whole vector.
//
// Unlike there, a finger may be any byte of the needles, and the buckets are not kept: one
// dictionary verifies the candidates of all of them.
type teddy struct {
	fingers int
	offs    [maxFingers]int
	nibbles [maxFingers]nibbles
}

// nibbles are the sets of buckets of the low and the high nibble of a byte.
type nibbles struct{ low, high [16]byte }

const (
	maxFingers = 5
	maxBuckets = 8

	// maxFingerOff is the largest offset of a finger.
	maxFingerOff = 31
)

func (t *teddy) reach() int { return maxFingerOff }

func (t *teddy) mark(dst []uint64, b []byte) {
	if !cpu.AVX2() {
		t.markGeneric(dst, b)
		return
	}
	_ = b[len(dst)*blockLen+maxFingerOff-1]
	src, n, nibbles, o := &b[0], len(dst), &t.nibbles[0].low[0], &t.offs
	switch t.fingers {
	case 1:
		teddy1AVX2(&dst[0], src, n, nibbles, o[0])
	case 2:
		teddy2AVX2(&dst[0], src, n, nibbles, o[0], o[1])
	case 3:
		teddy3AVX2(&dst[0], src, n, nibbles, o[0], o[1], o[2])
	case 4:
		teddy4AVX2(&dst[0], src, n, nibbles, o[0], o[1], o[2], o[3])
	default:
		teddy5AVX2(&dst[0], src, n, nibbles, o[0], o[1], o[2], o[3], o[4])
	}
}

// markGeneric is mark in portable Go.
func (t *teddy) markGeneric(dst []uint64, b []byte) {
	for k := range dst {
		starts := uint64(0)
		for i := range blockLen {
			at := b[k*blockLen+i:]
			buckets := byte(0xff)
			for f := range t.fingers {
				buckets &= t.nibbles[f].buckets(at[t.offs[f]])
			}
			if buckets != 0 {
				starts |= 1 << i
			}
		}
		dst[k] = starts
	}
}

// buckets returns the set of buckets of byte c.
func (n *nibbles) buckets(c byte) byte { return n.low[c&15] & n.high[c>>4] }
