package split

import (
	"iter"
	"sync/atomic"
)

// Pace makes ranges longer while little is found in them, and short again when much is.
//
// Every result costs the coordinator something, whatever it holds: with one for every 32 MiB, some
// fifty workers at memory speed keep it busy. Where results are a few numbers, ranges can be long
// from the start. Where they hold spans, nobody knows beforehand how large they will be.
//
// A range that was made longer may hold more than expected. Its scan should be given up once the
// result exceeds Bound; then the range is cut again, with [Within].
//
// With a nil Pace, ranges keep their length.
type Pace struct {
	first int64
	most  atomic.Int64
}

const (
	// longestRange is the greatest length that a Pace gives ranges.
	longestRange = 256 << 20
	// smallResult is the size in bytes of a result, with the bytes of its records, above which
	// ranges become short again. Up to half of that, they become longer.
	smallResult = 512 << 10
	// maxResult is the size in bytes at which the result of a longer range is given up.
	maxResult = 2 << 20
)

// NewPace returns a Pace that starts with ranges of first bytes, a power of two, and returns to
// that length.
func NewPace(first int64) *Pace {
	p := &Pace{first: first}
	p.most.Store(first)
	return p
}

// Guided returns sizes as [Guided] does, whose greatest length follows p.
func (p *Pace) Guided(workers int) Sizes {
	s := Guided(p.first, workers)
	s.Pace = p
	return s
}

// Took learns from a range whose result was so many bytes long.
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

// Bound is how many bytes the result of r may take; 0 is no limit.
func (p *Pace) Bound(r Range) int {
	if p == nil || r.Len() <= p.first+p.first/2 { // usually up to the end of a line
		return 0
	}
	return maxResult
}

// GaveUp learns from a range whose scan was given up.
func (p *Pace) GaveUp(r Range) { p.Took(r, maxResult) }

// Within yields ranges up to fileOffset end, which must be the end of a record.
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

// Longest is the length that ranges reach in a large enough input, if results take density bytes
// for each byte of input.
func Longest(first int64, density float64) int64 {
	p := NewPace(first)
	for before := int64(0); before != p.most.Load(); {
		before = p.most.Load()
		p.Took(Range{0, before}, int64(density*float64(before)))
	}
	return p.most.Load()
}
