package perl

import "github.com/linefork/linefork/worker/regex/syntax"

// measure sets the length of the branches of all lookbehinds.
func (p *parser) measure(root *node) {
	m := measurer{parser: p, root: root, lengths: map[*node]int{}, busy: map[*node]bool{}}
	root.visit(func(n *node) {
		if n.op == opLook && n.look.behind {
			m.lookbehind(n)
		}
	})
}

// measurer finds out how many characters a node matches, which must be a fixed number in each
// branch of a lookbehind.
type measurer struct {
	*parser
	root    *node
	lengths map[*node]int
	busy    map[*node]bool // groups being measured
	visits  int
}

func (m *measurer) lookbehind(n *node) {
	branches := []*node{n.sub[0]}
	if n.sub[0].op == opAlternate {
		branches = n.sub[0].sub
	}
	back := make([]*node, len(branches))
	for i, b := range branches {
		back[i] = concat([]*node{{op: opBack, back: m.length(b)}, b})
	}
	n.sub[0] = back[0]
	if len(back) > 1 {
		n.sub[0] = &node{op: opAlternate, sub: back}
	}
}

func (m *measurer) length(n *node) int {
	if m.visits++; m.visits > 1<<16 {
		fail(errBehindComplex)
	}
	length := 0
	switch n.op {
	case opChar, opSet:
		length = 1
	case opByte:
		if m.utf {
			fail(errByteInBehind)
		}
		length = 1
	case opGrapheme:
		fail(errBehindLength)
	case opConcat:
		for _, s := range n.sub {
			if s.op == opFail || s.op == opVerb && s.verb == accept {
				break
			}
			length += m.length(s)
		}
	case opAlternate:
		length = m.same(n.sub)
	case opCondition:
		if n.name == defineName {
			break
		}
		length = m.same(n.sub[:2])
	case opRepeat:
		if n.min != n.max || n.max == syntax.Unlimited {
			if n.sub[0].op == opLook {
				break
			}
			fail(errBehindLength)
		}
		length = n.min * m.length(n.sub[0])
	case opAtomic:
		length = m.length(n.sub[0])
	case opGroup:
		length = m.groupLength(n)
	case opBackref:
		if m.dupGroups || len(n.groups) > 1 {
			fail(errBehindLength)
		}
		if len(n.groups) == 0 {
			fail(errNoGroup)
		}
		length = m.reference(n.groups[0])
	case opCall:
		length = m.reference(n.group)
	}
	if length > maxBehind {
		fail(errBehindLong)
	}
	return length
}

func (m *measurer) same(branches []*node) int {
	length := m.length(branches[0])
	for _, b := range branches[1:] {
		if m.length(b) != length {
			fail(errBehindLength)
		}
	}
	return length
}

// groupLength returns the length of a group; within itself it is not fixed.
func (m *measurer) groupLength(n *node) int {
	if m.busy[n] {
		fail(errBehindLength)
	}
	length, ok := m.lengths[n]
	if !ok {
		m.busy[n] = true
		length = m.length(n.sub[0])
		delete(m.busy, n)
		m.lengths[n] = length
	}
	return length
}

func (m *measurer) reference(group int) int {
	if group > m.groups {
		fail(errNoGroup)
	}
	var target *node
	m.root.visit(func(n *node) {
		if n.op == opGroup && n.group == group && target == nil {
			target = n
		}
	})
	if target == nil {
		fail(errBehindLength) // the whole pattern
	}
	return m.groupLength(target)
}
