package perl

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// spread replaces groups of one character, and the back-references to them, by
// alternatives for each character: (['"]).*\1 becomes '.*'|".*", which is
// regular.
func spread(root *node, utf bool, budget int) *node {
	size, most := 0, fewAlternatives
	unlimited := false
	var groups []int // referred to
	root.each(func(n *node) {
		size++
		unlimited = unlimited || n.op == opRepeat && n.max == syntax.Unlimited
		if n.op == opBackref {
			groups = append(groups, n.groups...)
		}
	})
	if !unlimited {
		most = manyAlternatives // each is forgotten soon, so the automaton has few states
	}
	for _, group := range groups {
		set := root.spreads(group, utf)
		if set == nil {
			continue
		}
		chars := members(set, most)
		if len(chars) == 0 || len(chars)*size > budget {
			continue
		}
		all := &node{op: opAlternate}
		for _, r := range chars {
			all.sub = append(all.sub, spread(root.instead(group, r), utf, budget/len(chars)))
		}
		return all
	}
	return root
}

const (
	fewAlternatives  = 16
	manyAlternatives = 64
	mostSpread       = 2000 // nodes in all alternatives
)

// spreads returns the set of a group of one character that each match goes
// through once, before all references to it; nil if the group is another.
func (n *node) spreads(group int, utf bool) (set *syntax.Set) {
	top := n.top(group)
	if top == nil {
		return nil
	}
	seen, fit := false, true
	n.each(func(n *node) {
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
	return top.sub[0].oneChar(utf)
}

// top returns the group if there is nothing but concatenations above it.
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

// members returns the characters of a set, nil if there are more than most.
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

// instead returns n with r in the place of a group and of what refers to it.
func (n *node) instead(group int, r rune) *node {
	switch {
	case n.op == opGroup && n.group == group:
		return &node{op: opChar, r: r}
	case n.op == opBackref && slices.Contains(n.groups, group):
		return &node{op: opChar, r: r, fold: n.fold}
	case len(n.sub) == 0:
		return n
	}
	changed := *n
	changed.sub = make([]*node, len(n.sub))
	for i, s := range n.sub {
		changed.sub[i] = s.instead(group, r)
	}
	return &changed
}
