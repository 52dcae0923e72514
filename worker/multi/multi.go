package multi

import (
	"math/bits"
	"slices"
	"sync"
)

// Options says how needles match.
type Options struct {
	// FoldASCII lets the letters A to Z and a to z match in both cases. All
	// other bytes match only themselves.
	FoldASCII bool
}

// Set is a set of needles to search for. It is immutable and may be used by several goroutines at
// once.
type Set struct {
	fold      bool
	tiers     []tier // by length of their needles, ascending
	maxLen    int    // of all needles
	automaton func() *automaton
}

// New returns a Set of copies of needles. There must be at least one and none may be empty;
// duplicates are allowed. The sample is some tens of KiB of the data to come, which the search is
// fitted to; without one, it makes a guess. The sample affects only speed.
func New(needles [][]byte, o Options, sample []byte) *Set {
	if len(needles) == 0 || len(needles) > maxNeedles {
		panic("multi: number of needles out of range")
	}
	s := &Set{fold: o.FoldASCII}
	for _, n := range needles {
		if len(n) == 0 {
			panic("multi: empty needle")
		}
		s.maxLen = max(s.maxLen, len(n))
	}
	if s.fold {
		needles = foldAll(needles)
	}
	s.tiers = chooseTiers(needles, s.fold, sample)
	s.automaton = sync.OnceValue(func() *automaton { return newAutomaton(s.sorted()) })
	return s
}

// maxNeedles is the maximum number of needles in a Set.
const maxNeedles = 1 << 30

// Next returns the leftmost position start >= from in b at which a needle occurs, and the end of
// the longest needle there. If there is none, both are -1. The needle must lie entirely inside b;
// bytes before from are ignored.
func (s *Set) Next(b []byte, from int) (start, end int) {
	work := newBudget(from)
	blocks := firstBlocks
	var marks marks
	for pos := from; pos < len(b); {
		n := min(blocks, (len(b)-pos+blockLen-1)/blockLen)
		for t := range s.tiers {
			s.tiers[t].filter.markAll(marks[t][:n], b[pos:])
		}
		start, end = s.verify(b, pos, n, &marks, &work)
		switch {
		case end >= 0:
			return start, end
		case start >= 0:
			stretch := stretchLen + stretchNeedles*s.maxLen
			start, pos = s.automaton().next(b, start, start+stretch, s.fold)
			if start >= 0 {
				return start, s.longest(b, start)
			}
			work = newBudget(pos)
		default:
			pos += n * blockLen
			blocks = min(2*blocks, mostBlocks)
		}
	}
	return -1, -1
}

// verify returns the first start that is marked in n blocks from pos on and holds a needle, and the
// end of the longest needle there. If there is none, both are -1. If the work got too much, start
// is where to continue, and end is -1.
func (s *Set) verify(b []byte, pos, n int, marks *marks, work *budget) (start, end int) {
	for k := range n {
		for any := marks[0][k] | marks[1][k] | marks[2][k]; any != 0; any &= any - 1 {
			i := bits.TrailingZeros64(any)
			for t := len(s.tiers) - 1; t >= 0; t-- {
				if marks[t][k]>>i&1 == 0 {
					continue
				}
				d := s.tiers[t].needles
				if n := d.longest(b, pos+i, work); n >= 0 {
					return pos + i, pos + i + d.len(n)
				}
			}
			if work.spent(pos) {
				return pos + i + 1, -1
			}
		}
		pos += blockLen
	}
	return -1, -1
}

// marks are what the filters mark in a few blocks.
type marks [maxTiers][mostBlocks]uint64

// The filters mark a few blocks ahead, most of which a hit wastes, and more where there are no
// hits.
const (
	firstBlocks = 1
	mostBlocks  = 32
)

// longest returns the end of the longest needle at position i of b, or -1.
func (s *Set) longest(b []byte, i int) int {
	var work budget
	for t := len(s.tiers) - 1; t >= 0; t-- {
		d := s.tiers[t].needles
		if n := d.longest(b, i, &work); n >= 0 {
			return i + d.len(n)
		}
	}
	return -1
}

// Ends appends to ends the ends of all needles that occur in b at position start, in ascending
// order, and returns the result.
func (s *Set) Ends(b []byte, start int, ends []int) []int {
	if start < 0 || start >= len(b) {
		return ends
	}
	var work budget
	for t := range s.tiers {
		d := s.tiers[t].needles
		first := len(ends)
		for n := d.longest(b, start, &work); n >= 0; n = d.parent(n) {
			ends = append(ends, start+d.len(n))
		}
		slices.Reverse(ends[first:])
	}
	return ends
}
