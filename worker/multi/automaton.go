package multi

import (
	"bytes"
	"slices"
)

// automaton is that of Aho and Corasick, "Efficient string matching: an aid to bibliographic
// search" (1975), with failure links: its time depends only on the length of the text. It is built
// only when a search needs it.
//
// The states are numbered level by level, so that the children of a state have consecutive numbers.
// A state takes 17 bytes.
type automaton struct {
	first []int32 // first child of each state, and the end
	label []byte  // of the edge that leads to each state
	fail  []int32 // state of the longest proper suffix
	depth []int32 // length of the state's string
	out   []int32 // length of the longest needle that ends the string, or 0
}

// sorted returns all needles of s in ascending order.
func (s *Set) sorted() [][]byte {
	var all [][]byte
	for i := range s.tiers {
		d := s.tiers[i].needles
		for k := range d.ends {
			all = append(all, d.needle(k))
		}
	}
	slices.SortFunc(all, bytes.Compare)
	return all
}

// newAutomaton returns the automaton of needles, which are sorted and distinct.
func newAutomaton(needles [][]byte) *automaton {
	a := &automaton{
		label: []byte{0}, fail: []int32{0}, depth: []int32{0}, out: []int32{0},
	}
	// below[s] is the end of the needles that start with the string of state s, and from[s] the
	// first of them that is longer.
	from, below := []int32{0}, []int32{int32(len(needles))}
	for s := int32(0); int(s) < len(a.label); s++ {
		a.first = append(a.first, int32(len(a.label)))
		d := int(a.depth[s])
		for k := from[s]; k < below[s]; {
			c := needles[k][d]
			end := k + 1
			for end < below[s] && needles[end][d] == c {
				end++
			}
			a.label = append(a.label, c)
			a.depth = append(a.depth, int32(d+1))
			fail := int32(0)
			if s > 0 {
				fail = a.step(a.fail[s], c)
			}
			a.fail = append(a.fail, fail)
			if len(needles[k]) == d+1 {
				a.out = append(a.out, int32(d+1))
				from = append(from, k+1)
			} else {
				a.out = append(a.out, a.out[fail])
				from = append(from, k)
			}
			below = append(below, end)
			k = end
		}
	}
	a.first = append(a.first, int32(len(a.label)))
	return a
}

// step returns the state after state s and byte c.
func (a *automaton) step(s int32, c byte) int32 {
	for {
		if k := bytes.IndexByte(a.label[a.first[s]:a.first[s+1]], c); k >= 0 {
			return a.first[s] + int32(k)
		}
		if s == 0 {
			return 0
		}
		s = a.fail[s]
	}
}

// next returns the leftmost position from <= start < end in b at which a needle occurs. If there is
// none, start is -1 and a search may continue at pos.
func (a *automaton) next(b []byte, from, end int, fold bool) (start, pos int) {
	start = -1
	s := int32(0)
	for i := from; i < len(b); i++ {
		c := b[i]
		if fold {
			c = lower(c)
		}
		s = a.step(s, c)
		if n := int(a.out[s]); n > 0 && (start < 0 || i+1-n < start) {
			start = i + 1 - n
		}
		// Needles that are still incomplete start at open or later.
		open := i + 1 - int(a.depth[s])
		if start >= 0 && open >= start {
			return start, start
		}
		if start < 0 && open >= end {
			return -1, open
		}
	}
	return start, len(b)
}
