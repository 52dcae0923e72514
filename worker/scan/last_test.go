package scan

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestLastIndexByte sweeps lengths and positions, surrounded by bytes that differ from c by a bit
// or by one, and compares with package bytes.
func TestLastIndexByte(t *testing.T) {
	for n := range 40 {
		for at := -1; at < n; at++ {
			for _, c := range []byte{0, '\n', 0x7f, 0x80, 0xff} {
				for _, other := range []byte{c + 1, c - 1, c ^ 0x80} {
					b := bytes.Repeat([]byte{other}, n)
					if at >= 0 {
						b[at] = c
					}
					if got := LastIndexByte(b, c); got != at {
						t.Fatalf("%x in %x: %d, want %d", c, b, got, at)
					}
				}
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(rapid.ByteRange(0, 3)).Draw(t, "b")
		c := rapid.ByteRange(0, 4).Draw(t, "c")
		if got, want := LastIndexByte(b, c), bytes.LastIndexByte(b, c); got != want {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}
