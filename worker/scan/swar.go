package scan

// Eight bytes at a time in a general register, for the portable searches.

import (
	"encoding/binary"
	"math/bits"
)

// wordLen is the number of bytes in a word.
const wordLen = 8

const (
	lowBits  = 0x0101010101010101
	highBits = 0x8080808080808080
)

// word loads b[i:i+8]; the first byte becomes the lowest.
func word(b []byte, i int) uint64 {
	return binary.LittleEndian.Uint64(b[i : i+wordLen])
}

// repeat returns the word with c in each byte.
func repeat(c byte) uint64 {
	return lowBits * uint64(c)
}

// equalBytes sets the high bit of each byte that is the same in x and y, and no other bit. The
// shorter (v-lowBits)&^v would not do: its borrows set wrong bits above a right one, and two such
// results could agree on a wrong bit.
func equalBytes(x, y uint64) uint64 {
	v := x ^ y
	return ^(((v &^ highBits) + ^uint64(highBits)) | v) & highBits
}

// firstByte returns the index of the first byte that is marked in a nonzero result of equalBytes.
func firstByte(eq uint64) int {
	return bits.TrailingZeros64(eq) / 8
}
