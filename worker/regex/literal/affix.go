package literal

import (
	"cmp"
	"slices"
	"strings"
)

// addShorter appends sets of shorter literals to each set that begins all matches
// or ends them, for fewer literals are found faster: from those that begin
// matches, as many bytes are taken off the end as it takes to halve their number,
// and so on down to one.
func (w *walker) addShorter(sets []Set) []Set {
	for _, s := range sets {
		if len(s.Literals) > mostCompared {
			continue
		}
		if s.Prefix {
			sets = w.shorter(sets, s.Literals, Literal.head, Set{Prefix: true})
		}
		if s.Suffix {
			sets = w.shorter(sets, s.Literals, Literal.tail, Set{Suffix: true})
		}
	}
	return sets
}

// shorter appends the sets that become of lits by cut; each is like s otherwise.
func (w *walker) shorter(sets []Set, lits []Literal, cut func(Literal, int) Literal, s Set) []Set {
	n := 0
	for _, l := range lits {
		n = max(n, len(l.Text))
	}
	for count := len(lits); count > 1 && n > 1; {
		n--
		short := make([]Literal, len(lits))
		for i, l := range lits {
			short[i] = cut(l, n)
		}
		slices.SortFunc(short, compare)
		if short = slices.Compact(short); len(short) > count/2 {
			continue
		}
		count = len(short)
		s.Literals = short
		s.Cost = w.rate.cost(short, attempt)
		sets = append(sets, s)
	}
	return sets
}

func compare(l, m Literal) int {
	return cmp.Or(strings.Compare(l.Text, m.Text), order(l.Begin, m.Begin), order(l.End, m.End))
}

// order compares a with b; true is greater.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// head returns the first n bytes of l.
func (l Literal) head(n int) Literal {
	if n < len(l.Text) {
		l.Text, l.End = l.Text[:n], false
	}
	return l
}

// tail returns the last n bytes of l.
func (l Literal) tail(n int) Literal {
	if n < len(l.Text) {
		l.Text, l.Begin = l.Text[len(l.Text)-n:], false
	}
	return l
}
