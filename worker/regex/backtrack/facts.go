package backtrack

import (
	"slices"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// facts is what is worked out about a program before it is used for long lines.
type facts struct {
	recurs       []bool // of the end of a group: what it matched must occur again after it
	folds        bool   // some back-reference ignores case
	againstOrder bool   // some state leads to one with a higher number, without a character
	groups       []groupBytes
}

// groupBytes is what a group may match.
type groupBytes struct {
	has        [256]bool
	mayBeEmpty bool
}

// maxWalk limits the states that are visited to find what must occur again.
const maxWalk = 1 << 24

func newFacts(p *program, n *syntax.Node) *facts {
	f := &facts{recurs: make([]bool, len(p.insts)), groups: make([]groupBytes, p.groups+1)}
	f.collect(n)
	seen := newQueue(len(p.insts))
	walked := 0
	for state := range p.insts {
		in := &p.insts[state]
		switch in.op {
		case opClose:
			f.recurs[state] = walked < maxWalk && p.mustRecur(in, &seen)
			walked += len(seen.threads)
		case opBackref:
			f.folds = f.folds || in.fold
		case opByte, opSet, opMatch, opFail:
			continue
		}
		ahead := max(in.next, in.other)
		if in.op != opSplit {
			ahead = in.next
		}
		f.againstOrder = f.againstOrder || ahead > int32(state)
	}
	if f.folds {
		for i := range f.groups {
			f.groups[i].fold()
		}
	}
	return f
}

// mustRecur reports whether each way from the end of a group to that of the match has a
// back-reference to the group, before the group starts anew.
func (p *program) mustRecur(end *inst, seen *queue) bool {
	seen.reset()
	seen.add(end.next, 0)
	for i := 0; i < len(seen.threads); i++ {
		in := &p.insts[seen.threads[i].state]
		switch {
		case in.op == opMatch, in.op == opOpen && in.slot == end.slot:
			return false
		case in.op == opFail, in.op == opBackref && in.slot == end.slot:
			continue
		case in.op == opSplit:
			seen.add(in.other, 0)
		}
		seen.add(in.next, 0)
	}
	return true
}

// collect notes what the groups below n may match.
func (f *facts) collect(n *syntax.Node) {
	if n.Op == syntax.OpGroup {
		g := &f.groups[n.Index] // it may have been copied
		g.add(n.Sub[0])
		g.mayBeEmpty = g.mayBeEmpty || mayBeEmpty(n.Sub[0])
	}
	for _, sub := range n.Sub {
		f.collect(sub)
	}
}

// add adds the bytes of what n matches.
func (g *groupBytes) add(n *syntax.Node) {
	for _, b := range n.Literal {
		g.has[b] = true
	}
	if n.Set != nil {
		for b := range g.has {
			isBeyond := b >= utf8.RuneSelf && len(n.Set.Runes) > 0
			g.has[b] = g.has[b] || isBeyond || n.Set.HasByte(byte(b))
		}
	}
	if n.Op == syntax.OpBackref {
		g.addAll(0)
	}
	for _, sub := range n.Sub {
		g.add(sub)
	}
}

// addAll adds all bytes from this one on.
func (g *groupBytes) addAll(from int) {
	for b := from; b < len(g.has); b++ {
		g.has[b] = true
	}
}

// fold adds what is the same except for case: of an ASCII letter, also characters beyond ASCII, and
// the other way round.
func (g *groupBytes) fold() {
	if slices.Contains(g.has[utf8.RuneSelf:], true) {
		g.addAll(0)
	}
	for b := 'a'; b <= 'z'; b++ {
		has := g.has[b] || g.has[b-0x20]
		g.has[b], g.has[b-0x20] = has, has
	}
	g.addAll(utf8.RuneSelf)
}

func mayBeEmpty(n *syntax.Node) bool {
	switch n.Op {
	case syntax.OpEmpty, syntax.OpLook, syntax.OpBackref:
		return true
	case syntax.OpConcat:
		return !slices.ContainsFunc(n.Sub, func(n *syntax.Node) bool { return !mayBeEmpty(n) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(n.Sub, mayBeEmpty)
	case syntax.OpRepeat:
		return n.Min == 0 || mayBeEmpty(n.Sub[0])
	case syntax.OpGroup:
		return mayBeEmpty(n.Sub[0])
	}
	return false
}
