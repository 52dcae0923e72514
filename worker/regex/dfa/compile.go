package dfa

import (
	"errors"

	"github.com/linefork/linefork/worker/regex/syntax"
)

var (
	errBackref  = errors.New("a back-reference is not regular")
	errTooLarge = errors.New("regular expression too large")
)

// arc leads from one node of the automaton to another: reading a byte of a set or, if set is noSet,
// reading nothing, where look holds.
type arc struct {
	from, to int32
	set      int32
	look     syntax.Look
}

const noSet = -1

// compiler translates a tree to arcs between nodes by Thompson's construction, with the rule that
// what is compiled at a node never adds an arc that leads to it. So alternatives can share that
// node.
type compiler struct {
	utf8  bool
	arcs  []arc
	nodes int32
	sets  []label
	setID map[label]int32
	steps int // calls of compile, to limit what makes no arcs
	err   error
}

// label is what an arc reads.
type label struct {
	byteSet
	// bare says that a byte must not be part of a character of several bytes.
	bare bool
}

func (c *compiler) node() int32 {
	c.nodes++
	return c.nodes - 1
}

func (c *compiler) add(a arc) {
	if len(c.arcs) >= maxArcs {
		c.err = errTooLarge
		return
	}
	c.arcs = append(c.arcs, a)
}

func (c *compiler) read(from, to int32, s label) {
	if s.byteSet == (byteSet{}) {
		return
	}
	id, ok := c.setID[s]
	if !ok {
		id = int32(len(c.sets))
		c.sets = append(c.sets, s)
		c.setID[s] = id
	}
	c.add(arc{from: from, to: to, set: id})
}

func (c *compiler) skip(from, to int32) {
	c.add(arc{from: from, to: to, set: noSet, look: syntax.Always})
}

// compile adds the strings of n as paths that start at from, and returns the node where they end.
func (c *compiler) compile(n *syntax.Node, from int32) int32 {
	if c.steps++; c.steps > maxSteps {
		c.err = errTooLarge
	}
	if c.err != nil {
		return from
	}
	switch n.Op {
	case syntax.OpNone:
		return c.node()
	case syntax.OpLiteral:
		for _, b := range n.Literal {
			var s byteSet
			s.addRange(b, b)
			to := c.node()
			c.read(from, to, label{byteSet: s})
			from = to
		}
	case syntax.OpSet:
		to := c.node()
		c.bytes(from, to, n.Set.Bytes)
		c.runes(from, to, n.Set.Runes)
		return to
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			from = c.compile(sub, from)
		}
	case syntax.OpAlternate:
		to := c.node()
		for _, sub := range n.Sub {
			c.skip(c.compile(sub, from), to)
		}
		return to
	case syntax.OpRepeat:
		return c.repeat(n, from)
	case syntax.OpGroup:
		return c.compile(n.Sub[0], from)
	case syntax.OpLook:
		to := c.node()
		c.add(arc{from: from, to: to, set: noSet, look: n.Look & syntax.Always})
		return to
	case syntax.OpBackref:
		c.err = errBackref
	}
	return from
}

// bytes adds arcs that read a byte of a set.
func (c *compiler) bytes(from, to int32, s byteSet) {
	if !c.utf8 {
		c.read(from, to, label{byteSet: s})
		return
	}
	c.read(from, to, label{byteSet: byteSet{s[0], s[1]}})
	c.read(from, to, label{byteSet: byteSet{2: s[2], 3: s[3]}, bare: true})
}

func (c *compiler) repeat(n *syntax.Node, from int32) int32 {
	for i := 0; i < n.Min && c.err == nil; i++ {
		from = c.compile(n.Sub[0], from)
	}
	if n.Max == syntax.Unlimited {
		head := c.node()
		c.skip(from, head)
		c.skip(c.compile(n.Sub[0], head), head)
		return head
	}
	if n.Max <= n.Min {
		return from
	}
	to := c.node()
	for i := n.Min; i < n.Max && c.err == nil; i++ {
		c.skip(from, to)
		from = c.compile(n.Sub[0], from)
	}
	c.skip(from, to)
	return to
}
