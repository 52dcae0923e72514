package backtrack

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestRecurrences compares with a search for each piece of random strings. What is said may be too
// much, but not too little, and must be exact where nothing overlaps.
func TestRecurrences(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var x suffixes
	for range 2000 {
		s := make([]byte, r.IntN(60))
		letters := 1 + r.IntN(4)
		for i := range s {
			s[i] = byte('a' + r.IntN(letters))
		}
		recurs := x.recurrences(s)
		for pos := range len(s) + 1 {
			apart, overlapping := 0, 0
			for size := 1; pos+size <= len(s); size++ {
				if bytes.Contains(s[pos+size:], s[pos:pos+size]) {
					apart = size
				}
				if bytes.Contains(s[pos+1:], s[pos:pos+size]) {
					overlapping = size
				}
			}
			if got, most := int(recurs[pos]), min(overlapping, (len(s)-pos)/2); got < apart || got != most {
				t.Fatalf("%q from %d: %d, but %d occur again apart, and %d at all", s, pos, got, apart, most)
			}
		}
	}
}
