package multi

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	triedFingers = 10  // the rarest offsets, combined with each other
	fingerGroups = 8   // of needles, as many as buckets: a bit of a byte each
	fingerSample = 512 // of the needles
)

// hand is the offsets of some fingers, and roughly which share of all positions are their
// candidates.
type hand struct {
	offs []int
	rate float64
}

// chooseFingers returns, for each number of fingers, the offsets that have the fewest candidates in
// the sample.
func chooseFingers(needles [][]byte, fold bool, sample []byte) []hand {
	some := sortedSome(needles, fingerSample)
	groups := slices.Collect(slices.Chunk(some, (len(some)+fingerGroups-1)/fingerGroups))
	offs := make([]int, min(minLen(needles), maxFingerOff+1))
	suiting := make([][]uint64, len(offs))
	total := make([]int, len(offs))
	for o := range offs {
		offs[o] = o
		suiting[o] = suitingGroups(groups, o, fold, sample[:len(sample)-maxFingerOff+o])
		for _, w := range suiting[o] {
			total[o] += bits.OnesCount64(w)
		}
	}
	slices.SortStableFunc(offs, func(a, b int) int { return cmp.Compare(total[a], total[b]) })
	offs = offs[:min(len(offs), triedFingers)]
	c := combiner{suiting: suiting, best: make([]hand, min(maxFingers, len(offs)))}
	c.extend(nil, offs)
	return c.best
}

// suitingGroups returns a set of groups, in a byte, for each position of the sample: those with a
// needle that has, at off, the byte that is off bytes after the position. It omits the last
// positions, from which off leads outside the sample.
func suitingGroups(groups [][][]byte, off int, fold bool, sample []byte) []uint64 {
	var sets [256]uint8 // by byte
	for g, needles := range groups {
		for _, needle := range needles {
			for _, c := range both(needle[off], fold) {
				sets[c] |= 1 << g
			}
		}
	}
	suiting := make([]uint64, (len(sample)-off)/8)
	for i := range suiting {
		for k, c := range sample[off+8*i:][:8] {
			suiting[i] |= uint64(sets[c]) << (8 * k)
		}
	}
	return suiting
}

// combiner finds the best offsets for each number of fingers.
type combiner struct {
	suiting [][]uint64 // by offset
	best    []hand
	// chosen[k] is what suits k+1 offsets together.
	chosen [maxFingers][]uint64
}

// extend tries the offsets in with together with each choice from more.
func (c *combiner) extend(with, more []int) {
	k := len(with)
	if k == len(c.best) {
		return
	}
	for i, o := range more {
		offs := append(with[:k:k], o)
		if h, rate := &c.best[k], c.choose(k, o); h.offs == nil || rate < h.rate {
			*h = hand{offs, rate}
		}
		c.extend(offs, more[i+1:])
	}
}

// choose sets c.chosen[k] to what suits the k offsets chosen before and o, and returns the share of
// positions that suit some group.
func (c *combiner) choose(k, o int) (rate float64) {
	all := c.suiting[o]
	if k > 0 {
		if c.chosen[k] == nil {
			c.chosen[k] = make([]uint64, len(all))
		}
		before, also := c.chosen[k-1], all
		all = c.chosen[k]
		for i := range all {
			all[i] = before[i] & also[i]
		}
	}
	c.chosen[k] = all
	n := 0
	for _, w := range all {
		n += bits.OnesCount64(((w &^ highBits) + ^uint64(highBits) | w) & highBits) // nonzero bytes
	}
	return float64(n) / float64(8*len(all))
}
