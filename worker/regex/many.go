package regex

import (
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/literal"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// many is what is known about a great many patterns each match of which holds
// some string. One search for all strings finds the records worth a look, and
// there only those patterns are asked whose strings occur. They are compiled
// when that happens first, a few neighbours at once.
type many struct {
	term   byte
	fold   bool // letters of ASCII in the strings are in lower case
	s      *search
	owners map[string]int32 // of each string, with terminators, the last in links
	links  []link
	groups []func() plan
}

// link says that a string belongs to a pattern of the group; and so do the
// strings of the link before, if that is not negative.
type link struct{ group, before int32 }

// many returns the plan for a great many patterns; nil where it does not suit.
func (c *planner) many(p *syntax.Pattern) plan {
	if p.Backrefs || p.Others == nil || p.Others.Op != syntax.OpAlternate || len(p.Others.Sub) < c.leastMany {
		return nil
	}
	if c.spec.UTF8 && hasInvalid(p.Others) {
		return nil // one such pattern decides how the matchers take all others
	}
	branches := p.Others.Sub
	sets, exact, cost := literal.OfBranches(branches, literal.Options{
		UTF8: c.spec.UTF8, Fold: c.spec.FoldCase, Terminator: c.term, Sample: c.spec.Sample,
	})
	if sets == nil || cost >= c.automaton {
		return nil
	}
	m := &many{term: c.term, fold: c.spec.FoldCase, owners: make(map[string]int32, len(branches))}
	m.links = make([]link, 0, len(branches))
	all := make([]literal.Literal, 0, len(branches)) // each of them once
	for i, set := range sets {
		for _, l := range set {
			text := l.Text
			if l.Begin || l.End {
				text = string(l.Bytes(c.term))
			}
			if m.own(text, int32(i/c.groupSize)) {
				all = append(all, l)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	for first := 0; first < len(branches); first += c.groupSize {
		m.groups = append(m.groups, sync.OnceValue(func() plan {
			part := *p
			part.Literals = nil
			part.Others = &syntax.Node{
				Op: syntax.OpAlternate, Sub: branches[first:min(first+c.groupSize, len(branches))],
			}
			return c.posixTree(&part)
		}))
	}
	m.s = c.search(all)
	filter := m.s
	if filter.end {
		filter = nil // as it would miss records that end with CR LF
	}
	var search plan = &regular{term: c.term, filter: m.s, last: m.decider}
	if exact && !c.spec.FoldCase && !c.spec.Words && !c.spec.Lines { // which are not in the branches
		search = &literals{s: m.s, decide: m.decider}
	}
	found := c.withCRLF(search, filter)
	if len(p.Literals) == 0 {
		return found
	}
	rest := *p
	rest.Others = nil
	return &union{c.term, c.posixTree(&rest), found}
}

// hasInvalid tells whether a byte that belongs to no character is in n.
func hasInvalid(n *syntax.Node) bool {
	if n.Op == syntax.OpLiteral && !utf8.Valid(n.Literal) {
		return true
	}
	if n.Op == syntax.OpSet && n.Set.Bytes[2]|n.Set.Bytes[3] != 0 {
		return true
	}
	return slices.ContainsFunc(n.Sub, hasInvalid)
}

// own notes that text belongs to a pattern of the group, and tells whether it
// is new.
func (m *many) own(text string, group int32) bool {
	before, known := m.owners[text]
	if !known {
		before = -1
	} else if m.links[before].group == group {
		return false
	}
	m.owners[text] = int32(len(m.links))
	m.links = append(m.links, link{group, before})
	return !known
}

func (m *many) decider() decider {
	return &manyDecider{many: m, engines: make([]engine, len(m.groups)), asked: make([]int, len(m.groups))}
}

// manyDecider decides on one record.
type manyDecider struct {
	*many
	engines []engine // of each group, nil before the first use
	asked   []int    // the record for which a group was asked last
	record  int      // how many there have been
	copy    []byte   // of the record, between terminators
	key     []byte
	ends    []int
}

// each calls f for each group with a string that occurs in the record, until f
// returns false.
func (d *manyDecider) each(record []byte, f func(engine) bool) {
	d.record++
	d.copy = append(append(append(d.copy[:0], d.term), record...), d.term)
	for at := 0; at < len(d.copy); at++ {
		if at, _ = d.s.next(d.copy, at); at < 0 {
			return
		}
		d.ends = d.s.ends(d.copy, at, d.ends[:0])
		for _, end := range d.ends {
			for l := d.owner(d.copy[at:end]); l >= 0; l = d.links[l].before {
				group := d.links[l].group
				if d.asked[group] == d.record {
					continue
				}
				d.asked[group] = d.record
				if !f(d.engine(group)) {
					return
				}
			}
		}
	}
}

// owner returns the last link of a string.
func (d *manyDecider) owner(text []byte) int32 {
	if d.fold {
		d.key = append(d.key[:0], text...)
		for i, c := range d.key {
			if 'A' <= c && c <= 'Z' {
				d.key[i] |= 0x20
			}
		}
		text = d.key
	}
	return d.owners[string(text)]
}

func (d *manyDecider) engine(group int32) engine {
	if d.engines[group] == nil {
		d.engines[group] = d.groups[group]().engine()
	}
	return d.engines[group]
}

func (d *manyDecider) Match(record []byte) (ok bool) {
	d.each(record, func(e engine) bool {
		ok = e.Match(record)
		return !ok
	})
	return ok
}

// Find returns the leftmost of all, and the longest there.
func (d *manyDecider) Find(record []byte, from int) (start, end int, ok bool) {
	d.each(record, func(e engine) bool {
		if s, n, found := e.Find(record, from); found && (!ok || s < start || s == start && n > end) {
			start, end, ok = s, n, true
		}
		return true
	})
	return start, end, ok
}

func (d *manyDecider) Err() error {
	for _, e := range d.engines {
		if e != nil && e.Err() != nil {
			return e.Err()
		}
	}
	return nil
}
