package syntax

// renumber returns the tree of one pattern with only those groups that have a back-reference,
// numbered throughout the list.
func (l *list) renumber(n *Node) *Node {
	g := groups{next: &l.groups}
	if !g.find(n) {
		return n
	}
	return g.rebuild(n)
}

type groups struct {
	used   [10]bool
	number [10]int // 0 if it has none yet
	next   *int    // the last number assigned
}

// find notes the groups that have back-references, and reports whether there are groups at all.
func (g *groups) find(n *Node) (any bool) {
	if n.Op == OpBackref {
		g.used[n.Index] = true
	}
	any = n.Op == OpGroup || n.Op == OpBackref
	for _, sub := range n.Sub {
		any = g.find(sub) || any
	}
	return any
}

func (g *groups) rebuild(n *Node) *Node {
	subs := make([]*Node, len(n.Sub))
	for i, sub := range n.Sub {
		subs[i] = g.rebuild(sub)
	}
	switch n.Op {
	case OpConcat:
		return concat(subs...)
	case OpAlternate:
		return alternate(subs)
	case OpRepeat:
		return repeat(subs[0], n.Min, n.Max)
	case OpGroup:
		if !g.used[n.Index] {
			return subs[0]
		}
		return &Node{Op: OpGroup, Index: g.renumbered(n.Index), Sub: subs}
	case OpBackref:
		return &Node{Op: OpBackref, Index: g.renumbered(n.Index), Fold: n.Fold}
	}
	return n
}

func (g *groups) renumbered(index int) int {
	if g.number[index] == 0 {
		*g.next++
		g.number[index] = *g.next
	}
	return g.number[index]
}
