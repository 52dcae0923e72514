package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// Exactness says where a tree selects no more records than the pattern.
type Exactness uint8

const (
	Inexact     Exactness = iota
	ExactOnUTF8           // of the records that are valid UTF-8
	Exact
)

// trees expresses a pattern as regular expressions, in which greed does not matter and groups need
// not be remembered. What they cannot express is left out, so that they match more. There are
// several if the pattern has several requirements for the same characters.
func trees(root *node, p *parser, o Options) ([]*syntax.Node, Exactness) {
	verbs, unfit := false, p.stepLimit > 0 // which asks for errors
	root.visit(func(n *node) {
		verbs = verbs || n.op == opVerb
		unfit = unfit || n.op == opVerb && n.verb == accept || n.op == opByte && p.utf
	})
	if unfit {
		return nil, Inexact
	}
	curbed := verbs || p.notEmpty || p.notAtStart
	if !curbed && root.always() {
		return []*syntax.Node{{Op: syntax.OpEmpty}}, Exact
	}
	root = spread(root, p.utf, mostSpread)
	c := converter{
		root: root, utf: p.utf, ucp: p.ucp, null: o.Null, word: p.wordSet(), newline: p.newline,
		exact: Exact, busy: map[int]bool{0: true},
	}
	if curbed {
		c.exact = Inexact
	}
	all := []*syntax.Node{c.convert(root, atBegin|atEnd|atTop)}
	switch besides := c.words || c.bytes; {
	case !p.utf:
	case besides && root.nullable() && !root.anchored():
		c.exact = Inexact // a tree may be empty within a character
	case (besides || c.behinds) && root.nullable(), c.lineStarts && !rooted(root, false):
		// In invalid text, PCRE2 does not look everywhere for what may be empty.
		c.exact = min(c.exact, ExactOnUTF8)
	}
	for i := range min(c.aheads, mostTaken) {
		one := c
		one.aheads, one.taken, one.copied = 0, i+1, 0
		all = append(all, one.convert(root, atBegin|atEnd|atTop))
	}
	return all, c.exact
}

const mostTaken = 4

// always reports whether n is sure to match at any position.
func (n *node) always() bool {
	switch n.op {
	case opEmpty, opKeep:
		return true
	case opRepeat:
		return n.min == 0 || n.sub[0].always()
	case opGroup, opAtomic:
		return n.sub[0].always()
	case opConcat:
		return !slices.ContainsFunc(n.sub, func(s *node) bool { return !s.always() })
	case opAlternate:
		return slices.ContainsFunc(n.sub, (*node).always)
	}
	return false
}

// converter makes a syntax.Node of a node.
type converter struct {
	root       *node
	utf, null  bool
	ucp        bool
	word       *syntax.Set
	newline    newlines
	exact      Exactness // so far
	lineStarts bool      // there is a ^
	words      bool      // words matter
	behinds    bool      // there is a lookbehind
	bytes      bool      // there is a set of bytes that may be parts of characters

	aheads int // lookaheads that were left out, but could have been taken
	taken  int // the one taken instead of what follows it, from 1; 0 for none

	busy   map[int]bool // groups being converted
	copied int          // nodes that replace references, so far
	copies int          // of copies for back-references within each other
	fold   bool         // such a copy ignores case
}

// place is where a node is in the pattern.
type place uint8

const (
	atBegin place = 1 << iota // a match starts with it
	atEnd                     // a match ends with it
	atTop                     // it is the whole pattern
)

func (c *converter) convert(n *node, at place) *syntax.Node {
	switch n.op {
	case opEmpty, opKeep:
		return empty
	case opFail:
		return &syntax.Node{Op: syntax.OpNone}
	case opChar:
		return c.char(n)
	case opSet:
		if c.fold {
			return c.set((&builder{utf: c.utf}).set(true))
		}
		return c.set(n.set)
	case opByte:
		return c.set(allBytes)
	case opGrapheme:
		return c.grapheme(at)
	case opConcat:
		return c.concat(n.sub, at)
	case opAlternate:
		return &syntax.Node{Op: syntax.OpAlternate, Sub: c.all(n.sub, at&^atTop)}
	case opRepeat:
		if n.max != 1 {
			at = 0
		}
		if n.before != nil {
			c.exact = Inexact
		}
		return &syntax.Node{Op: syntax.OpRepeat, Min: n.min, Max: n.max, Sub: c.all(n.sub, at&^atTop)}
	case opGroup:
		return c.group(n, at)
	case opAtomic:
		if at&atEnd == 0 && n.sub[0].oneChar(c.utf) == nil {
			c.exact = Inexact
		}
		return c.convert(n.sub[0], at)
	case opAssert:
		return c.assert(n.assert, at)
	case opLook:
		return c.look(n, at)
	case opBackref:
		return c.backref(n)
	case opCall:
		return c.call(n.group)
	case opCondition:
		return c.condition(n)
	}
	return c.leftOut() // opVerb, opBack
}

var empty = &syntax.Node{Op: syntax.OpEmpty}

// leftOut replaces a condition that cannot be expressed.
func (c *converter) leftOut() *syntax.Node {
	c.exact = Inexact
	return empty
}

func (c *converter) all(nodes []*node, at place) []*syntax.Node {
	out := make([]*syntax.Node, len(nodes))
	for i, n := range nodes {
		out[i] = c.convert(n, at)
	}
	return out
}

// concat joins neighbouring literals.
func (c *converter) concat(nodes []*node, at place) *syntax.Node {
	var out []*syntax.Node
	add := func(n *syntax.Node) {
		last := len(out) - 1
		if last >= 0 && n.Op == syntax.OpLiteral && out[last].Op == syntax.OpLiteral {
			text := slices.Concat(out[last].Literal, n.Literal)
			out[last] = &syntax.Node{Op: syntax.OpLiteral, Literal: text}
			return
		}
		if n.Op != syntax.OpEmpty {
			out = append(out, n)
		}
	}
	for i, n := range nodes {
		here := at &^ atTop
		if i > 0 {
			here &^= atBegin
		}
		if i < len(nodes)-1 {
			here &^= atEnd
		}
		if at&atTop != 0 && here&atEnd == 0 && c.isTaken(n) {
			add(c.convert(n.sub[0], here&atBegin|atEnd))
			break
		}
		if n.op == opAtomic && c.keepsAll(n.sub[0], nodes[i+1:]) {
			n = n.sub[0]
		}
		add(c.convert(n, here))
	}
	switch len(out) {
	case 0:
		return empty
	case 1:
		return out[0]
	}
	return &syntax.Node{Op: syntax.OpConcat, Sub: out}
}

// keepsAll reports whether n is a repeated character of a set that what follows does not start
// with, so that nothing is gained by taking fewer of them.
func (c *converter) keepsAll(n *node, follow []*node) bool {
	if n.op != opRepeat || n.lazy {
		return false
	}
	set, rest := n.sub[0].oneChar(c.utf), concat(follow)
	if set == nil || rest.nullable() {
		return false
	}
	var taken, next byteSet
	taken.addSet(set)
	next.addFirst(rest, c.utf)
	return !taken.overlaps(&next)
}

func (c *converter) char(n *node) *syntax.Node {
	set := n.charSet(c.utf)
	if c.fold {
		set = folded(n.r, c.utf)
	}
	if !single(set) || n.r == c.terminator() {
		return c.set(set)
	}
	if c.utf {
		return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte(string(n.r))}
	}
	return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte{byte(n.r)}}
}

// terminator returns what is not in any record.
func (c *converter) terminator() rune {
	if c.null {
		return 0
	}
	return '\n'
}

func (c *converter) set(s *syntax.Set) *syntax.Node {
	set := &syntax.Set{Bytes: s.Bytes, Runes: s.Runes}
	t := c.terminator()
	set.Bytes[t/64] &^= 1 << (t % 64)
	if set.Bytes == [4]uint64{} && len(set.Runes) == 0 {
		return &syntax.Node{Op: syntax.OpNone}
	}
	return &syntax.Node{Op: syntax.OpSet, Set: set}
}

// assert converts what does not look beyond a character on each side.
func (c *converter) assert(a assert, at place) *syntax.Node {
	if c.copies > 0 {
		return c.leftOut() // it held at another place
	}
	plain := !c.null && c.newline.chars == "\n"
	switch {
	case a == lineStart, a == anyStart && plain:
		c.lineStarts = true
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.Begin}
	case (a == textStart || a == searchStart) && (at&atBegin != 0 || !c.utf):
		return c.textStart()
	case a == lineEnd, a == textEnd, (a == anyEnd || a == lastLineEnd) && plain:
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.End}
	case a == wordEdge && !c.unlikeC():
		c.words = true
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.WordEdge}
	case a == noWordEdge && !c.unlikeC():
		c.words = true
		if c.utf {
			c.exact = min(c.exact, ExactOnUTF8)
		}
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.NoWordEdge}
	}
	return c.leftOut()
}

// unlikeC reports whether words are not quite those of the C library.
func (c *converter) unlikeC() bool { return c.utf && c.ucp }

// textStart is the start of the record or, in UTF-8, what follows bytes there that cannot start a
// character: these are not searched.
func (c *converter) textStart() *syntax.Node {
	begin := &syntax.Node{Op: syntax.OpLook, Look: syntax.Begin}
	if !c.utf {
		return begin
	}
	c.exact = min(c.exact, ExactOnUTF8)
	skipped := new(syntax.Set)
	for b := range 256 {
		if !mayBegin(byte(b)) {
			skipped.AddByte(byte(b))
		}
	}
	return &syntax.Node{Op: syntax.OpConcat, Sub: []*syntax.Node{begin, {
		Op: syntax.OpRepeat, Max: syntax.Unlimited, Sub: []*syntax.Node{{Op: syntax.OpSet, Set: skipped}},
	}}}
}

// rooted reports whether each ^ in n is followed by a character or the end of the record; more says
// whether one of these must follow n. In UTF-8, ^ does not hold before a byte that cannot start a
// character; if it is rooted, that needs no attention.
func rooted(n *node, more bool) bool {
	switch n.op {
	case opAssert:
		return more || n.assert != lineStart && n.assert != anyStart
	case opConcat:
		for _, s := range slices.Backward(n.sub) {
			if !rooted(s, more) {
				return false
			}
			more = more || !s.nullable() || s.op == opAssert && (s.assert == lineEnd || s.assert == textEnd)
		}
	case opAlternate:
		for _, s := range n.sub {
			if !rooted(s, more) {
				return false
			}
		}
	case opRepeat, opGroup, opAtomic, opLook:
		return rooted(n.sub[0], more)
	}
	return true
}
