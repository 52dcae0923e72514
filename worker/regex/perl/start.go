package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// nullable reports whether n may match the empty string, or if that is not clear.
func (n *node) nullable() bool {
	switch n.op {
	case opFail, opChar, opSet, opByte, opGrapheme:
		return false
	case opConcat:
		for _, s := range n.sub {
			if !s.nullable() {
				return false
			}
		}
		return true
	case opAlternate:
		for _, s := range n.sub {
			if s.nullable() {
				return true
			}
		}
		return false
	case opRepeat:
		return n.min == 0 || n.sub[0].nullable()
	case opGroup, opAtomic:
		return n.sub[0].nullable()
	case opCall:
		if n.target == nil || n.busy {
			return true
		}
		n.busy = true
		defer func() { n.busy = false }()
		return n.target.nullable()
	}
	return true
}

// start finds out where a match may start, so that the machine need not be started elsewhere.
func (c *compiler) start(root *node, simple bool) {
	c.anyFirst = true
	root.visit(func(n *node) {
		if n.op == opVerb && n.verb == accept {
			simple = false
		}
	})
	c.onlyFirst = -1
	if !simple {
		return
	}
	c.anchored = root.anchored()
	c.required = c.literal(root)
	c.lead = c.leading(root)
	c.fromEdge = root.fromEdge()
	if root.nullable() {
		return
	}
	c.anyFirst = false
	c.first.addFirst(root, c.utf)
	n, last := 0, 0
	for b, ok := range c.first {
		if ok {
			n, last = n+1, b
		}
	}
	if n == 1 {
		c.onlyFirst = last
	} else if n > 2 || !c.first[last^'a'^'A'] {
		c.anyFirst = root.commits()
	}
}

// commits reports whether a match may start with (*COMMIT). PCRE2 then looks for the first
// character only if there is just one, in either case; otherwise it commits itself to where the
// search starts.
func (n *node) commits() bool {
	switch n.op {
	case opVerb:
		return n.verb == commit
	case opConcat:
		for _, s := range n.sub {
			if s.commits() {
				return true
			}
			if !s.nullable() {
				break
			}
		}
	case opAlternate, opGroup, opAtomic, opRepeat:
		return slices.ContainsFunc(n.sub, (*node).commits)
	}
	return false
}

// anchored reports whether a match can start only where the search does.
func (n *node) anchored() bool {
	switch n.op {
	case opAssert:
		return n.assert == lineStart || n.assert == textStart || n.assert == searchStart
	case opConcat:
		return n.sub[0].anchored()
	case opGroup, opAtomic:
		return n.sub[0].anchored()
	case opAlternate:
		for _, s := range n.sub {
			if !s.anchored() {
				return false
			}
		}
		return true
	}
	return false
}

// leading returns the set of a repetition that the pattern starts with. If no match starts at the
// first of several such characters in a row, none starts at the others: they let the rest start at
// the same places or fewer. It returns nil if the rest depends on the start.
func (c *compiler) leading(root *node) *charSet {
	depends := c.notEmpty || c.notAtStart
	root.visit(func(n *node) {
		switch n.op {
		case opBackref, opCall, opCondition, opVerb:
			depends = true
		case opAssert:
			depends = depends || n.assert == searchStart
		}
	})
	if depends {
		return nil
	}
	for root.op == opConcat {
		root = root.sub[0]
	}
	if root.op == opAtomic && !root.sub[0].lazy {
		root = root.sub[0]
	}
	if root.op != opRepeat || root.max != syntax.Unlimited || root.min > 1 || root.before != nil {
		return nil
	}
	set := root.sub[0].oneChar(c.utf)
	if set == nil {
		return nil
	}
	return c.chars(set)
}

// fromEdge reports whether a match can start only where a word starts or ends.
func (n *node) fromEdge() bool {
	switch n.op {
	case opAssert:
		return n.assert == wordEdge
	case opConcat, opGroup, opAtomic:
		return n.sub[0].fromEdge()
	}
	return false
}

// literal returns the longest text that each match of n contains in one piece.
func (c *compiler) literal(n *node) []byte {
	switch n.op {
	case opChar:
		return c.text(n)
	case opGroup, opAtomic:
		return c.literal(n.sub[0])
	case opRepeat:
		if n.min > 0 {
			return c.literal(n.sub[0])
		}
	case opLook:
		if !n.look.negative && !n.look.behind {
			return c.literal(n.sub[0])
		}
	case opConcat:
		var best, joined []byte
		for _, s := range n.sub {
			l := c.literal(s)
			if s.op == opChar && l != nil {
				joined = append(joined, l...)
				l = joined
			} else {
				joined = nil
			}
			if len(l) > len(best) {
				best = l
			}
		}
		return best
	}
	return nil
}
