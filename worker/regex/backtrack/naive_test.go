package backtrack

import (
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// naive is the definition of what a tree matches, for short lines: it tries all ways, and a
// function tells it what to do with each.
type naive struct {
	line   []byte
	utf8   bool
	groups map[int][2]int
	steps  int
}

const naiveSteps = 1 << 20

// naiveFind is Find by the definition. done is false if there are too many ways.
func naiveFind(n *syntax.Node, line []byte, from int, isUTF8 bool) (start, end int, ok, done bool) {
	m := naive{line: line, utf8: isUTF8, groups: map[int][2]int{}}
	boundaries := m.boundaries()
	hasRaw := hasRawLiteral(n)
	for start := from; start <= len(line); start++ {
		if !boundaries[start] && !hasRaw {
			continue
		}
		end := -1
		m.match(n, start, func(pos int) { end = max(end, pos) })
		if end >= 0 {
			return start, end, true, m.steps <= naiveSteps
		}
	}
	return 0, 0, false, m.steps <= naiveSteps
}

func hasRawLiteral(n *syntax.Node) bool {
	if n.Op == syntax.OpLiteral && !utf8.Valid(n.Literal) {
		return true
	}
	for _, sub := range n.Sub {
		if hasRawLiteral(sub) {
			return true
		}
	}
	return false
}

// boundaries says of each position whether it is between characters.
func (m *naive) boundaries() []bool {
	is := make([]bool, len(m.line)+1)
	for pos := 0; pos < len(m.line); {
		is[pos] = true
		size := 1
		if m.utf8 {
			_, size = utf8.DecodeRune(m.line[pos:])
		}
		pos += size
	}
	is[len(m.line)] = true
	return is
}

func (m *naive) match(n *syntax.Node, pos int, then func(pos int)) {
	if m.steps++; m.steps > naiveSteps {
		return
	}
	rest := m.line[pos:]
	switch n.Op {
	case syntax.OpEmpty:
		then(pos)
	case syntax.OpLiteral:
		if len(rest) >= len(n.Literal) && string(rest[:len(n.Literal)]) == string(n.Literal) {
			then(pos + len(n.Literal))
		}
	case syntax.OpSet:
		if size := m.character(n.Set, pos); size > 0 {
			then(pos + size)
		}
	case syntax.OpConcat:
		m.all(n.Sub, pos, then)
	case syntax.OpAlternate:
		for _, sub := range n.Sub {
			m.match(sub, pos, then)
		}
	case syntax.OpRepeat:
		m.rounds(n, 0, pos, then)
	case syntax.OpGroup:
		m.match(n.Sub[0], pos, func(end int) {
			old, was := m.groups[n.Index]
			m.groups[n.Index] = [2]int{pos, end}
			then(end)
			if m.groups[n.Index] = old; !was {
				delete(m.groups, n.Index)
			}
		})
	case syntax.OpBackref:
		if g, ok := m.groups[n.Index]; ok {
			s := m.line[g[0]:g[1]]
			if n.Fold {
				if size := syntax.FoldedPrefix(rest, s, m.utf8); size >= 0 {
					then(pos + size)
				}
			} else if len(rest) >= len(s) && string(rest[:len(s)]) == string(s) {
				then(pos + len(s))
			}
		}
	case syntax.OpLook:
		if n.Look.Holds(m.beside(pos, true), m.beside(pos, false)) {
			then(pos)
		}
	}
}

func (m *naive) all(nodes []*syntax.Node, pos int, then func(pos int)) {
	if len(nodes) == 0 {
		then(pos)
		return
	}
	m.match(nodes[0], pos, func(pos int) { m.all(nodes[1:], pos, then) })
}

// rounds repeats. A round beyond the minimum and the first is not empty.
func (m *naive) rounds(n *syntax.Node, done, pos int, then func(pos int)) {
	if done >= n.Min {
		then(pos)
	}
	if done == n.Max {
		return
	}
	m.match(n.Sub[0], pos, func(end int) {
		if end > pos || done < max(n.Min, 1) || n.Max != syntax.Unlimited {
			m.rounds(n, done+1, end, then)
		}
	})
}

func (m *naive) character(set *syntax.Set, pos int) int {
	if pos == len(m.line) {
		return 0
	}
	r, size := rune(m.line[pos]), 1
	if m.utf8 {
		r, size = utf8.DecodeRune(m.line[pos:])
	}
	if size > 1 {
		for _, in := range set.Runes {
			if in.Lo <= r && r <= in.Hi {
				return size
			}
		}
		return 0
	}
	if set.HasByte(m.line[pos]) && m.boundaries()[pos] {
		return 1
	}
	return 0
}

func (m *naive) beside(pos int, before bool) syntax.Beside {
	side, size := m.line[pos:], 0
	if before {
		side = m.line[:pos]
	}
	if len(side) == 0 {
		return syntax.Edge
	}
	r := rune(side[0])
	if before {
		r = rune(side[len(side)-1])
	}
	letter := r >= utf8.RuneSelf && unicode.IsLetter(r)
	if m.utf8 && before {
		r, size = utf8.DecodeLastRune(side)
	} else if m.utf8 {
		r, size = utf8.DecodeRune(side)
	}
	if syntax.IsWord(r, m.utf8) && (size != 1 || r < utf8.RuneSelf) {
		return syntax.Word
	}
	if m.utf8 && size == 1 && letter {
		return syntax.Stray
	}
	return syntax.Other
}
