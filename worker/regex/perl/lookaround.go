package perl

import "github.com/linefork/linefork/worker/regex/syntax"

// lookaround returns the instructions whose y must be set to where to continue if it does not hold;
// on their own they fail.
func (c *compiler) lookaround(n *node) (otherwise []int) {
	if set := besides(n, c.utf); set != nil && (!c.utf || len(set.Runes) == 0) {
		return []int{c.beside(set, n.look)}
	}
	open := c.open
	c.open = nil
	defer func() { c.open = open }()
	peek := c.peek(n)
	height, place := c.register(), c.register()
	switch {
	case n.look.loose:
		c.emit(inst{code: iPlace, x: place})
		c.emitNode(n.sub[0])
		c.emit(inst{code: iRewind, x: place})
	case n.look.negative:
		try := c.emit(inst{code: iTry, x: height})
		c.emitNode(n.sub[0])
		untry := c.emit(inst{code: iUntry, x: height, y: -1})
		c.insts[try].y = c.here()
		c.insts[try].min = untry
		if peek >= 0 {
			c.insts[peek].y = c.here()
		}
		otherwise = []int{untry}
	default:
		c.emit(inst{code: iPlace, x: place})
		try := c.emit(inst{code: iTry, x: height, y: -1})
		c.emitNode(n.sub[0])
		c.insts[try].min = c.emit(inst{code: iCut, x: height})
		c.emit(inst{code: iRewind, x: place})
		otherwise = []int{try}
		if peek >= 0 {
			otherwise = append(otherwise, peek)
		}
	}
	return otherwise
}

// beside emits a lookaround for one character, if a byte is enough to recognize it.
func (c *compiler) beside(set *syntax.Set, l look) int {
	i := inst{code: iNext, y: -1, next: new(choice)}
	if l.behind {
		i.code = iBefore
	}
	var bytes byteSet
	bytes.addSet(set)
	i.next.allow(firstWay, &bytes, l.negative)
	return c.emit(i)
}

// peek emits the test whether the next byte may start what a lookahead looks for. It returns -1 if
// that is of no use.
func (c *compiler) peek(n *node) int {
	if n.look.behind || n.look.loose || n.sub[0].nullable() {
		return -1
	}
	var first byteSet
	first.addFirst(n.sub[0], c.utf)
	i := inst{code: iNext, y: -1, next: new(choice)}
	i.next.allow(firstWay, &first, false)
	return c.emit(i)
}

// besides returns the set if a lookaround asks for one character of it, otherwise nil.
func besides(n *node, utf bool) *syntax.Set {
	sub := n.sub[0]
	if n.look.behind && sub.op == opConcat && len(sub.sub) == 2 && sub.sub[0].op == opBack {
		sub = sub.sub[1]
	}
	return sub.oneChar(utf)
}
