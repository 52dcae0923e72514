package wc

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// charsGo counts the characters of b, which holds only whole characters.
func charsGo(b []byte) int64 {
	const piece = 1 << 10
	n := int64(0)
	for len(b) > 0 {
		p := b[:min(piece, len(b))]
		if k := open(p); k < len(p) {
			p = p[:len(p)-k]
		}
		b = b[len(p):]
		if utf8.Valid(p) {
			n += starts(p)
		} else {
			n += charsAt(p, len(p))
		}
	}
	return n
}

// starts returns the number of bytes that are not continuation bytes.
func starts(b []byte) int64 {
	n := len(b)
	for ; len(b) >= 8; b = b[8:] {
		x := binary.LittleEndian.Uint64(b)
		n -= bits.OnesCount64(x &^ (x << 1) & tops)
	}
	for _, c := range b {
		if isContinuation(c) {
			n--
		}
	}
	return int64(n)
}

// charsAt counts the characters that start in the first n bytes of b.
func charsAt(b []byte, n int) int64 {
	k := int64(0)
	for i := 0; i < n; i++ {
		if b[i] < 0x80 {
			k++
		} else if character(b[i:]) > 0 {
			k++
		}
	}
	return k
}
