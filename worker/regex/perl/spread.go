package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// spread replaces groups of one character, or of a few, and the back-references to them, with
// alternatives for each character: (['"]).*\1 becomes '.*'|".*", which is regular.
func spread(root *node, utf bool, budget int) *node {
	size, most := 0, fewAlternatives
	unlimited := false
	var groups []int // referred to
	root.visit(func(n *node) {
		size++
		unlimited = unlimited || n.op == opRepeat && n.max == syntax.Unlimited
		if n.op == opBackref {
			groups = append(groups, n.groups...)
		}
	})
	if !unlimited {
		most = manyAlternatives // each is soon forgotten, so the automaton has few states
	}
	for _, group := range groups {
		body := root.spreads(group)
		if body == nil {
			continue
		}
		if body.isText(utf) {
			return spread(root.instead(group, body.pieces(group)), utf, budget)
		}
		set := body.oneChar(utf)
		if set == nil {
			continue
		}
		chars := members(set, most)
		if len(chars) == 0 || len(chars)*size > budget {
			continue
		}
		all := &node{op: opAlternate}
		for _, r := range chars {
			one := func(_, fold bool) *node { return &node{op: opChar, r: r, fold: fold} }
			all.sub = append(all.sub, spread(root.instead(group, one), utf, budget/len(chars)))
		}
		return all
	}
	return root
}

// isText reports whether n is a few characters of sets, one after the other.
func (n *node) isText(utf bool) bool {
	return n.op == opConcat && len(n.sub) <= mostPieces &&
		!slices.ContainsFunc(n.sub, func(s *node) bool { return s.oneChar(utf) == nil })
}

// pieces returns what replaces the group that n is in: a group of its own for each character.
func (n *node) pieces(group int) func(isGroup, fold bool) *node {
	return func(isGroup, fold bool) *node {
		all := &node{op: opConcat}
		for i, s := range n.sub {
			number := -(group*mostPieces + i) // unique
			piece := &node{op: opBackref, groups: []int{number}, fold: fold}
			if isGroup {
				piece = &node{op: opGroup, group: number, sub: []*node{s}}
			}
			all.sub = append(all.sub, piece)
		}
		return all
	}
}

const (
	fewAlternatives  = 16
	manyAlternatives = 64
	mostSpread       = 2000 // nodes in all alternatives
	mostPieces       = 8    // characters of a group
)

// spreads returns the inside of a group that each match passes once, before all references to it;
// nil if the group is not like that.
func (n *node) spreads(group int) *node {
	top := n.top(group)
	if top == nil {
		return nil
	}
	seen, fit := false, true
	n.visit(func(n *node) {
		switch {
		case n == top:
			seen = true
		case n.op == opGroup && n.group == group, n.op == opCall:
			fit = false
		case n.op == opBackref && slices.Contains(n.groups, group):
			fit = fit && seen && len(n.groups) == 1
		}
	})
	if !fit {
		return nil
	}
	return top.sub[0]
}

// top returns the group if there are only concatenations above it.
func (n *node) top(group int) *node {
	switch n.op {
	case opGroup:
		if n.group == group {
			return n
		}
		return n.sub[0].top(group)
	case opConcat:
		for _, s := range n.sub {
			if t := s.top(group); t != nil {
				return t
			}
		}
	}
	return nil
}

// members returns the characters of a set, or nil if there are more than most.
func members(s *syntax.Set, most int) []rune {
	chars := []rune{}
	for b := range 256 {
		if s.HasByte(byte(b)) {
			chars = append(chars, rune(b))
		}
	}
	for _, r := range s.Runes {
		if len(chars)+int(r.Hi-r.Lo) >= most {
			return nil
		}
		for c := r.Lo; c <= r.Hi; c++ {
			chars = append(chars, c)
		}
	}
	if len(chars) > most {
		return nil
	}
	return chars
}

// instead returns n with a group, and what refers to it, replaced by other nodes.
func (n *node) instead(group int, other func(isGroup, fold bool) *node) *node {
	switch {
	case n.op == opGroup && n.group == group:
		return other(true, false)
	case n.op == opBackref && slices.Contains(n.groups, group):
		return other(false, n.fold)
	case len(n.sub) == 0:
		return n
	}
	changed := *n
	changed.sub = make([]*node, len(n.sub))
	for i, s := range n.sub {
		changed.sub[i] = s.instead(group, other)
	}
	return &changed
}
