package dfa

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// reference is a plain matcher: it follows the tree with sets of positions. It
// takes records of up to 63 bytes.
type reference struct {
	tree  *syntax.Node
	utf8  bool
	calls int // as a Fallback
}

func (r *reference) Match(line []byte) bool {
	r.calls++
	return r.match(line)
}

func (r *reference) Find(line []byte, from int) (start, end int, ok bool) {
	r.calls++
	return r.find(line, from)
}

func (r *reference) match(line []byte) bool {
	_, _, ok := r.find(line, 0)
	return ok
}

func (r *reference) find(line []byte, from int) (start, end int, ok bool) {
	for start := from; start <= len(line); start++ {
		if ends := r.ends(r.tree, line, 1<<start); ends != 0 {
			for end = len(line); ends>>end&1 == 0; end-- {
			}
			return start, end, true
		}
	}
	return 0, 0, false
}

// lines returns the first byte of each record that matches.
func (r *reference) lines(b []byte, terminator byte) (starts []int) {
	for pos := 0; pos < len(b); {
		end := len(b)
		next := end
		if i := bytes.IndexByte(b[pos:], terminator); i >= 0 {
			end, next = pos+i, pos+i+1
		}
		if r.match(b[pos:end]) {
			starts = append(starts, pos)
		}
		pos = next
	}
	return starts
}

// ends returns the set of positions where a string of n ends that starts at a position of starts.
func (r *reference) ends(n *syntax.Node, line []byte, starts uint64) (ends uint64) {
	if starts == 0 {
		return 0
	}
	switch n.Op {
	case syntax.OpEmpty:
		return starts
	case syntax.OpLiteral:
		for i := range line {
			if starts>>i&1 != 0 && bytes.HasPrefix(line[i:], n.Literal) {
				ends |= 1 << (i + len(n.Literal))
			}
		}
	case syntax.OpSet:
		for i := range line {
			if starts>>i&1 == 0 {
				continue
			}
			if n.Set.HasByte(line[i]) && !(r.utf8 && inCharacter(line, i)) {
				ends |= 1 << (i + 1)
			}
			if c, size := utf8.DecodeRune(line[i:]); size > 1 {
				for _, r := range n.Set.Runes {
					if r.Lo <= c && c <= r.Hi {
						ends |= 1 << (i + size)
					}
				}
			}
		}
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			starts = r.ends(sub, line, starts)
		}
		return starts
	case syntax.OpAlternate:
		for _, sub := range n.Sub {
			ends |= r.ends(sub, line, starts)
		}
	case syntax.OpRepeat:
		for range n.Min {
			starts = r.ends(n.Sub[0], line, starts)
		}
		ends = starts
		for i := n.Min; i != n.Max; i++ {
			old := ends
			starts = r.ends(n.Sub[0], line, starts)
			if ends |= starts; ends == old && n.Max == syntax.Unlimited {
				break
			}
		}
	case syntax.OpGroup:
		return r.ends(n.Sub[0], line, starts)
	case syntax.OpLook:
		for i := range len(line) + 1 {
			if starts>>i&1 != 0 && n.Look.Holds(r.before(line, i), r.after(line, i)) {
				ends |= 1 << i
			}
		}
	}
	return ends
}

// inCharacter reports whether line[i] is part of a character of several bytes.
func inCharacter(line []byte, i int) bool {
	for start := max(0, i-utf8.UTFMax+1); start <= i; start++ {
		if _, size := utf8.DecodeRune(line[start:]); size > 1 && start+size > i {
			return true
		}
	}
	return false
}

func (r *reference) before(line []byte, i int) syntax.Beside {
	if i == 0 {
		return syntax.Edge
	}
	c, size := rune(line[i-1]), 1
	if r.utf8 {
		c, size = utf8.DecodeLastRune(line[:i])
	}
	return r.beside(c, size, line[i-1])
}

func (r *reference) after(line []byte, i int) syntax.Beside {
	if i == len(line) {
		return syntax.Edge
	}
	c, size := rune(line[i]), 1
	if r.utf8 {
		c, size = utf8.DecodeRune(line[i:])
	}
	return r.beside(c, size, line[i])
}

func (r *reference) beside(c rune, size int, b byte) syntax.Beside {
	if c == utf8.RuneError && size == 1 && unicode.IsLetter(rune(b)) {
		return syntax.Stray
	}
	if c == '_' || (c < 0x80 || r.utf8) && c != utf8.RuneError &&
		(unicode.IsLetter(c) || unicode.IsDigit(c)) {
		return syntax.Word
	}
	return syntax.Other
}

// source makes random choices.
type source func(n int) int

func (s source) tree(depth int, utf8, looks bool) *syntax.Node {
	kinds := 10
	if depth == 0 {
		kinds = 5
	}
	subs := func(least int) (subs []*syntax.Node) {
		for range least + s(3) {
			subs = append(subs, s.tree(depth-1, utf8, looks))
		}
		return subs
	}
	switch s(kinds) {
	case 0, 1:
		n := &syntax.Node{Op: syntax.OpLiteral}
		for range 1 + s(3) {
			n.Literal = append(n.Literal, s.piece(utf8)...)
		}
		return n
	case 2:
		return &syntax.Node{Op: syntax.OpSet, Set: s.set(utf8)}
	case 3:
		if s(8) == 0 {
			return &syntax.Node{Op: syntax.OpNone}
		}
		return &syntax.Node{Op: syntax.OpEmpty}
	case 4:
		if !looks {
			return &syntax.Node{Op: syntax.OpSet, Set: s.set(utf8)}
		}
		all := []syntax.Look{
			syntax.Begin, syntax.End, syntax.WordStart, syntax.WordEnd, syntax.WordEdge,
			syntax.NoWordEdge, syntax.Look(s(512)), syntax.NoWordBefore, syntax.NoWordAfter,
		}
		if utf8 {
			all = all[:len(all)-2] // a tree with these has none of the others; see [syntax.Stray]
		}
		return &syntax.Node{Op: syntax.OpLook, Look: all[s(len(all))]}
	case 5, 6:
		return &syntax.Node{Op: syntax.OpConcat, Sub: subs(2)}
	case 7:
		return &syntax.Node{Op: syntax.OpAlternate, Sub: subs(1)}
	case 8:
		n := &syntax.Node{
			Op: syntax.OpRepeat, Min: s(3), Sub: []*syntax.Node{s.tree(depth-1, utf8, looks)},
		}
		n.Max = n.Min + s(3)
		if s(2) == 0 {
			n.Max = syntax.Unlimited
		}
		return n
	}
	return &syntax.Node{
		Op: syntax.OpGroup, Index: 1, Sub: []*syntax.Node{s.tree(depth-1, utf8, looks)},
	}
}

// pieces are what records and patterns are made of; those from the first beyond ASCII on occur only
// in UTF-8, or as bytes.
var pieces = []string{
	"a", "b", "a", "b", "_", ",", " ", "\r", "é", "ê", "€", "—", "😀", "中",
	"\x80", "\xA9", "\xFF", "\xE2\x82", "\xED\xA0\x80", "\xC0\x80",
}

func (s source) piece(utf8 bool) string {
	if !utf8 || s(3) > 0 {
		return pieces[s(8)]
	}
	return pieces[s(len(pieces))]
}

func (s source) set(utf8 bool) *syntax.Set {
	set := &syntax.Set{}
	for range s(4) {
		set.AddByte(pieces[s(8)][0])
	}
	if s(3) == 0 {
		for b := range 0x80 {
			set.Bytes[b/64] ^= 1 << (b % 64)
		}
	}
	if s(16) == 0 {
		set.AddByte(byte(s(256)))
	}
	if !utf8 {
		return set
	}
	switch s(4) {
	case 0:
		set.Runes = []syntax.RuneRange{{Lo: 0x80, Hi: 0x10FFFF}}
	case 1:
		set.Runes = []syntax.RuneRange{{Lo: 0x80, Hi: 'é' - 1}, {Lo: 'ê', Hi: 0x10FFFF}}
	case 2:
		for c := rune(0x80); c < 0x20000; {
			lo := c + rune(s(0x3000))
			hi := lo + rune(s(0x3000))
			set.Runes = append(set.Runes, syntax.RuneRange{Lo: lo, Hi: hi})
			c = hi + 1
		}
	}
	return set
}

// data returns up to n records of up to 40 bytes.
func (s source) data(n int, terminator byte, foreign bool) (b []byte) {
	for range s(n + 1) {
		for range s(10) {
			if foreign && s(4) == 0 {
				b = append(b, pieces[s(len(pieces))]...)
			} else {
				b = append(b, pieces[s(8)]...)
			}
		}
		if s(20) == 0 {
			b = append(b, terminator^'\n') // the one that is an ordinary byte
		}
		b = append(b, terminator)
	}
	if len(b) > 0 && s(2) == 0 {
		b = b[:len(b)-1]
	}
	return b
}

func show(n *syntax.Node) string {
	s := fmt.Sprint(n.Op, n.Look, n.Min, n.Max)
	if n.Literal != nil {
		s += fmt.Sprintf("%q", n.Literal)
	}
	if n.Set != nil {
		s += fmt.Sprintf("%x %x", n.Set.Bytes, n.Set.Runes)
	}
	for _, sub := range n.Sub {
		s += "(" + show(sub) + ")"
	}
	return s
}
