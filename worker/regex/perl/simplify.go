package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// simplifier replaces what takes many steps to match with what takes fewer and matches the same in
// the same order.
type simplifier struct {
	utf  bool
	used map[int]bool // groups that something refers to
}

func simplify(root *node, utf bool) *node {
	s := simplifier{utf: utf, used: map[int]bool{}}
	targets := map[int]*node{0: root}
	root.visit(func(n *node) {
		if n.op == opGroup && targets[n.group] == nil {
			targets[n.group] = n
		}
	})
	root.visit(func(n *node) {
		if n.op == opCall {
			s.used[n.group] = true
			n.target = targets[n.group]
		}
		if n.op == opBackref || n.op == opCondition {
			for _, g := range n.groups {
				s.used[g] = true
			}
		}
	})
	return s.node(root)
}

// node simplifies n in place, or returns what to replace it with.
func (s *simplifier) node(n *node) *node {
	for i, sub := range n.sub {
		n.sub[i] = s.node(sub)
	}
	switch n.op {
	case opGroup:
		if !s.used[n.group] {
			return n.sub[0]
		}
	case opConcat:
		return s.concat(n)
	case opAlternate:
		return s.alternate(n)
	case opRepeat:
		s.repeat(n)
	case opAtomic:
		if r := n.sub[0]; r.op == opRepeat {
			s.possessive(r)
		}
	}
	return n
}

func (s *simplifier) concat(n *node) *node {
	var items []*node
	for _, sub := range n.sub {
		switch sub.op {
		case opEmpty:
		case opConcat:
			items = append(items, sub.sub...)
		default:
			items = append(items, sub)
		}
	}
	for i, sub := range items {
		if sub.op != opRepeat {
			continue
		}
		var first byteSet
		rest := concat(items[i+1:])
		if rest.nullable() {
			continue
		}
		first.addFirst(rest, s.utf)
		s.possessiveBefore(sub, &first)
	}
	return concat(items)
}

// alternate makes one set of the alternatives that are one character each.
func (s *simplifier) alternate(n *node) *node {
	b := builder{utf: s.utf}
	for _, sub := range n.sub {
		set := sub.oneChar(s.utf)
		if set == nil {
			return n
		}
		b.addSet(set)
	}
	return &node{op: opSet, set: b.set(false)}
}

// repeat looks for (?:(?!text)c)*, which must end before a text.
func (s *simplifier) repeat(n *node) {
	body := n.sub[0]
	if n.lazy || n.min > 1 || n.max != syntax.Unlimited || body.op != opConcat || len(body.sub) != 2 {
		return
	}
	look := body.sub[0]
	if look.op != opLook || !look.look.negative || look.look.behind ||
		body.sub[1].oneChar(s.utf) == nil {
		return
	}
	chars := []*node{look.sub[0]}
	if look.sub[0].op == opConcat {
		chars = look.sub[0].sub
	}
	if slices.ContainsFunc(chars, func(c *node) bool { return c.op != opChar || c.fold }) {
		return
	}
	for _, c := range chars {
		n.before = append(n.before, encode(c.r, s.utf)...)
	}
	n.sub[0] = body.sub[1]
}

// possessiveBefore is possessive if what follows starts with none of the characters that n takes,
// so that nothing is gained by taking fewer of them.
func (s *simplifier) possessiveBefore(n *node, follow *byteSet) {
	var taken byteSet
	if n.lazy || n.sub[0].op != opAlternate {
		return
	}
	for _, sub := range n.sub[0].sub {
		if set := sub.oneChar(s.utf); set != nil {
			taken.addSet(set)
		}
	}
	if !taken.overlaps(follow) {
		s.possessive(n)
	}
}

// possessive turns (?:c|x)* into (?:c++|x)*, if x does not start with c.
func (s *simplifier) possessive(n *node) {
	body := n.sub[0]
	if n.lazy || n.min > 1 || n.max != syntax.Unlimited || body.op != opAlternate {
		return
	}
	for i, sub := range body.sub {
		set := sub.oneChar(s.utf)
		if set == nil {
			continue
		}
		var taken, others byteSet
		taken.addSet(set)
		empty := false
		for j, other := range body.sub {
			if i != j {
				empty = empty || other.nullable()
				others.addFirst(other, s.utf)
			}
		}
		if empty || taken.overlaps(&others) {
			continue
		}
		repeated := &node{op: opRepeat, min: 1, max: syntax.Unlimited, sub: []*node{sub}}
		body.sub[i] = &node{op: opAtomic, sub: []*node{repeated}}
	}
}
