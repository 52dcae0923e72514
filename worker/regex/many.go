package regex

import (
	"cmp"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/literal"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// many is the strategy for a great many patterns each match of which contains some string. One
// search for all strings finds the records worth a look; there, only the patterns whose strings
// occur are tried. They are compiled when that first happens, a few neighbours at once.
type many struct {
	term   byte
	fold   bool // ASCII letters in the strings are in lower case
	s      *search
	owners map[string]int32 // of each string, with terminators, the last in links
	links  []link
	groups []func() strategy
}

// link says that a string belongs to a pattern of the group; and so do the strings of the previous
// link, if before is not negative.
type link struct{ group, before int32 }

// many returns the strategy for a great many patterns, or nil if it does not suit them.
func (c *chooser) many(p *syntax.Pattern) strategy {
	if p.Backrefs || p.Others == nil || p.Others.Op != syntax.OpAlternate ||
		len(p.Others.Sub) < c.leastMany {
		return nil
	}
	if c.spec.UTF8 && hasInvalid(p.Others) {
		return nil // one such pattern changes how the matchers take all others
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
		m.groups = append(m.groups, sync.OnceValue(func() strategy {
			group := *p
			group.Literals = nil
			group.Others = &syntax.Node{
				Op: syntax.OpAlternate, Sub: branches[first:min(first+c.groupSize, len(branches))],
			}
			return c.posixTree(&group)
		}))
	}
	m.s = c.search(all)
	filter := m.s
	if filter.end {
		filter = nil // since it would miss records that end with CR LF
	}
	var search strategy = &regular{term: c.term, filter: m.s, last: m.decider}
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

// hasInvalid reports whether n has a byte that is not part of a character.
func hasInvalid(n *syntax.Node) bool {
	if n.Op == syntax.OpLiteral && !utf8.Valid(n.Literal) {
		return true
	}
	if n.Op == syntax.OpSet && n.Set.Bytes[2]|n.Set.Bytes[3] != 0 {
		return true
	}
	return slices.ContainsFunc(n.Sub, hasInvalid)
}

// own notes that text belongs to a pattern of the group, and reports whether it is new.
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
	n := len(m.groups)
	return &manyDecider{many: m, engines: make([]engine, n), asked: make([]int, n)}
}

// manyDecider decides on one record.
type manyDecider struct {
	*many
	engines []engine // of each group, nil before the first use
	asked   []int    // the record for which a group was last tried
	record  int      // how many there have been
	copy    []byte   // of the record, between terminators
	key     []byte
	ends    []int
}

// eachGroup calls f for each group with a string that occurs in the record, until f returns false.
func (d *manyDecider) eachGroup(record []byte, f func(engine) bool) {
	d.record++
	if len(record) > longStep && d.s.longest < longStep {
		// Without a copy: what has a terminator is at the start or at the end.
		n := d.s.longest
		d.copy = append(append(d.copy[:0], d.term), record[:n]...)
		if d.eachIn(d.copy, f) && d.eachIn(record, f) {
			d.copy = append(append(d.copy[:0], record[len(record)-n:]...), d.term)
			d.eachIn(d.copy, f)
		}
		return
	}
	d.copy = append(append(append(d.copy[:0], d.term), record...), d.term)
	d.eachIn(d.copy, f)
}

// eachIn does that for the strings in text, and reports whether f never returned false.
func (d *manyDecider) eachIn(text []byte, f func(engine) bool) bool {
	for at := 0; at < len(text); at++ {
		if at, _ = d.s.next(text, at); at < 0 {
			break
		}
		d.ends = d.s.ends(text, at, d.ends[:0])
		for _, end := range d.ends {
			for l := d.owner(text[at:end]); l >= 0; l = d.links[l].before {
				group := d.links[l].group
				if d.asked[group] == d.record {
					continue
				}
				d.asked[group] = d.record
				if !f(d.engine(group)) {
					return false
				}
			}
		}
	}
	return true
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
	d.eachGroup(record, func(e engine) bool {
		ok = e.Match(record)
		return !ok
	})
	return ok
}

// Find returns the leftmost of all matches, and the longest there.
func (d *manyDecider) Find(record []byte, from int) (start, end int, ok bool) {
	d.eachGroup(record, func(e engine) bool {
		if s, n, found := e.Find(record, from); found && (!ok || s < start || s == start && n > end) {
			start, end, ok = s, n, true
		}
		return true
	})
	return start, end, ok
}

func (d *manyDecider) GaveUp() (err error) {
	for _, e := range d.engines {
		if e != nil {
			err = cmp.Or(err, e.GaveUp())
		}
	}
	return err
}
