package scan

import "github.com/linefork/linefork/internal/cpu"

// MaskLen is the number of bytes that one Masks describes.
const MaskLen = 64

// Masks are the bits for a block of 64 bytes in [Classify]: bit i of A is set if byte i of the
// block is the first of three bytes, and so on.
type Masks struct{ A, B, C uint64 }

// Classify fills dst with the masks of b, one for each block, and returns how many there are:
// len(b)/64, rounded up. The bits past the end of b are zero. It panics if dst is too short.
func Classify(dst []Masks, b []byte, a1, b1, c1 byte) int {
	n := len(b) / MaskLen
	if n > 0 {
		masks(dst[:n], b, a1, b1, c1)
	}
	rest := b[n*MaskLen:]
	if len(rest) == 0 {
		return n
	}
	var last [MaskLen]byte
	copy(last[:], rest)
	masks(dst[n:n+1], last[:], a1, b1, c1)
	inside := uint64(1)<<len(rest) - 1
	m := &dst[n]
	m.A, m.B, m.C = m.A&inside, m.B&inside, m.C&inside
	return n + 1
}

// masks fills dst from the first len(dst) blocks of b.
func masks(dst []Masks, b []byte, a1, b1, c1 byte) {
	if cpu.AVX2() {
		_ = b[len(dst)*MaskLen-1]
		masksAVX2(&dst[0].A, &b[0], len(dst), a1, b1, c1)
		return
	}
	masksGeneric(dst, b, a1, b1, c1)
}
