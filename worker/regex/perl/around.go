package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// look converts a lookaround. At the end of a match, looking ahead for something is matching it;
// likewise at the start for a lookbehind.
func (c *converter) look(n *node, at place) *syntax.Node {
	if c.copies > 0 {
		return c.leftOut() // it held at another place
	}
	if n.look.behind {
		at &= atBegin
	} else {
		at &= atEnd
	}
	one := besides(n, c.utf)
	switch {
	case one != nil && !c.unlikeC() && equalSets(one, c.word):
		return c.wordBeside(n.look)
	case at == 0:
	case !n.look.negative && !n.look.behind:
		return c.convert(n.sub[0], at)
	case !n.look.negative:
		return c.behind(n.sub[0])
	case one != nil:
		return c.notBeside(one, n.look)
	}
	return c.leftOut()
}

// isTaken reports whether n is the lookahead that is taken instead of what follows it.
func (c *converter) isTaken(n *node) bool {
	if n.op != opLook || n.look.behind || n.look.negative || besides(n, c.utf) != nil {
		return false
	}
	c.aheads++
	return c.aheads == c.taken
}

func (c *converter) wordBeside(l look) *syntax.Node {
	look := syntax.NoWordAfter
	if l.behind {
		look = syntax.NoWordBefore
	}
	if !l.negative {
		look = (syntax.WordEdge | syntax.NoWordEdge) &^ look
	}
	c.words = true
	return &syntax.Node{Op: syntax.OpLook, Look: look}
}

// behind converts the inside of a lookbehind, whose branches start with a step back.
func (c *converter) behind(n *node) *syntax.Node {
	c.behinds = true
	switch {
	case n.op == opAlternate:
		out := &syntax.Node{Op: syntax.OpAlternate}
		for _, sub := range n.sub {
			out.Sub = append(out.Sub, c.behind(sub))
		}
		return out
	case n.op == opConcat && n.sub[0].op == opBack:
		return c.concat(n.sub[1:], atBegin)
	}
	return c.leftOut()
}

// notBeside returns the edge of the record, or a byte that no character of the set starts, or ends,
// with. A byte does not tell which of several characters beyond ASCII it is part of.
func (c *converter) notBeside(set *syntax.Set, l look) *syntax.Node {
	c.bytes = true
	if len(set.Runes) > 0 {
		c.exact = Inexact
	}
	others := new(syntax.Set)
	for i := range others.Bytes {
		others.Bytes[i] = ^set.Bytes[i]
	}
	edge := syntax.End
	if l.behind {
		edge = syntax.Begin
	}
	return &syntax.Node{Op: syntax.OpAlternate, Sub: []*syntax.Node{
		{Op: syntax.OpLook, Look: edge}, c.set(others),
	}}
}

func equalSets(a, b *syntax.Set) bool {
	return a.Bytes == b.Bytes && slices.Equal(a.Runes, b.Runes)
}
