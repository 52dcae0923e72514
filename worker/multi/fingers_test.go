package multi

import (
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestFingers compares the best offsets with what all offsets let through, counted one position at
// a time.
func TestFingers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 40 {
		alphabet := alphabets[r.IntN(len(alphabets))]
		sample := randomBytes(r, alphabet, minSample)
		fold := r.IntN(2) == 0
		needles := randomNeedles(r, alphabet, sample, 1+r.IntN(60), 1+r.IntN(triedFingers-1), triedFingers)
		if fold {
			needles = foldAll(needles)
		}
		best := map[int]float64{}
		for set := uint(1); set < 1<<minLen(needles); set++ {
			rate := groupRate(needles, set, fold, sample)
			if least, ok := best[bits.OnesCount(set)]; !ok || rate < least {
				best[bits.OnesCount(set)] = rate
			}
		}
		hands := chooseFingers(needles, fold, sample)
		if len(hands) != min(minLen(needles), maxFingers) {
			t.Fatalf("%d hands for %q", len(hands), needles)
		}
		for i, h := range hands {
			set := uint(0)
			for _, o := range h.offs {
				set |= 1 << o
			}
			rate := groupRate(needles, set, fold, sample)
			if bits.OnesCount(set) != i+1 || h.rate != best[i+1] || h.rate != rate {
				t.Fatalf("hand %d for %q is %+v, the best has %v", i, needles, h, best[i+1])
			}
		}
	}
}

// groupRate is the share of positions that suit a group of needles at all of the offsets in a set.
func groupRate(needles [][]byte, set uint, fold bool, sample []byte) float64 {
	some := sortedSome(needles, fingerSample)
	groups := slices.Collect(slices.Chunk(some, (len(some)+fingerGroups-1)/fingerGroups))
	n, positions := 0, (len(sample)-maxFingerOff)/8*8
	for i := range positions {
		if slices.ContainsFunc(groups, func(group [][]byte) bool {
			for o := 0; set>>o != 0; o++ {
				if set>>o&1 != 0 && !slices.ContainsFunc(group, func(needle []byte) bool {
					c := sample[i+o]
					return c == needle[o] || fold && lower(c) == needle[o]
				}) {
					return false
				}
			}
			return true
		}) {
			n++
		}
	}
	return float64(n) / float64(positions)
}
