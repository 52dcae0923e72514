package literal

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// walker finds the strings of each node.
type walker struct {
	o    Options
	rate *estimate
	most int // mostProduct, or less where there are very many branches
}

// Sets are joined all with all, and a set of characters is taken as one string
// each, up to this number of strings. In one of very many branches there are
// fewer, for the sake of time and memory.
const (
	mostProduct  = 64
	leastProduct = 4
	manyBranches = 1000
)

func (w *walker) node(n *syntax.Node) strs {
	switch n.Op {
	case syntax.OpNone:
		return nothing()
	case syntax.OpEmpty:
		return only(empty)
	case syntax.OpLiteral:
		return w.literal(n.Literal)
	case syntax.OpSet:
		return w.set(n.Set)
	case syntax.OpConcat:
		parts := make([]strs, len(n.Sub))
		for i, sub := range n.Sub {
			parts[i] = w.node(sub)
		}
		return w.concat(parts)
	case syntax.OpAlternate:
		most := w.most
		if len(n.Sub) > manyBranches {
			w.most = leastProduct
		}
		parts := make([]strs, len(n.Sub))
		for i, sub := range n.Sub {
			parts[i] = w.node(sub)
		}
		w.most = most
		return w.alternate(parts)
	case syntax.OpRepeat:
		return w.repeat(w.node(n.Sub[0]), n.Min, n.Max)
	case syntax.OpGroup:
		return w.node(n.Sub[0])
	case syntax.OpLook:
		return look(n.Look)
	}
	return anything() // a back-reference
}

func (w *walker) literal(text []byte) strs {
	if bytes.IndexByte(text, w.o.Terminator) >= 0 {
		return nothing()
	}
	lower, letters := text, false
	if w.o.Fold {
		lower, letters = lowerASCII(text)
	}
	s := only([]Literal{{Text: string(lower)}})
	s.exact = !letters
	return s
}

// set takes each member of a small set as a string. Two cases of one letter are
// one string where case is disregarded; a single case of it is more than asked
// for.
func (w *walker) set(set *syntax.Set) strs {
	s := nothing()
	for i := range 256 {
		c := byte(i)
		if !set.HasByte(c) || c == w.o.Terminator {
			continue
		}
		if w.o.UTF8 && c >= utf8.RuneSelf {
			s.exact = false // the data may have it as part of a character
		}
		if lower := c | 0x20; w.o.Fold && 'a' <= lower && lower <= 'z' {
			if !set.HasByte(c ^ 0x20) {
				s.exact = false
			} else if c != lower {
				continue
			}
			c = lower
		}
		if len(s.whole) == w.most {
			return anything()
		}
		s.whole = append(s.whole, Literal{Text: string([]byte{c})})
	}
	for _, r := range set.Runes {
		if len(s.whole)+int(r.Hi-r.Lo) >= w.most {
			return anything()
		}
		for c := r.Lo; c <= r.Hi; c++ {
			s.whole = append(s.whole, Literal{Text: string(c)})
		}
	}
	return s
}

func look(l syntax.Look) strs {
	if l == 0 {
		return nothing()
	}
	s := only([]Literal{{Begin: l&^syntax.Begin == 0, End: l&^syntax.End == 0}})
	s.exact = l == syntax.Begin || l == syntax.End || l == syntax.Begin&syntax.End || l == syntax.Always
	return s
}

// concat joins the strings of neighbours. A run is a sequence of sets that
// follow each other without a gap; what is not finite ends one run with its
// prefix and begins the next with its suffix.
func (w *walker) concat(parts []strs) strs {
	if len(parts) == 1 {
		return parts[0]
	}
	all := strs{exact: true}
	var runs [][][]Literal
	run := make([][]Literal, 0, len(parts))
	for i := range parts {
		p := &parts[i]
		all.exact = all.exact && p.exact
		all.inner = append(all.inner, p.inner...)
		run = append(run, p.begins())
		if !p.finite {
			runs = append(runs, run)
			run = append(make([][]Literal, 0, len(parts)-i), p.ends())
		}
	}
	runs = append(runs, run)

	for i, run := range runs {
		run = fuse(run)
		runs[i] = run
		lits, end := w.grow(run, 0)
		if len(lits) == 0 {
			return nothing() // impossible, and so is all of it
		}
		if len(runs) == 1 && end == len(run) {
			all.finite, all.whole = true, lits
			if len(lits) > 1 {
				all.inner = w.pieces(all.inner, run) // one of which may be cheaper
			}
			return all
		}
	}
	all.exact = false
	all.prefix, _ = w.grow(runs[0], 0)
	all.suffix = w.growBack(runs[len(runs)-1])
	for _, run := range runs {
		all.inner = w.pieces(all.inner, run)
	}
	return all
}

// fuse joins the neighbours in run that are a single literal each, so that the
// characters of a word need not be joined one by one wherever it is part of
// something.
func fuse(run [][]Literal) [][]Literal {
	fused := make([][]Literal, 0, len(run))
	for i := 0; i < len(run); {
		if len(run[i]) != 1 {
			fused = append(fused, run[i])
			i++
			continue
		}
		var one Literal
		var text strings.Builder
		for ; i < len(run) && len(run[i]) == 1; i++ {
			l := run[i][0]
			if text.Len() > 0 && l.Begin || one.End && l.Text != "" {
				return [][]Literal{nil} // impossible, as in join
			}
			text.WriteString(l.Text)
			one.Begin, one.End = one.Begin || l.Begin, one.End || l.End
		}
		one.Text = text.String()
		fused = append(fused, []Literal{one})
	}
	return fused
}

// joinable tells whether the product of two sets is small enough. A set of any
// size can be joined with a single literal.
func (w *walker) joinable(a, b []Literal) bool {
	return len(a) <= 1 || len(b) <= 1 || len(a)*len(b) <= w.most
}

// grow joins the sets of run from start on, as long as the product is small,
// and returns it and where it ends.
func (w *walker) grow(run [][]Literal, start int) (lits []Literal, end int) {
	lits = empty
	for end = start; end < len(run) && w.joinable(lits, run[end]); end++ {
		lits = product(lits, run[end])
	}
	return lits, end
}

// growBack is grow from the end of run.
func (w *walker) growBack(run [][]Literal) []Literal {
	lits := empty
	for i := len(run) - 1; i >= 0 && w.joinable(run[i], lits); i-- {
		lits = product(run[i], lits)
	}
	return lits
}

// mostPieces is how many products of one run are tried.
const mostPieces = 16

// pieces appends the products of parts of the run that are worth a search: each
// that can grow neither way, and each that is a single literal.
func (w *walker) pieces(sets [][]Literal, run [][]Literal) [][]Literal {
	last, tried := 0, 0
	for i := 0; i < len(run) && tried < mostPieces; i++ {
		lits, end := w.grow(run, i)
		if end > last && useful(lits) {
			sets = append(sets, lits)
			last = end
			tried++
		}
	}
	for _, lits := range run {
		if len(lits) == 1 && useful(lits) {
			sets = append(sets, lits)
		}
	}
	return sets
}

// alternate joins branches. Where they are not all finite, what each match must
// hold is the best set of each branch, all in one.
func (w *walker) alternate(parts []strs) strs {
	s := strs{finite: true, exact: true}
	begins, ends := make([][]Literal, len(parts)), make([][]Literal, len(parts))
	for i := range parts {
		p := &parts[i]
		s.finite = s.finite && p.finite
		s.exact = s.exact && p.exact
		begins[i], ends[i] = p.begins(), p.ends()
	}
	if s.finite {
		s.whole = union(begins)
		return s
	}
	s.prefix, s.suffix = fewOf(begins), fewOf(ends)
	best := begins // of which the elements are not used any more
	for i := range parts {
		ranked := w.rank(parts[i])
		if len(ranked) == 0 {
			return s
		}
		best[i] = ranked[0].Literals
	}
	s.inner = append(s.inner, union(best))
	return s
}

// repeat is the concatenation of as many copies as there must be.
func (w *walker) repeat(s strs, low, high int) strs {
	if high == 0 {
		return only(empty)
	}
	if s.finite && len(s.whole) == 0 {
		if low == 0 {
			return only(empty)
		}
		return nothing()
	}
	if low == 0 {
		if high == 1 {
			return w.alternate([]strs{only(empty), s})
		}
		return anything()
	}
	inner := s.inner
	s.inner = nil
	n := copies(&s, low)
	parts := make([]strs, n)
	for i := range parts {
		parts[i] = s
	}
	all := w.concat(parts)
	all.inner = append(all.inner, inner...)
	if n == high {
		return all
	}
	if all.finite {
		all.prefix, all.suffix, all.inner = all.whole, all.whole, append(all.inner, all.whole)
	}
	all.finite, all.exact, all.whole = false, false, nil
	return all
}

// copies returns how many of low copies of s are worth being joined: as many as
// the product of two literals each could have, or of one, until it is long.
func copies(s *strs, low int) int {
	most := bits.Len(mostProduct)
	if begins := s.begins(); s.finite && len(begins) == 1 {
		most = max(1, mostBytes/max(1, len(begins[0].Text)))
	}
	return min(low, most)
}

func lowerASCII(text []byte) (lower []byte, letters bool) {
	lower = bytes.Clone(text)
	for i, c := range lower {
		if c |= 0x20; 'a' <= c && c <= 'z' {
			lower[i], letters = c, true
		}
	}
	return lower, letters
}
