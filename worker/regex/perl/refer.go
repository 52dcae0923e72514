package perl

import "github.com/linefork/linefork/worker/regex/syntax"

// mostCopied limits the number of nodes that replace references.
const mostCopied = 1000

// group converts a group. A reference to it from within is any string.
func (c *converter) group(n *node, at place) *syntax.Node {
	defer func(was bool) { c.busy[n.group] = was }(c.busy[n.group])
	c.busy[n.group] = true
	return c.convert(n.sub[0], at&^atTop)
}

// backref returns a copy of the group without its conditions on what is around it: they may not
// hold again.
func (c *converter) backref(n *node) *syntax.Node {
	c.exact = Inexact
	defer func(fold bool) { c.fold = fold }(c.fold)
	c.fold = c.fold || n.fold
	c.copies++
	defer func() { c.copies-- }()
	out := &syntax.Node{Op: syntax.OpAlternate}
	for _, g := range n.groups {
		out.Sub = append(out.Sub, c.copyOf(g))
	}
	return out
}

// call returns a copy of the group, or of the whole pattern for group 0.
func (c *converter) call(group int) *syntax.Node {
	c.exact = Inexact
	return c.copyOf(group)
}

func (c *converter) copyOf(group int) *syntax.Node {
	if c.busy[group] {
		return anyString
	}
	out := &syntax.Node{Op: syntax.OpAlternate}
	c.root.visit(func(n *node) {
		if n.op != opGroup || n.group != group {
			return
		}
		n.visit(func(*node) { c.copied++ })
		if c.copied > mostCopied {
			out = anyString
			return
		}
		out = &syntax.Node{Op: syntax.OpAlternate, Sub: []*syntax.Node{out, c.group(n, 0)}}
	})
	return out
}

// condition returns either branch, whatever the condition is.
func (c *converter) condition(n *node) *syntax.Node {
	switch n.cond {
	case ifTrue:
		return c.convert(n.sub[0], 0)
	case ifFalse:
		return c.convert(n.sub[1], 0)
	}
	c.exact = Inexact
	return &syntax.Node{Op: syntax.OpAlternate, Sub: c.all(n.sub[:2], 0)}
}

// grapheme starts with a character. What more belongs to it does not matter at the end of a match.
func (c *converter) grapheme(at place) *syntax.Node {
	first := c.set((&builder{utf: c.utf}).set(true))
	if at&atEnd != 0 && c.copies == 0 {
		return first
	}
	c.exact = Inexact
	return &syntax.Node{Op: syntax.OpConcat, Sub: []*syntax.Node{first, anyString}}
}

var allBytes = &syntax.Set{Bytes: [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}}

var anyString = &syntax.Node{
	Op: syntax.OpRepeat, Max: syntax.Unlimited,
	Sub: []*syntax.Node{{Op: syntax.OpSet, Set: allBytes}},
}
