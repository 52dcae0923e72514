package regex

import (
	"math"
	"slices"
	"sync"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/regex/dfa"
	"github.com/linefork/linefork/worker/regex/literal"
	"github.com/linefork/linefork/worker/regex/perl"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// chooser chooses the strategy.
type chooser struct {
	spec *Spec
	term byte
	// charset is the encoding of the data, nil for UTF-8 and for bytes. If it is set, the sample of
	// the Spec is decoded, and this one is not.
	charset *charset.Charset
	sample  []byte

	// inTree is the number of plain strings up to which they become part of the tree. More of them
	// take too much memory there, and an automaton of them has too many states.
	inTree int
	// leastMany is the number of other patterns from which on they are searched for by the strings
	// they contain; groupSize is how many of them are compiled at once.
	leastMany, groupSize int
	// automaton is the cost of the DFA, in nanoseconds per byte, to compare with
	// [literal.Set.Cost].
	automaton float64
}

func newChooser(s *Spec) *chooser {
	return &chooser{
		spec: s, term: s.terminator(),
		inTree: 64, leastMany: 1000, groupSize: 32, automaton: 1,
	}
}

func (c *chooser) choose(p *Parsed) strategy {
	all := c.language(p)
	if c.charset != nil {
		return c.encoded(all)
	}
	return all
}

func (c *chooser) language(p *Parsed) strategy {
	switch {
	case p.perl != nil:
		return c.perl(p.perl)
	case p.posix != nil:
		return c.posix(p.posix)
	}
	return nothing{}
}

func (c *chooser) perl(p *perl.Pattern) strategy {
	t := tree{chooser: c, ascii: true, find: true, last: func() decider { return p.Matcher() }}
	if p.Exact == perl.Exact {
		t.n, t.super = p.Trees[0], p.Trees[0]
		return t.choose()
	}
	t.loose, t.sureOnUTF8 = true, p.Exact == perl.ExactOnUTF8
	var sets []literal.Set // of the tree that is best to search for
	for _, n := range p.Trees {
		if !t.sureOnUTF8 && matchesEmpty(n) {
			continue // it would select all records
		}
		found := t.required(n)
		if isNever(found) {
			return nothing{}
		}
		if t.super == nil || len(found) > 0 && (len(sets) == 0 || found[0].Cost < sets[0].Cost) {
			t.super, sets = n, found
		}
	}
	return t.search(sets)
}

func (c *chooser) posix(p *syntax.Pattern) strategy {
	if len(p.Literals) > c.inTree {
		return c.list(p)
	}
	if p.Others == nil {
		if s := c.wordSearch(p); s != nil {
			return c.withCRLF(&words{s, syntax.NoWordBefore, syntax.NoWordAfter, c.spec.UTF8}, s)
		}
	}
	return c.others(p)
}

// others returns the strategy for patterns few of which are plain strings.
func (c *chooser) others(p *syntax.Pattern) strategy {
	if all := c.many(p); all != nil {
		return all
	}
	return c.posixTree(p)
}

func (c *chooser) posixTree(p *syntax.Pattern) strategy {
	n := p.Tree()
	t := tree{chooser: c, n: n, super: n, last: backtracking(n, c.spec.UTF8)}
	if p.Backrefs {
		t.super, t.loose = superset(n), true
	}
	all := t.choose()
	if t.tooLarge {
		return c.divide(p, all)
	}
	return all
}

// withCRLF adapts p to --crlf. The strings of filter occur in all records that match, and have no
// terminator at their end; it may be nil.
func (c *chooser) withCRLF(p strategy, filter *search) strategy {
	if !c.spec.CRLF || c.spec.Null {
		return p
	}
	return &crlf{term: c.term, plain: p, filter: filter}
}

// tree is what is known about a pattern that is a tree.
type tree struct {
	*chooser
	n     *syntax.Node
	super *syntax.Node // regular, and matches everything that n matches
	loose bool         // and maybe more
	// sureOnUTF8 says that in records in UTF-8 it matches no more than n does.
	sureOnUTF8 bool
	ascii      bool // only ASCII letters are part of words
	last       func() decider
	find       bool // Find is left to last

	tooLarge bool // for a DFA
}

func (t *tree) choose() strategy {
	if t.spec.UTF8 && !t.ascii && hasByteSet(t.super) {
		t.loose = true // the DFA takes bytes within characters, too
	}
	if matchesEmpty(t.n) {
		// Few callers ask where matches are; those that do share what is compiled.
		records := sync.OnceValue(t.records)
		return &everything{term: t.term, find: func() decider { return records().engine() }}
	}
	if w := t.words(); w != nil {
		return w
	}
	sets := t.required(t.super)
	if isNever(sets) {
		return nothing{}
	}
	return t.search(sets)
}

// required returns the strings to search for n with.
func (c *chooser) required(n *syntax.Node) []literal.Set {
	return literal.Required(n, literal.Options{
		UTF8: c.spec.UTF8, Fold: c.spec.FoldCase, Terminator: c.term, Sample: c.spec.Sample,
	})
}

// isNever reports whether the sets are those of what never matches.
func isNever(sets []literal.Set) bool { return len(sets) > 0 && len(sets[0].Literals) == 0 }

// search returns the strategy for a tree with these sets of literals.
func (t *tree) search(sets []literal.Set) strategy {
	return t.withCRLF(t.cheapest(sets), t.crlfFilter(sets))
}

// cheapest chooses the cheapest way that the sets of literals allow.
func (t *tree) cheapest(sets []literal.Set) strategy {
	if len(sets) > 0 && sets[0].Complete && t.decides(&sets[0]) && sets[0].Cost < t.automaton {
		return t.exact(&sets[0], nil) // without the DFA
	}
	r := t.records()
	limit := t.automaton
	if r.dfa == nil {
		limit = math.Inf(1)
	}
	for i := range sets {
		set := &sets[i]
		switch {
		case t.decides(set) && (len(set.Literals) == 1 || set.Cost < limit):
			return t.exact(set, r)
		case set.Cost < limit:
			r.filter = t.chooser.search(set.Literals)
			if r.dfa != nil && (set.Prefix || set.Suffix) {
				return t.attempts(r, set)
			}
			return r
		}
	}
	return r
}

// decides reports whether a record matches if it contains a literal of the set.
func (t *tree) decides(set *literal.Set) bool { return set.Exact && !t.loose }

// exact returns the strategy for a set of literals that decides, as r would.
func (t *tree) exact(set *literal.Set, r *regular) strategy {
	s := t.chooser.search(set.Literals)
	decide := func() decider { return &delimited{s: s} }
	if !set.Complete || t.find {
		if r == nil {
			r = t.records()
		}
		decide = func() decider { return r.engine() }
	}
	if s.one != nil {
		return &needle{s: s, pair: choosePair(s.single, t.spec.Sample), decide: decide}
	}
	return &literals{s: s, decide: decide}
}

// attempts returns the strategy for a set of literals that start all matches or end them, for which
// the filter of r searches.
func (t *tree) attempts(r *regular, set *literal.Set) strategy {
	a := &attempts{regular: r, backward: !set.Prefix}
	if r.filter.one != nil {
		a.pair = choosePair(r.filter.single, t.spec.Sample)
	}
	return a
}

// records returns the strategy without literals.
func (t *tree) records() *regular {
	r := &regular{term: t.term, last: t.last, sure: !t.loose, sureOnUTF8: t.sureOnUTF8, find: t.find}
	if t.super != nil && !t.mixesWords() {
		p, err := dfa.Compile(t.super, dfa.Options{Terminator: t.term, UTF8: t.spec.UTF8 && !t.ascii})
		if err == nil {
			r.dfa = p
		}
		t.tooLarge = err != nil
	}
	return r
}

// mixesWords reports whether a stray byte may be part of a word to one condition but not to
// another, which the DFA cannot express. See [syntax.Stray].
func (t *tree) mixesWords() bool {
	return t.spec.Words && t.spec.UTF8 && !t.ascii && hasWordLook(t.super)
}

// hasWordLook reports whether n has a condition on words, other than those of -w.
func hasWordLook(n *syntax.Node) bool {
	if isWordLook(n) && n.Look != syntax.NoWordBefore && n.Look != syntax.NoWordAfter {
		return true
	}
	return slices.ContainsFunc(n.Sub, hasWordLook)
}

// crlfFilter returns the best search for records that end with CR LF.
func (t *tree) crlfFilter(sets []literal.Set) *search {
	if !t.spec.CRLF {
		return nil
	}
	for _, set := range sets {
		lits, useful := make([]literal.Literal, len(set.Literals)), true
		for i, l := range set.Literals {
			l.End = false
			lits[i] = l
			useful = useful && l.Text != ""
		}
		if useful && set.Cost < t.automaton {
			return t.chooser.search(lits)
		}
	}
	return nil
}

func (c *chooser) search(lits []literal.Literal) *search {
	return newSearch(lits, c.term, c.spec.FoldCase, c.spec.Sample)
}

// hasByteSet reports whether a set of n has a byte from 0x80 on. In UTF-8, that is a byte that is
// not part of a character.
func hasByteSet(n *syntax.Node) bool {
	if n.Op == syntax.OpSet && n.Set.Bytes[2]|n.Set.Bytes[3] != 0 {
		return true
	}
	return slices.ContainsFunc(n.Sub, hasByteSet)
}

// matchesEmpty reports whether n matches the empty string at the start of every record or at the
// end of every record.
func matchesEmpty(n *syntax.Node) bool {
	sides := []syntax.Beside{syntax.Edge, syntax.Word, syntax.Other}
	return nullable(n, func(l syntax.Look) bool {
		for _, after := range sides {
			if !l.Holds(syntax.Edge, after) {
				return false
			}
		}
		return true
	}) || nullable(n, func(l syntax.Look) bool {
		for _, before := range sides {
			if !l.Holds(before, syntax.Edge) {
				return false
			}
		}
		return true
	})
}

// nullable reports whether n matches the empty string where the conditions hold that holds accepts.
func nullable(n *syntax.Node, holds func(syntax.Look) bool) bool {
	switch n.Op {
	case syntax.OpEmpty:
		return true
	case syntax.OpLook:
		return holds(n.Look)
	case syntax.OpGroup:
		return nullable(n.Sub[0], holds)
	case syntax.OpRepeat:
		return n.Min == 0 || nullable(n.Sub[0], holds)
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			if !nullable(sub, holds) {
				return false
			}
		}
		return true
	case syntax.OpAlternate:
		for _, sub := range n.Sub {
			if nullable(sub, holds) {
				return true
			}
		}
	}
	return false
}
