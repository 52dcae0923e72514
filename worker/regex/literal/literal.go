// Package literal finds strings that every match of a regular expression contains.
//
// A search for strings is many times faster than an automaton. So a pattern is first searched for
// by a set of strings of which each match contains one, and only the records in which one of them
// occurs are looked at in full:
//
//	114\.9720[0-9],30\.7    "114.9720"
//	^[^,]*,(foo|bar)$       ",foo" or ",bar" at the end of the record
//	[0-9]{5},.*,359,1       ",359,1"
//	foo|bars?               "foo" or "bar"; and what contains one, matches
//
// [Required] returns several such sets of a pattern, the cheapest one first: the one whose search
// costs least, including the places it finds for nothing. A sample of the data shows what is rare.
// A set whose literals start all matches, or end them, says so: then it is enough to look at the
// surroundings of the literal, not at the whole record.
//
// # How it works
//
// The tree is analyzed from the leaves up. For each node we know either all strings that it can
// match, if they are few, or else some strings with which a match of it starts, some with which it
// ends, and sets for what is in between. A concatenation joins the strings of neighbours, all with
// all, as long as the product stays small. This is the analysis of Russ Cox ("Regular Expression
// Matching with a Trigram Index") with strings instead of trigrams, and with the ends of the record
// as parts of the strings: they are a terminator in the bytes that are searched, and a string with
// a terminator is often rare where the string alone is not.
package literal

import (
	"slices"
	"strings"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// Literal is a string in a record.
type Literal struct {
	Text  string
	Begin bool // the record starts with Text
	End   bool // the record ends with Text
}

// Set is a set of literals; every match of a pattern contains one of them.
type Set struct {
	Literals []Literal // distinct, in no particular order
	// Exact says that each record that contains one of the literals matches.
	Exact bool
	// Complete says that the literals are all that the pattern matches. Other exact sets omit
	// literals that contain another one.
	Complete bool
	// Prefix says that every match starts with one of the literals, Suffix that every match ends
	// with one. So a match need only be looked for there.
	Prefix, Suffix bool
	// Cost estimates the cost of searching for the literals and looking at the records found, in
	// nanoseconds per byte of data.
	Cost float64
}

// Options says how the pattern is matched.
type Options struct {
	UTF8 bool // as given to the parser
	// Terminator ends the records. No literal contains it, since no record does.
	Terminator byte
	// Fold asks for literals to be searched regardless of the case of ASCII letters. They are in
	// lower case then. It suits patterns that were parsed with FoldCase.
	Fold bool
	// Sample is a piece of the data. Without one, frequencies that suit most text are assumed.
	Sample []byte
}

// Required returns sets of literals of which every match of n contains one, the cheapest first.
// There is none if the pattern contains nothing that could be searched for. A set without literals
// belongs to a pattern that never matches.
func Required(n *syntax.Node, o Options) []Set {
	x := extractor{o: o, rate: newEstimate(&o), most: mostProduct}
	sets := x.rank(x.node(n))
	for i := range sets {
		if s := &sets[i]; !s.Exact && (s.Prefix || s.Suffix) {
			s.Cost = x.rate.cost(s.Literals, attempt)
		}
	}
	sets = x.addShorter(sets)
	sortByCost(sets)
	return sets
}

// OfBranches returns, for each branch of an alternation, the cheapest set that [Required] returns;
// whether all of these are exact; and the cost of a search for all of them. It returns nil if some
// branch has no set.
func OfBranches(branches []*syntax.Node, o Options) (sets [][]Literal, exact bool, cost float64) {
	x := extractor{o: o, rate: newEstimate(&o), most: leastProduct}
	sets, exact = make([][]Literal, len(branches)), true
	all := make([]Literal, 0, len(branches))
	for i, n := range branches {
		ranked := x.rank(x.node(n))
		if len(ranked) == 0 {
			return nil, false, 0
		}
		sets[i] = ranked[0].Literals
		exact = exact && ranked[0].Exact
		all = append(all, sets[i]...)
	}
	return sets, exact, x.rate.cost(all, lookCost(exact))
}

// rank turns what is known about a whole pattern into sets.
func (x *extractor) rank(s strs) []Set {
	if s.finite && len(s.whole) == 0 {
		return []Set{{Exact: true}}
	}
	sets := make([]Set, 0, len(s.inner)+2)
	add := func(lits []Literal, exact, prefix, suffix bool) {
		if !useful(lits) {
			return
		}
		least := minimal(lits)
		prefix = prefix && cover(least, lits, strings.HasPrefix)
		suffix = suffix && cover(least, lits, strings.HasSuffix)
		sets = append(sets, Set{
			Literals: least,
			Exact:    exact,
			Complete: exact && len(least) == len(lits),
			Prefix:   prefix,
			Suffix:   suffix,
			Cost:     x.rate.cost(least, lookCost(exact)),
		})
	}
	if s.finite {
		add(s.whole, s.exact, true, true)
	} else {
		add(s.prefix, false, true, false)
		add(s.suffix, false, false, true)
	}
	for _, lits := range s.inner {
		add(lits, false, false, false)
	}
	sortByCost(sets)
	return sets
}

// useful reports whether a search for the literals can pass over anything: the empty string occurs
// everywhere, and so do the start and the end of a record.
func useful(lits []Literal) bool {
	for _, l := range lits {
		if l.Text == "" && !(l.Begin && l.End) {
			return false
		}
	}
	return true
}

// mostCompared is the size of a set up to which each of its literals is compared with each other
// one.
const mostCompared = 64

// minimal returns the literals without those that contain another one of them: wherever they are
// found, the other one is found, too.
func minimal(lits []Literal) []Literal {
	if len(lits) > mostCompared {
		return lits
	}
	var kept []Literal
	for i, l := range lits {
		needed := true
		for j, m := range lits {
			if i != j && l.holds(m) {
				needed = false
				break
			}
		}
		if needed {
			kept = append(kept, l)
		}
	}
	return kept
}

// cover reports whether each of lits starts with one of least or, if has is [strings.HasSuffix],
// ends with one.
func cover(least, lits []Literal, has func(s, affix string) bool) bool {
	if len(least) == len(lits) {
		return true
	}
	return !slices.ContainsFunc(lits, func(l Literal) bool {
		return !slices.ContainsFunc(least, func(m Literal) bool {
			return l.holds(m) && has(l.Text, m.Text)
		})
	})
}

// holds reports whether a record that contains l also contains m.
func (l Literal) holds(m Literal) bool {
	switch {
	case m.Begin && !l.Begin || m.End && !l.End || len(m.Text) > len(l.Text):
		return false
	case m.Begin && m.End, len(m.Text) == len(l.Text):
		return l.Text == m.Text
	case m.Begin:
		return strings.HasPrefix(l.Text, m.Text)
	case m.End:
		return strings.HasSuffix(l.Text, m.Text)
	}
	return strings.Contains(l.Text, m.Text)
}
