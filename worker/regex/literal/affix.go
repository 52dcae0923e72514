package literal

import (
	"cmp"
	"slices"
	"strings"
)

// addShorter appends sets of shorter literals for each set that starts all matches or ends them,
// since fewer literals are found faster. From those that start matches, it cuts as many bytes off
// the end as it takes to halve their number, and so on.
func (x *extractor) addShorter(sets []Set) []Set {
	for _, s := range sets {
		if len(s.Literals) > mostCompared {
			continue
		}
		if s.Prefix {
			sets = x.shorter(sets, s.Literals, Literal.head, Set{Prefix: true})
		}
		if s.Suffix {
			sets = x.shorter(sets, s.Literals, Literal.tail, Set{Suffix: true})
		}
	}
	return sets
}

// shorter appends the sets that result from cutting lits to shorter and shorter lengths with cut;
// otherwise each is like s. It cuts the same number of bytes off all literals, or only off the
// longest at the time.
func (x *extractor) shorter(
	sets []Set, lits []Literal, cut func(Literal, int) Literal, s Set,
) []Set {
	longest := 0
	for _, l := range lits {
		longest = max(longest, len(l.Text))
	}
	short := make([]Literal, len(lits))
	for off, most := 1, len(lits)/2; off < longest && most > 0; off++ {
		for _, all := range []bool{true, false} {
			for i, l := range lits {
				n := longest - off
				if all {
					n = len(l.Text) - off
				}
				short[i] = cut(l, max(n, 0))
			}
			slices.SortFunc(short, compare)
			if found := slices.Compact(slices.Clone(short)); len(found) <= most && useful(found) {
				most = len(found) / 2
				s.Literals = found
				s.Cost = x.rate.cost(found, attempt)
				sets = append(sets, s)
			}
		}
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
