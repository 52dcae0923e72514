package literal

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// extractor finds the strings of each node.
type extractor struct {
	o    Options
	rate *estimate
	most int // mostProduct, or less if there are very many branches
}

// Sets are joined all with all, and a set of characters is taken as one string each, up to this
// number of strings. Each of very many branches may have fewer, to save time and memory.
const (
	mostProduct  = 64
	leastProduct = 4
	manyBranches = 1000
)

func (x *extractor) node(n *syntax.Node) strs {
	switch n.Op {
	case syntax.OpNone:
		return nothing()
	case syntax.OpEmpty:
		return only(empty)
	case syntax.OpLiteral:
		return x.literal(n.Literal)
	case syntax.OpSet:
		return x.set(n.Set)
	case syntax.OpConcat:
		subs := make([]strs, len(n.Sub))
		for i, sub := range n.Sub {
			subs[i] = x.node(sub)
		}
		return x.concat(subs)
	case syntax.OpAlternate:
		most := x.most
		if len(n.Sub) > manyBranches {
			x.most = leastProduct
		}
		subs := make([]strs, len(n.Sub))
		for i, sub := range n.Sub {
			subs[i] = x.node(sub)
		}
		x.most = most
		return x.alternate(subs)
	case syntax.OpRepeat:
		return x.repeat(x.node(n.Sub[0]), n.Min, n.Max)
	case syntax.OpGroup:
		return x.node(n.Sub[0])
	case syntax.OpLook:
		return look(n.Look)
	}
	return anything() // a back-reference
}

func (x *extractor) literal(text []byte) strs {
	if bytes.IndexByte(text, x.o.Terminator) >= 0 {
		return nothing()
	}
	lower, letters := text, false
	if x.o.Fold {
		lower, letters = lowerASCII(text)
	}
	s := only([]Literal{{Text: string(lower)}})
	s.exact = !letters
	return s
}

// set takes each member of a small set as a string. Two cases of one letter are one string if case
// is ignored; if the set has only one of them, that is more than it asked for.
func (x *extractor) set(set *syntax.Set) strs {
	s := nothing()
	for i := range 256 {
		c := byte(i)
		if !set.HasByte(c) || c == x.o.Terminator {
			continue
		}
		if x.o.UTF8 && c >= utf8.RuneSelf {
			s.exact = false // the data may have it as part of a character
		}
		if lower := c | 0x20; x.o.Fold && 'a' <= lower && lower <= 'z' {
			if !set.HasByte(c ^ 0x20) {
				s.exact = false
			} else if c != lower {
				continue
			}
			c = lower
		}
		if len(s.whole) == x.most {
			return anything()
		}
		s.whole = append(s.whole, Literal{Text: string([]byte{c})})
	}
	for _, r := range set.Runes {
		if len(s.whole)+int(r.Hi-r.Lo) >= x.most {
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
	s.exact = l == syntax.Begin || l == syntax.End ||
		l == syntax.Begin&syntax.End || l == syntax.Always
	return s
}

// concat joins the strings of neighbours. A chain is a sequence of sets that follow each other
// without a gap; what is not finite ends one chain with its prefix and starts the next with its
// suffix.
func (x *extractor) concat(subs []strs) strs {
	if len(subs) == 1 {
		return subs[0]
	}
	all := strs{exact: true}
	var chains [][][]Literal
	chain := make([][]Literal, 0, len(subs))
	for i := range subs {
		p := &subs[i]
		all.exact = all.exact && p.exact
		all.inner = append(all.inner, p.inner...)
		chain = append(chain, p.begins())
		if !p.finite {
			chains = append(chains, chain)
			chain = append(make([][]Literal, 0, len(subs)-i), p.ends())
		}
	}
	chains = append(chains, chain)

	for i, chain := range chains {
		chain = fuse(chain)
		chains[i] = chain
		lits, end := x.grow(chain, 0)
		if len(lits) == 0 {
			return nothing() // impossible, and so is all of it
		}
		if len(chains) == 1 && end == len(chain) {
			all.finite, all.whole = true, lits
			if len(lits) > 1 {
				all.inner = x.pieces(all.inner, chain) // one of which may be cheaper
			}
			return all
		}
	}
	all.exact = false
	all.prefix, _ = x.grow(chains[0], 0)
	all.suffix = x.growBack(chains[len(chains)-1])
	for _, chain := range chains {
		all.inner = x.pieces(all.inner, chain)
	}
	return all
}

// fuse joins the neighbours in chain that are a single literal each, so that the characters of a
// word need not be joined one by one wherever it is part of something.
func fuse(chain [][]Literal) [][]Literal {
	fused := make([][]Literal, 0, len(chain))
	for i := 0; i < len(chain); {
		if len(chain[i]) != 1 {
			fused = append(fused, chain[i])
			i++
			continue
		}
		var one Literal
		var text strings.Builder
		for ; i < len(chain) && len(chain[i]) == 1; i++ {
			l := chain[i][0]
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

// joinable reports whether the product of two sets is small enough. A set of any size can be joined
// with a single literal.
func (x *extractor) joinable(a, b []Literal) bool {
	return len(a) <= 1 || len(b) <= 1 || len(a)*len(b) <= x.most
}

// grow joins the sets of chain from start on, as long as the product is small, and returns it and
// where it ends.
func (x *extractor) grow(chain [][]Literal, start int) (lits []Literal, end int) {
	lits = empty
	for end = start; end < len(chain) && x.joinable(lits, chain[end]); end++ {
		lits = product(lits, chain[end])
	}
	return lits, end
}

// growBack is grow from the end of chain.
func (x *extractor) growBack(chain [][]Literal) []Literal {
	lits := empty
	for i := len(chain) - 1; i >= 0 && x.joinable(chain[i], lits); i-- {
		lits = product(chain[i], lits)
	}
	return lits
}

// mostPieces is how many products of one chain are tried.
const mostPieces = 16

// pieces appends the products of stretches of the chain that are worth a search: each that cannot
// grow either way, and each that is a single literal.
func (x *extractor) pieces(sets [][]Literal, chain [][]Literal) [][]Literal {
	last, tried := 0, 0
	for i := 0; i < len(chain) && tried < mostPieces; i++ {
		lits, end := x.grow(chain, i)
		if end > last && useful(lits) {
			sets = append(sets, lits)
			last = end
			tried++
		}
	}
	for _, lits := range chain {
		if len(lits) == 1 && useful(lits) {
			sets = append(sets, lits)
		}
	}
	return sets
}

// alternate joins branches. If they are not all finite, each match must contain one of the best
// sets of all branches.
func (x *extractor) alternate(subs []strs) strs {
	s := strs{finite: true, exact: true}
	begins, ends := make([][]Literal, len(subs)), make([][]Literal, len(subs))
	for i := range subs {
		p := &subs[i]
		s.finite = s.finite && p.finite
		s.exact = s.exact && p.exact
		begins[i], ends[i] = p.begins(), p.ends()
	}
	if s.finite {
		s.whole = union(begins)
		return s
	}
	s.prefix, s.suffix = fewOf(begins), fewOf(ends)
	best := begins // whose elements are no longer used
	for i := range subs {
		ranked := x.rank(subs[i])
		if len(ranked) == 0 {
			return s
		}
		best[i] = ranked[0].Literals
	}
	s.inner = append(s.inner, union(best))
	return s
}

// repeat is the concatenation of as many copies as there must be.
func (x *extractor) repeat(s strs, low, high int) strs {
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
			return x.alternate([]strs{only(empty), s})
		}
		return anything()
	}
	inner := s.inner
	s.inner = nil
	n := copies(&s, low)
	subs := make([]strs, n)
	for i := range subs {
		subs[i] = s
	}
	all := x.concat(subs)
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

// copies returns how many of low copies of s are worth joining: as many as the product of two
// literals each could have, or, of a single literal, until it is long.
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
