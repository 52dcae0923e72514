package multi

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	triedFingers = 6   // the rarest offsets, combined with each other
	fingerGroups = 8   // of needles, as there will be buckets
	fingerSample = 512 // of the needles
)

// hand is the offsets of some fingers, and about what part of all positions are
// their candidates.
type hand struct {
	offs []int
	rate float64
}

// chooseFingers returns for each number of fingers the offsets that have the
// fewest candidates in the sample.
func chooseFingers(needles [][]byte, fold bool, sample []byte) []hand {
	some := sortedSome(needles, fingerSample)
	least := min(minLen(needles), maxFingerOff+1)
	n := len(sample) - maxFingerOff

	// hits[g][o] marks the positions of the sample with a byte, o further on,
	// that a needle of group g has at offset o.
	groups := slices.Collect(slices.Chunk(some, (len(some)+fingerGroups-1)/fingerGroups))
	hits := make([][][]uint64, len(groups))
	total := make([]int, least)
	for g, group := range groups {
		hits[g] = make([][]uint64, least)
		for o := range least {
			hits[g][o] = positions(group, o, fold, sample, n)
			total[o] += count(hits[g][o])
		}
	}
	offs := make([]int, least)
	for o := range offs {
		offs[o] = o
	}
	slices.SortStableFunc(offs, func(a, b int) int { return cmp.Compare(total[a], total[b]) })
	offs = offs[:min(least, triedFingers)]

	best := make([]hand, min(maxFingers, len(offs)))
	for set := uint(1); set < 1<<len(offs); set++ {
		k := bits.OnesCount(set)
		if k > maxFingers {
			continue
		}
		var combined []int
		for i, o := range offs {
			if set>>i&1 != 0 {
				combined = append(combined, o)
			}
		}
		rate := float64(candidates(hits, combined)) / float64(n)
		if h := &best[k-1]; h.offs == nil || rate < h.rate {
			*h = hand{combined, rate}
		}
	}
	return best
}

// positions returns the bit set of the first n positions of the sample whose
// byte, off further on, is that of a needle at off.
func positions(needles [][]byte, off int, fold bool, sample []byte, n int) []uint64 {
	var has [256]uint64
	for _, needle := range needles {
		for _, c := range both(needle[off], fold) {
			has[c] = 1
		}
	}
	set := make([]uint64, (n+63)/64)
	for i := range n {
		set[i/64] |= has[sample[i+off]] << (i % 64)
	}
	return set
}

func count(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

// candidates returns the number of positions that suit a group at all of offs.
func candidates(hits [][][]uint64, offs []int) (n int) {
	for w := range hits[0][0] {
		any := uint64(0)
		for _, group := range hits {
			all := ^uint64(0)
			for _, o := range offs {
				all &= group[o][w]
			}
			any |= all
		}
		n += bits.OnesCount64(any)
	}
	return n
}
