package regex

import "github.com/linefork/linefork/worker/regex/syntax"

// mostCopied limits the number of nodes that replace back-references.
const mostCopied = 10_000

// superset returns n with each back-reference replaced by a copy of its group. That matches
// everything that n matches, and is regular. Conditions of the group on the characters around it
// are not in the copy, since they may not hold there. If the copies get too large, any string takes
// their place.
func superset(n *syntax.Node) *syntax.Node {
	r := replacer{groups: make(map[int][]*syntax.Node)}
	r.collect(n)
	return r.replace(n)
}

type replacer struct {
	groups map[int][]*syntax.Node // what the groups contain, by number
	depth  int                    // of copies within copies
	copied int                    // nodes so far
}

// collect notes the groups below n. Several can have the same number where the parser copied some
// of the tree, or where patterns were joined.
func (r *replacer) collect(n *syntax.Node) {
	if n.Op == syntax.OpGroup {
		r.groups[n.Index] = append(r.groups[n.Index], n.Sub[0])
	}
	for _, sub := range n.Sub {
		r.collect(sub)
	}
}

func (r *replacer) replace(n *syntax.Node) *syntax.Node {
	r.copied++
	switch n.Op {
	case syntax.OpBackref:
		return r.group(n.Index)
	case syntax.OpGroup:
		return r.replace(n.Sub[0])
	case syntax.OpLook:
		if r.depth > 0 {
			return &syntax.Node{Op: syntax.OpEmpty}
		}
	}
	if len(n.Sub) == 0 {
		return n
	}
	changed := *n
	changed.Sub = make([]*syntax.Node, len(n.Sub))
	for i, sub := range n.Sub {
		changed.Sub[i] = r.replace(sub)
	}
	return &changed
}

// group returns the copy for a back-reference.
func (r *replacer) group(index int) *syntax.Node {
	if r.copied > mostCopied {
		return anyString
	}
	r.depth++
	copies := &syntax.Node{Op: syntax.OpAlternate}
	for _, sub := range r.groups[index] {
		copies.Sub = append(copies.Sub, r.replace(sub))
	}
	r.depth--
	return copies
}

var anyString = &syntax.Node{
	Op: syntax.OpRepeat, Max: syntax.Unlimited,
	Sub: []*syntax.Node{{Op: syntax.OpSet, Set: &syntax.Set{
		Bytes: [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)},
		Runes: []syntax.RuneRange{{Lo: 0x80, Hi: 0x10ffff}},
	}}},
}
