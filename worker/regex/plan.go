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

// planner chooses the strategy.
type planner struct {
	spec *Spec
	term byte
	// charset is the encoding of the data, nil for UTF-8 and for bytes; the sample
	// of the Spec is decoded then, and this one is not.
	charset *charset.Charset
	sample  []byte

	// inTree is the number of plain strings up to which they become part of the
	// tree. More of them take too much memory there, and an automaton of them
	// has too many states.
	inTree int
	// leastMany is the number of other patterns from which on they are searched
	// for by the strings that they hold, and groupSize how many of them are
	// compiled at once.
	leastMany, groupSize int
	// automaton is what the DFA takes, in nanoseconds a byte, to compare with
	// [literal.Set.Cost].
	automaton float64
}

func newPlanner(s *Spec) *planner {
	return &planner{spec: s, term: s.terminator(), inTree: 64, leastMany: 1000, groupSize: 32, automaton: 1}
}

func (c *planner) plan(p *Parsed) plan {
	all := c.language(p)
	if c.charset != nil {
		return c.encoded(all)
	}
	return all
}

func (c *planner) language(p *Parsed) plan {
	switch {
	case p.perl != nil:
		return c.perl(p.perl)
	case p.posix != nil:
		return c.posix(p.posix)
	}
	return nothing{}
}

func (c *planner) perl(p *perl.Pattern) plan {
	t := tree{planner: c, ascii: true, find: true, last: func() decider { return p.Matcher() }}
	if p.Exact == perl.Exact {
		t.n, t.super = p.Trees[0], p.Trees[0]
		return t.plan()
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

func (c *planner) posix(p *syntax.Pattern) plan {
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

// others returns the plan for patterns of which few are plain strings.
func (c *planner) others(p *syntax.Pattern) plan {
	if all := c.many(p); all != nil {
		return all
	}
	return c.posixTree(p)
}

func (c *planner) posixTree(p *syntax.Pattern) plan {
	n := p.Tree()
	t := tree{planner: c, n: n, super: n, last: backtracking(n, c.spec.UTF8)}
	if p.Backrefs {
		t.super, t.loose = superset(n), true
	}
	all := t.plan()
	if t.tooLarge {
		return c.parts(p, all)
	}
	return all
}

// withCRLF makes p fit for --crlf. The strings of filter stand in all records
// that match, and have no terminator at their end; it may be nil.
func (c *planner) withCRLF(p plan, filter *search) plan {
	if !c.spec.CRLF || c.spec.Null {
		return p
	}
	return &crlf{term: c.term, plain: p, filter: filter}
}

// tree is what is known about a pattern that is a tree.
type tree struct {
	*planner
	n     *syntax.Node
	super *syntax.Node // regular, and matches all that n matches
	loose bool         // and maybe more
	// sureOnUTF8 says that it matches no more than n of records in UTF-8.
	sureOnUTF8 bool
	ascii      bool // only ASCII letters are part of words
	last       func() decider
	find       bool // Find is left to last

	tooLarge bool // for a DFA
}

func (t *tree) plan() plan {
	if t.spec.UTF8 && !t.ascii && hasByteSet(t.super) {
		t.loose = true // the DFA takes bytes within characters too
	}
	if matchesEmpty(t.n) {
		// Few ask where matches are; who does shares what is compiled.
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

// required returns what is to be searched for n.
func (c *planner) required(n *syntax.Node) []literal.Set {
	return literal.Required(n, literal.Options{
		UTF8: c.spec.UTF8, Fold: c.spec.FoldCase, Terminator: c.term, Sample: c.spec.Sample,
	})
}

// isNever tells whether the sets are of what never matches.
func isNever(sets []literal.Set) bool { return len(sets) > 0 && len(sets[0].Literals) == 0 }

// search returns the plan for a tree with these sets of literals.
func (t *tree) search(sets []literal.Set) plan {
	return t.withCRLF(t.strategy(sets), t.crlfFilter(sets))
}

// strategy chooses the cheapest way that the sets of literals allow.
func (t *tree) strategy(sets []literal.Set) plan {
	if len(sets) > 0 && sets[0].Complete && t.decides(&sets[0]) && sets[0].Cost < t.automaton {
		return t.exact(&sets[0], nil) // without a need for the DFA
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
			r.filter = t.planner.search(set.Literals)
			if r.dfa != nil && (set.Prefix || set.Suffix) {
				return t.attempts(r, set)
			}
			return r
		}
	}
	return r
}

// decides tells whether to hold a literal of the set is to match.
func (t *tree) decides(set *literal.Set) bool { return set.Exact && !t.loose }

// exact returns the plan for a set of literals that decides, as r would.
func (t *tree) exact(set *literal.Set, r *regular) plan {
	s := t.planner.search(set.Literals)
	decide := func() decider { return &framed{s: s} }
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

// attempts returns the plan for a set that begins all matches or ends them, where
// the filter of r is the search for it.
func (t *tree) attempts(r *regular, set *literal.Set) plan {
	a := &attempts{regular: r, backward: !set.Prefix}
	if r.filter.one != nil {
		a.pair = choosePair(r.filter.single, t.spec.Sample)
	}
	return a
}

// records returns the plan without literals.
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

// mixesWords tells whether a byte astray may be part of a word to one condition
// and not to another, which the DFA does not know. See [syntax.Stray].
func (t *tree) mixesWords() bool {
	return t.spec.Words && t.spec.UTF8 && !t.ascii && hasWordLook(t.super)
}

// hasWordLook tells whether n has a condition on words, but for those of -w.
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
			return t.planner.search(lits)
		}
	}
	return nil
}

func (c *planner) search(lits []literal.Literal) *search {
	return newSearch(lits, c.term, c.spec.FoldCase, c.spec.Sample)
}

// hasByteSet tells whether a set of n has a byte from 0x80 on. In UTF-8 that
// stands for a byte that is not part of a character.
func hasByteSet(n *syntax.Node) bool {
	if n.Op == syntax.OpSet && n.Set.Bytes[2]|n.Set.Bytes[3] != 0 {
		return true
	}
	return slices.ContainsFunc(n.Sub, hasByteSet)
}

// matchesEmpty tells whether n matches the empty string at the begin of every
// record or at the end of every record.
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

// nullable tells whether n matches the empty string where the conditions hold
// for which holds says so.
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
