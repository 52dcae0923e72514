package perl

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// simulate matches with a tree, position by position: it returns the ends of
// all matches of n that begin at one of the positions from.
type simulation struct {
	line []byte
	utf  bool
}

type positions map[int]bool

func (s simulation) match(tree *syntax.Node) bool {
	from := positions{}
	for i := range len(s.line) + 1 {
		from[i] = true
	}
	return len(s.ends(tree, from)) > 0
}

func (s simulation) ends(n *syntax.Node, from positions) positions {
	to := positions{}
	switch n.Op {
	case syntax.OpEmpty:
		return from
	case syntax.OpLiteral:
		for i := range from {
			if i+len(n.Literal) <= len(s.line) && string(s.line[i:i+len(n.Literal)]) == string(n.Literal) {
				to[i+len(n.Literal)] = true
			}
		}
	case syntax.OpSet:
		for i := range from {
			if w := s.width(n.Set, i); w > 0 {
				to[i+w] = true
			}
		}
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			from = s.ends(sub, from)
		}
		return from
	case syntax.OpAlternate:
		for _, sub := range n.Sub {
			for i := range s.ends(sub, from) {
				to[i] = true
			}
		}
	case syntax.OpRepeat:
		for i := 0; ; i++ {
			before := len(to)
			if i >= n.Min {
				for j := range from {
					to[j] = true
				}
			}
			if i == n.Max || i > n.Min && len(to) == before {
				return to
			}
			from = s.ends(n.Sub[0], from)
		}
	case syntax.OpLook:
		for i := range from {
			if n.Look.Holds(s.beside(i-1, i), s.beside(i, i)) {
				to[i] = true
			}
		}
	}
	return to
}

func (s simulation) width(set *syntax.Set, i int) int {
	if i == len(s.line) {
		return 0
	}
	if s.utf && s.line[i] >= utf8.RuneSelf {
		r, w := utf8.DecodeRune(s.line[i:])
		if w > 1 {
			for _, x := range set.Runes {
				if x.Lo <= r && r <= x.Hi {
					return w
				}
			}
			return 0
		}
	}
	if set.HasByte(s.line[i]) {
		return 1
	}
	return 0
}

// beside tells what is at i, next to the position pos.
func (s simulation) beside(i, pos int) syntax.Beside {
	switch {
	case i < 0 || i == len(s.line):
		return syntax.Edge
	case isWord(s.line[i]):
		return syntax.Word
	}
	return syntax.Other
}

// TestTree compares both trees with the matcher. Where words matter, the
// simulation knows ASCII words only, which is all that C and ASCIITree need.
func TestTree(t *testing.T) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed(), 3))}
	trees, lines := 0, 0
	for range patterns(3000) {
		pattern, o := g.pattern(), g.options()
		p, err := Parse([]byte(pattern), o)
		if err != nil || p.ASCIITree == nil {
			continue
		}
		trees++
		if p.Tree != nil && fmt.Sprint(p.Tree) != fmt.Sprint(p.ASCIITree) {
			t.Fatalf("%q with %v: two trees", pattern, o)
		}
		m := p.Matcher()
		for range 20 {
			line := []byte(g.line(o))
			lines++
			want := m.Match(line)
			if got := (simulation{line: line, utf: o.UTF8}).match(p.ASCIITree); got != want {
				t.Fatalf("%q with %v on %q: tree %v, matcher %v", pattern, o, line, got, want)
			}
		}
	}
	if trees == 0 {
		t.Fatal("no trees")
	}
	t.Logf("%d trees, %d lines", trees, lines)
}

func TestTreeOf(t *testing.T) {
	utf, c := Options{UTF8: true}, Options{}
	for _, test := range []struct {
		pattern string
		o       Options
		want    string // of tree and ASCII tree: whether they are there
	}{
		{`abc`, utf, "tree ascii"},
		{`a(b|c)*?d+`, utf, "tree ascii"},
		{`^a$`, utf, "tree ascii"},
		{`^a*$`, utf, "tree ascii"},
		{`^`, utf, ""},
		{`^`, c, "tree ascii"},
		{`\bfoo\b`, utf, "ascii"},
		{`\bfoo\b`, c, "tree ascii"},
		{`\b`, utf, ""},
		{`foo`, Options{UTF8: true, Words: true}, "ascii"},
		{`foo`, Options{Words: true}, "tree ascii"},
		{`foo`, Options{UTF8: true, Lines: true}, "tree ascii"},
		{`(?i)straße`, utf, "tree ascii"},
		{`(a)\1`, utf, ""},
		{`a(?=b)`, utf, ""},
		{`a(?=\w)`, utf, "ascii"},
		{`a++b`, utf, ""},
		{`a\Kb`, utf, "tree ascii"},
		{`(?R)?a`, utf, ""},
		{`a(*SKIP)b`, utf, ""},
		{`\Aa`, utf, ""},
		{`\Aa\Z`, c, "tree ascii"},
		{`a\Z`, Options{Null: true}, ""},
	} {
		p, err := Parse([]byte(test.pattern), test.o)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if p.Tree != nil {
			got = "tree "
		}
		if p.ASCIITree != nil {
			got += "ascii"
		}
		if got != test.want {
			t.Errorf("%q with %v: %q, want %q", test.pattern, test.o, got, test.want)
		}
	}
}
