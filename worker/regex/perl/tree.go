package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// trees expresses a pattern as a regular expression, in which greed does not
// matter and groups need not be remembered; nil where that cannot be done.
// ascii takes the characters of words for ASCII in UTF-8, where tree does without.
func trees(root *node, p *parser, o Options) (tree, ascii *syntax.Node) {
	c := converter{utf: p.utf, null: o.Null, word: p.wordSet(), newline: p.newline}
	if p.notEmpty || p.notAtStart {
		return nil, nil
	}
	ascii = c.convert(root)
	switch {
	case c.failed:
		return nil, nil
	case p.utf && c.lineStarts && !rooted(root, false):
		return nil, nil
	case p.utf && p.ucp && c.words:
		return nil, nil // not quite the words of the C library
	case p.utf && c.words:
		// Where text is not valid, PCRE2 does not look everywhere for what
		// may be empty.
		if root.nullable() {
			return nil, nil
		}
		return nil, ascii
	}
	return ascii, ascii
}

// converter makes a syntax.Node of a node.
type converter struct {
	utf, null  bool
	word       *syntax.Set
	newline    newlines
	failed     bool
	lineStarts bool // there is a ^
	words      bool // words matter
}

func (c *converter) convert(n *node) *syntax.Node {
	switch n.op {
	case opEmpty, opKeep:
		return &syntax.Node{Op: syntax.OpEmpty}
	case opFail:
		return &syntax.Node{Op: syntax.OpNone}
	case opChar:
		return c.char(n)
	case opSet:
		return c.set(n.set)
	case opConcat:
		return c.concat(n.sub)
	case opAlternate:
		return &syntax.Node{Op: syntax.OpAlternate, Sub: c.all(n.sub)}
	case opRepeat:
		return &syntax.Node{Op: syntax.OpRepeat, Min: n.min, Max: n.max, Sub: c.all(n.sub)}
	case opGroup:
		return c.convert(n.sub[0])
	case opAssert:
		return c.assert(n.assert)
	case opLook:
		return c.look(n)
	case opAtomic:
		if set := n.sub[0].oneChar(c.utf); set != nil {
			return c.set(set)
		}
	}
	c.failed = true
	return nil
}

func (c *converter) all(nodes []*node) []*syntax.Node {
	out := make([]*syntax.Node, len(nodes))
	for i, n := range nodes {
		out[i] = c.convert(n)
	}
	return out
}

// concat joins neighbouring literals.
func (c *converter) concat(nodes []*node) *syntax.Node {
	var out []*syntax.Node
	for _, n := range c.all(nodes) {
		if c.failed {
			return nil
		}
		if last := len(out) - 1; last >= 0 && n.Op == syntax.OpLiteral && out[last].Op == syntax.OpLiteral {
			out[last].Literal = append(out[last].Literal, n.Literal...)
			continue
		}
		if n.Op != syntax.OpEmpty {
			out = append(out, n)
		}
	}
	switch len(out) {
	case 0:
		return &syntax.Node{Op: syntax.OpEmpty}
	case 1:
		return out[0]
	}
	return &syntax.Node{Op: syntax.OpConcat, Sub: out}
}

func (c *converter) char(n *node) *syntax.Node {
	set := n.charSet(c.utf)
	if !single(set) || n.r == c.terminator() {
		return c.set(set)
	}
	if c.utf {
		return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte(string(n.r))}
	}
	return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte{byte(n.r)}}
}

// terminator is what no record holds.
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

func (c *converter) assert(a assert) *syntax.Node {
	plain := !c.null && c.newline.chars == "\n"
	switch {
	case a == lineStart, a == anyStart && plain:
		c.lineStarts = true
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.Begin}
	case a == textStart && !c.utf:
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.Begin}
	case a == lineEnd, a == textEnd, (a == anyEnd || a == lastLineEnd) && plain:
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.End}
	case a == wordEdge:
		c.words = true
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.WordEdge}
	case a == noWordEdge && !c.utf:
		c.words = true
		return &syntax.Node{Op: syntax.OpLook, Look: syntax.NoWordEdge}
	}
	c.failed = true
	return nil
}

// look converts what asks for a character of a word, or for none, on one side.
func (c *converter) look(n *node) *syntax.Node {
	sub := n.sub[0]
	if n.look.behind && sub.op == opConcat && len(sub.sub) == 2 && sub.sub[0].op == opBack {
		sub = sub.sub[1]
	}
	if sub.op != opSet || !equalSets(sub.set, c.word) {
		c.failed = true
		return nil
	}
	look := syntax.NoWordAfter
	if n.look.behind {
		look = syntax.NoWordBefore
	}
	if !n.look.negative {
		look = (syntax.WordEdge | syntax.NoWordEdge) &^ look
	}
	c.words = true
	return &syntax.Node{Op: syntax.OpLook, Look: look}
}

func equalSets(a, b *syntax.Set) bool {
	return a.Bytes == b.Bytes && slices.Equal(a.Runes, b.Runes)
}

// rooted tells whether each ^ in n, where more tells whether a character or the
// end must follow n, is followed by a character or the end of the record. In
// UTF-8 it does not hold before a byte that cannot begin a character, which is
// so only if this needs no attention.
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
