package regex

import "cmp"

// union is the strategy for a great many strings together with other patterns: a record matches if
// one of two strategies says so.
type union struct {
	term byte
	a, b strategy
}

func (p *union) name() string { return "union" }

func (p *union) engine() engine {
	return &unionEngine{term: p.term, a: p.a.engine(), b: p.b.engine()}
}

type unionEngine struct {
	term         byte
	a, b         engine
	hitsA, hitsB []int
	hits         []int
}

func (e *unionEngine) GaveUp() error { return cmp.Or(e.a.GaveUp(), e.b.GaveUp()) }

func (e *unionEngine) Match(record []byte) bool {
	return e.a.Match(record) || e.b.Match(record)
}

// Find returns the leftmost match of both, and the longer one there.
func (e *unionEngine) Find(record []byte, from int) (start, end int, ok bool) {
	start, end, ok = e.a.Find(record, from)
	s, n, found := e.b.Find(record, from)
	if found && (!ok || s < start || s == start && n > end) {
		return s, n, true
	}
	return start, end, ok
}

func (e *unionEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

// lines merges the hits of both. Of two in one record it takes the first.
func (e *unionEngine) lines(b []byte, hits []int) []int {
	e.hitsA = e.a.lines(b, e.hitsA[:0])
	e.hitsB = e.b.lines(b, e.hitsB[:0])
	one, two := e.hitsA, e.hitsB
	for len(one) > 0 && len(two) > 0 {
		if one[0] > two[0] {
			one, two = two, one
		}
		hits = append(hits, one[0])
		if two[0] <= recordEnd(b, one[0], e.term) {
			two = two[1:]
		}
		one = one[1:]
	}
	return append(append(hits, one...), two...)
}
