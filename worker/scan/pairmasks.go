package scan

import "github.com/linefork/linefork/internal/cpu"

// PairMasks are the bits for a block of 64 bytes in [MarkPair]: bit i of H is set if the pair
// starts at byte i of the block, bit i of N if byte i is the terminator.
type PairMasks struct{ H, N uint64 }

// MaxGap is the largest gap of [MarkPair].
const MaxGap = 31

// PairOffsets returns the offsets a < b, at most [MaxGap] apart, of the two bytes of a needle that
// [MarkPair] should search for. The needle has two or more bytes; the sample is that of
// [NewFinder].
func PairOffsets(needle, sample []byte) (a, b int) {
	needle = needle[:min(len(needle), MaxGap+1)]
	if len(sample) == 0 {
		a, b = rarePair(needle, &defaultRank)
	} else {
		rank := rankIn(sample)
		a, b, _ = choosePair(needle, rarest(needle, &rank), sample, &rank)
	}
	return min(a, b), max(a, b)
}

// MarkPair fills dst with the masks of b, one for each block, and returns how many there are:
// len(b)/64, rounded up. The pair is at position i if b[i] is c1 and b[i+gap] is c2, even if that
// is in the next block; it is not if i+gap is past the end of b. The bits past the end are zero.
// The same byte twice with a gap of 0 is a search for this byte.
//
// It panics if dst is too short, or the gap is not in 0 to [MaxGap].
func MarkPair(dst []PairMasks, b []byte, c1, c2 byte, gap int, terminator byte) int {
	if gap < 0 || gap > MaxGap {
		panic("scan: MarkPair with a gap out of range")
	}
	n := max(len(b)-gap, 0) / MaskLen
	if n > 0 {
		pairMasks(dst[:n], b, c1, c2, gap, terminator)
	}
	rest := b[n*MaskLen:]
	if len(rest) == 0 {
		return n
	}
	// In what remains, a block may be whole except for the gap.
	var last [2*MaskLen + MaxGap]byte
	copy(last[:], rest)
	for ; len(rest) > 0; n++ {
		pairMasks(dst[n:n+1], last[:], c1, c2, gap, terminator)
		dst[n].H &= firstBits(len(rest) - gap)
		dst[n].N &= firstBits(len(rest))
		rest = rest[min(len(rest), MaskLen):]
		copy(last[:], last[MaskLen:])
	}
	return n
}

// firstBits returns a mask of the n lowest bits; none or all for n out of range.
func firstBits(n int) uint64 {
	return uint64(1)<<max(n, 0) - 1
}

// pairMasks fills dst from the first len(dst) blocks of b, which has at least gap more bytes.
func pairMasks(dst []PairMasks, b []byte, c1, c2 byte, gap int, terminator byte) {
	if cpu.AVX2() {
		_ = b[len(dst)*MaskLen+gap-1]
		pairMasksAVX2(&dst[0].H, &b[0], len(dst), c1, c2, gap, terminator)
		return
	}
	pairMasksGeneric(dst, b, c1, c2, gap, terminator)
}
