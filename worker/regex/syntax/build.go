package syntax

// The functions of this file build nodes and keep the tree simple: no Concat in a Concat, no
// Alternate in an Alternate, no lists of one, no two literals side by side, and no OpNone or
// OpEmpty except at the top or as an alternative.

func none() *Node  { return &Node{Op: OpNone} }
func empty() *Node { return &Node{Op: OpEmpty} }

func literal(b []byte) *Node {
	if len(b) == 0 {
		return empty()
	}
	return &Node{Op: OpLiteral, Literal: b}
}

// sequence collects the nodes of a concatenation.
type sequence struct {
	nodes []*Node
	owned bool // the last node is a literal that may be appended to
	none  bool
}

func (s *sequence) add(n *Node) {
	switch n.Op {
	case OpEmpty:
	case OpNone:
		s.none = true
	case OpConcat:
		for _, sub := range n.Sub {
			s.add(sub)
		}
	case OpLiteral:
		s.addLiteral(n)
	default:
		s.nodes = append(s.nodes, n)
		s.owned = false
	}
}

// addLiteral joins a literal to the last node if that is one. The first join makes a copy, since
// nodes may be shared.
func (s *sequence) addLiteral(n *Node) {
	last := len(s.nodes) - 1
	if last < 0 || s.nodes[last].Op != OpLiteral {
		s.nodes = append(s.nodes, n)
		s.owned = false
		return
	}
	if !s.owned {
		s.nodes[last] = literal(append([]byte(nil), s.nodes[last].Literal...))
		s.owned = true
	}
	s.nodes[last].Literal = append(s.nodes[last].Literal, n.Literal...)
}

func (s *sequence) node() *Node {
	switch {
	case s.none:
		return none()
	case len(s.nodes) == 0:
		return empty()
	case len(s.nodes) == 1:
		return s.nodes[0]
	}
	return &Node{Op: OpConcat, Sub: s.nodes}
}

func concat(nodes ...*Node) *Node {
	var s sequence
	for _, n := range nodes {
		s.add(n)
	}
	return s.node()
}

func alternate(nodes []*Node) *Node {
	var subs []*Node
	hasEmpty := false
	for _, n := range nodes {
		switch n.Op {
		case OpNone:
		case OpAlternate:
			subs = append(subs, n.Sub...)
		case OpEmpty:
			if !hasEmpty {
				subs = append(subs, n)
			}
			hasEmpty = true
		default:
			subs = append(subs, n)
		}
	}
	switch len(subs) {
	case 0:
		return none()
	case 1:
		return subs[0]
	}
	return &Node{Op: OpAlternate, Sub: subs}
}

func repeat(n *Node, least, most int) *Node {
	switch {
	case most == 0, n.Op == OpEmpty, least == 0 && (n.Op == OpNone || n.Op == OpLook):
		return empty()
	case least == 1 && most == 1, n.Op == OpNone, n.Op == OpLook:
		return n
	}
	if n.Op == OpRepeat && isSimple(least, most) && isSimple(n.Min, n.Max) {
		least *= n.Min
		if n.Max == Unlimited {
			most = Unlimited
		}
		n = n.Sub[0]
	}
	return &Node{Op: OpRepeat, Min: least, Max: most, Sub: []*Node{n}}
}

// isSimple reports whether the bounds are those of ?, * or +.
func isSimple(least, most int) bool {
	return least <= 1 && most == Unlimited || least == 0 && most == 1
}
