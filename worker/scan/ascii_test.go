package scan

import "testing"

// TestIsASCII puts a byte that is not ASCII, or the last one that is, at each position.
func TestIsASCII(t *testing.T) {
	for n := range 200 {
		b := make([]byte, n)
		if !IsASCII(b) {
			t.Errorf("%d NULs are not ASCII", n)
		}
		for i := range b {
			for c, want := range map[byte]bool{0x7F: true, 0x80: false, 0xFF: false} {
				b[i] = c
				if IsASCII(b) != want {
					t.Errorf("%#x at %d of %d: want %v", c, i, n, want)
				}
			}
			b[i] = 0
		}
	}
}
