package scan

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// Few letters and a length of a few vectors make hits, near hits and edges likely.
var (
	letter  = rapid.SampledFrom([]byte(`ab"`))
	letters = rapid.SliceOfN(letter, 0, 300)
)

func TestPropertyAll(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := letters.Draw(t, "b")
			length := rapid.IntRange(1, 40).Draw(t, "length")
			off3 := rapid.IntRange(0, length-1).Draw(t, "off3")
			off2 := rapid.IntRange(0, off3).Draw(t, "off2")
			off1 := rapid.IntRange(0, off2).Draw(t, "off1")
			p := Triple{
				B1: letter.Draw(t, "b1"), Off1: off1,
				B2: letter.Draw(t, "b2"), Off2: off2,
				B3: letter.Draw(t, "b3"), Off3: off3,
				Len: length,
			}
			needle := rapid.SliceOfN(letter, 0, 12).Draw(t, "needle")
			sample := letters.Draw(t, "sample")
			checkAll(t, b, letter.Draw(t, "c1"), letter.Draw(t, "c2"), p, needle, sample)
		})
	})
}

// TestPropertyAllHits finds all hits one after the other, as callers do.
func TestPropertyAllHits(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := rapid.SliceOfN(letter, 0, 2000).Draw(t, "b")
			needle := rapid.SliceOfN(letter, 1, 12).Draw(t, "needle")
			f := NewFinder(needle, nil)
			for from := 0; from >= 0; {
				checkFinder(t, f, b, from, '"')
				if from, _ = f.NextOr(b, from, '"'); from >= 0 {
					from++
				}
			}
		})
	})
}
