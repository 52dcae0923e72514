package scan

import "math/bits"

// LastIndexByte returns the last position of c in b, or -1. It is for short distances, such as that
// to the start of a line: it takes eight bytes at a time, package bytes takes one.
func LastIndexByte(b []byte, c byte) int {
	i := len(b)
	for ; i >= wordLen; i -= wordLen {
		if eq := equalBytes(word(b, i-wordLen), repeat(c)); eq != 0 {
			return i - 1 - bits.LeadingZeros64(eq)/8
		}
	}
	for i--; i >= 0 && b[i] != c; i-- {
	}
	return i
}
