package perl

import "slices"

// nullable tells whether n may match the empty string; if that is not clear, it
// may.
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
	}
	return true
}

// start finds out where a match may begin, so that the machine need not be
// started elsewhere.
func (c *compiler) start(root *node, simple bool) {
	c.anyFirst = true
	root.each(func(n *node) {
		if n.op == opVerb && n.verb == accept || n.op == opCall {
			simple = false
		}
	})
	c.onlyFirst = -1
	if !simple {
		return
	}
	c.anchored = root.anchored()
	c.required = c.literal(root)
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

// commits tells whether a match may begin with (*COMMIT). PCRE2 then looks for
// the first character only if there is but one, in either case, and commits
// itself to where the search begins otherwise.
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

// anchored tells whether a match can only begin where the search does.
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

// literal returns the longest text that each match of n holds in one piece.
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
	case opConcat:
		var best, run []byte
		for _, s := range n.sub {
			l := c.literal(s)
			if s.op == opChar && l != nil {
				run = append(run, l...)
				l = run
			} else {
				run = nil
			}
			if len(l) > len(best) {
				best = l
			}
		}
		return best
	}
	return nil
}
