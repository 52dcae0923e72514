package split

import (
	"iter"
	"sync/atomic"
)

// Pace makes ranges longer while what is found in them is little, and short again
// when it is not. A coordinator that has a result to take in for every 32 MiB is
// kept busy by some fifty workers at memory speed, whatever it holds; with results
// of a few numbers, ranges can be long from the start, but of one that holds
// places nobody knows beforehand how long it will be.
//
// A range that was made longer may hold more than was to be expected. Its scan is
// to be given up at the Bound, and it is cut again, with [Within].
//
// A nil Pace is of ranges that do not become longer.
type Pace struct {
	first int64
	most  atomic.Int64
}

const (
	// longestRange is how long a Pace makes ranges.
	longestRange = 256 << 20
	// smallResult is how many bytes a result may take, with those of its records,
	// for ranges not to become short again, and so twice what it may take for them
	// to become longer.
	smallResult = 512 << 10
	// maxResult is how many bytes a result may take of a range that was made
	// longer.
	maxResult = 2 << 20
)

// NewPace returns a Pace that begins with ranges of this length in bytes, a power
// of two, and comes back to it.
func NewPace(first int64) *Pace {
	p := &Pace{first: first}
	p.most.Store(first)
	return p
}

// Guided is the function of this name with the length that is right by now.
func (p *Pace) Guided(workers int) Sizes {
	s := Guided(p.first, workers)
	s.Pace = p
	return s
}

// Took learns from a range whose result takes so many bytes.
func (p *Pace) Took(r Range, result int64) {
	if p == nil {
		return
	}
	most := p.most.Load()
	switch {
	case result > smallResult:
		p.most.Store(p.first)
	case result <= smallResult/2 && r.Len() > most/4*3 && most < longestRange:
		p.most.Store(2 * most)
	}
}

// Bound is how many bytes the result of a range may take, 0 for any number.
func (p *Pace) Bound(r Range) int {
	if p == nil || r.Len() <= p.first+p.first/2 { // to a line's end, as a rule
		return 0
	}
	return maxResult
}

// GaveUp is Took for a range whose result was given up.
func (p *Pace) GaveUp(r Range) { p.Took(r, maxResult) }

// Within yields ranges up to offset end, which is the end of a record.
func Within(ranges iter.Seq2[Range, error], end int64) iter.Seq2[Range, error] {
	return func(yield func(Range, error) bool) {
		for r, err := range ranges {
			r.End = min(r.End, end)
			if !yield(r, err) || r.End == end {
				return
			}
		}
	}
}

// Longest is the length to which ranges come of an input that is large enough, if
// the results take so many bytes for each byte.
func Longest(first int64, density float64) int64 {
	p := NewPace(first)
	for before := int64(0); before != p.most.Load(); {
		before = p.most.Load()
		p.Took(Range{0, before}, int64(density*float64(before)))
	}
	return p.most.Load()
}
