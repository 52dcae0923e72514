package literal

// strs is what is known about the strings that a node matches.
type strs struct {
	// finite says that whole has each of them, and possibly more; exact that it has no more.
	finite, exact bool
	whole         []Literal
	// If not finite: each match starts with a literal of prefix and ends with one of suffix.
	prefix, suffix []Literal
	// Each match contains a literal of each of these.
	inner [][]Literal
}

// empty is the set of the empty string, which starts and ends every string.
var empty = []Literal{{}}

func nothing() strs            { return strs{finite: true, exact: true} }
func only(lits []Literal) strs { return strs{finite: true, exact: true, whole: lits} }
func anything() strs           { return strs{prefix: empty, suffix: empty} }

// begins returns literals one of which starts each match.
func (s *strs) begins() []Literal {
	if s.finite {
		return s.whole
	}
	return s.prefix
}

// ends returns literals one of which ends each match.
func (s *strs) ends() []Literal {
	if s.finite {
		return s.whole
	}
	return s.suffix
}

// mostBytes is the length up to which literals grow by repetition.
const mostBytes = 256

// product returns each literal of a followed by each of b.
func product(a, b []Literal) []Literal {
	if isEmpty(a) {
		return b
	}
	if isEmpty(b) {
		return a
	}
	joined := make([]Literal, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			if l, ok := join(x, y); ok {
				joined = append(joined, l)
			}
		}
	}
	return distinct(joined)
}

func isEmpty(lits []Literal) bool { return len(lits) == 1 && lits[0] == Literal{} }

// join returns a followed by b. It is impossible if a record would continue after its end or before
// its start.
func join(a, b Literal) (Literal, bool) {
	if a.Text != "" && b.Begin || a.End && b.Text != "" {
		return Literal{}, false
	}
	return Literal{a.Text + b.Text, a.Begin || b.Begin, a.End || b.End}, true
}

// mostAffixes is the number of literals up to which the prefixes or the suffixes
// of branches are kept.
const mostAffixes = 1024

// fewOf returns the literals of all sets, or the empty string if they are too
// many.
func fewOf(sets [][]Literal) []Literal {
	size := 0
	for _, lits := range sets {
		size += len(lits)
	}
	if size > mostAffixes {
		return empty
	}
	return union(sets)
}

// union returns the literals of all sets.
func union(sets [][]Literal) []Literal {
	size := 0
	for _, lits := range sets {
		size += len(lits)
	}
	all := make([]Literal, 0, size)
	for _, lits := range sets {
		all = append(all, lits...)
	}
	return distinct(all)
}

// distinct returns the literals without duplicates, in the same slice.
func distinct(lits []Literal) []Literal {
	if len(lits) <= 1 {
		return lits
	}
	if len(lits) <= 8 {
		kept := lits[:1]
	next:
		for _, l := range lits[1:] {
			for _, k := range kept {
				if k == l {
					continue next
				}
			}
			kept = append(kept, l)
		}
		return kept
	}
	seen := make(map[Literal]struct{}, len(lits))
	kept := lits[:0]
	for _, l := range lits {
		if _, ok := seen[l]; !ok {
			seen[l] = struct{}{}
			kept = append(kept, l)
		}
	}
	return kept
}
