package syntax

// The functions of this file build nodes and keep the tree simple: no Concat in
// a Concat, no Alternate in an Alternate, no lists of one, no two literals side
// by side, no OpNone or OpEmpty but at the top or as an alternative.

func none() *Node  { return &Node{Op: OpNone} }
func empty() *Node { return &Node{Op: OpEmpty} }

func literal(b []byte) *Node {
	if len(b) == 0 {
		return empty()
	}
	return &Node{Op: OpLiteral, Literal: b}
}

// sequence collects the parts of a concatenation.
type sequence struct {
	parts []*Node
	owned bool // the last part is a literal that may be appended to
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
		s.parts = append(s.parts, n)
		s.owned = false
	}
}

// addLiteral joins a literal to the last part if that is one. The first join
// makes a copy, for the parts may be shared.
func (s *sequence) addLiteral(n *Node) {
	last := len(s.parts) - 1
	if last < 0 || s.parts[last].Op != OpLiteral {
		s.parts = append(s.parts, n)
		s.owned = false
		return
	}
	if !s.owned {
		s.parts[last] = literal(append([]byte(nil), s.parts[last].Literal...))
		s.owned = true
	}
	s.parts[last].Literal = append(s.parts[last].Literal, n.Literal...)
}

func (s *sequence) node() *Node {
	switch {
	case s.none:
		return none()
	case len(s.parts) == 0:
		return empty()
	case len(s.parts) == 1:
		return s.parts[0]
	}
	return &Node{Op: OpConcat, Sub: s.parts}
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

// isSimple tells whether the bounds are those of ?, * or +.
func isSimple(least, most int) bool {
	return least <= 1 && most == Unlimited || least == 0 && most == 1
}
