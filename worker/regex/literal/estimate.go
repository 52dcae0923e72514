package literal

import (
	"bytes"
	"cmp"
	"slices"
)

// Costs of a search, in nanoseconds: of a byte that is passed, depending on the number of literals,
// and of a place that is found. Only the ratios matter, and they need not be exact to choose the
// right one of sets that are far apart.
const (
	byteOne  = 0.06 // one literal
	byteFew  = 0.15 // up to fewLits of them
	byteMany = 0.4
	fewLits  = 16
	place    = 20
	record   = 60 // more, for a record that must be looked at
	attempt  = 20 // instead, if it must be looked at only from there on
)

// mostCounts limits how many literals are counted in the sample, to limit the time to compile a
// pattern.
const mostCounts = 200

// estimate says how often literals occur in the data.
type estimate struct {
	o      *Options
	sample []byte // in lower case with Options.Fold
	share  [256]float64
	counts map[Literal]float64
}

func newEstimate(o *Options) *estimate {
	e := &estimate{o: o, sample: o.Sample, counts: make(map[Literal]float64)}
	if o.Fold {
		e.sample, _ = lowerASCII(o.Sample)
	}
	if len(e.sample) == 0 {
		e.guess()
		return e
	}
	for _, c := range e.sample {
		e.share[c]++
	}
	for c := range e.share {
		e.share[c] = (e.share[c] + 0.5) / float64(len(e.sample))
	}
	return e
}

// guess fills in shares of bytes for text that is part prose, part table.
func (e *estimate) guess() {
	for i := range e.share {
		c := byte(i)
		switch {
		case c == e.o.Terminator:
			e.share[c] = 1. / 60
		case c == ' ' || c == ',' || c == '0' || c == '1' || c == 'e':
			e.share[c] = 0.07
		case '2' <= c && c <= '9', 'a' <= c && c <= 'z':
			e.share[c] = 0.03
		case ' ' < c && c < 0x7f:
			e.share[c] = 0.005
		default:
			e.share[c] = 0.002
		}
	}
}

// lookCost returns the cost of looking at the record of a literal.
func lookCost(exact bool) float64 {
	if exact {
		return 0
	}
	return record
}

// cost estimates the cost of a search for lits, in nanoseconds per byte, if looking at each place
// costs look.
func (e *estimate) cost(lits []Literal, look float64) float64 {
	var perByte float64
	switch {
	case len(lits) == 1:
		perByte = byteOne
	case len(lits) <= fewLits:
		perByte = byteFew
	default:
		perByte = byteMany
	}
	rate := 0.
	for _, l := range lits {
		rate += e.rate(l)
	}
	return perByte + (place+look)*rate
}

// rate estimates how often l occurs per byte of data. It goes by the count in the sample; what does
// not occur there is ranked by how rare its bytes are.
func (e *estimate) rate(l Literal) float64 {
	if r, ok := e.counts[l]; ok {
		return r
	}
	r := 1.
	if l.Begin {
		r *= e.share[e.o.Terminator]
	}
	for i := range len(l.Text) {
		r *= e.share[l.Text[i]]
	}
	if l.End {
		r *= e.share[e.o.Terminator]
	}
	if len(e.sample) == 0 || len(e.counts) >= mostCounts {
		return r
	}
	r = min(r, 1/float64(len(e.sample)))
	r += float64(bytes.Count(e.sample, l.Bytes(e.o.Terminator))) / float64(len(e.sample))
	e.counts[l] = r
	return r
}

// Bytes returns l as it is in the data: with the terminators around it. There is none before the
// first record, and there may be none after the last.
func (l Literal) Bytes(terminator byte) []byte {
	b := make([]byte, 0, len(l.Text)+2)
	if l.Begin {
		b = append(b, terminator)
	}
	b = append(b, l.Text...)
	if l.End {
		b = append(b, terminator)
	}
	return b
}

// sortByCost sorts the cheapest set first; of two with the same cost, the one that says more.
func sortByCost(sets []Set) {
	slices.SortStableFunc(sets, func(a, b Set) int {
		if c := cmp.Compare(a.Cost, b.Cost); c != 0 {
			return c
		}
		return order(b.Prefix || b.Suffix, a.Prefix || a.Suffix)
	})
}
