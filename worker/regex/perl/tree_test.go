package perl

import (
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// simulation matches with a tree, position by position: it returns the ends of all matches of n
// that start at one of the positions from.
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
			if i == len(s.line) {
				continue
			}
			if n.Set.HasByte(s.line[i]) {
				to[i+1] = true
			}
			if r, w := utf8.DecodeRune(s.line[i:]); s.utf && w > 1 && hasRune(n.Set.Runes, r) {
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

// beside returns what is at i, next to the position pos.
func (s simulation) beside(i, pos int) syntax.Beside {
	switch {
	case i < 0 || i == len(s.line):
		return syntax.Edge
	case isWord(s.line[i]):
		return syntax.Word
	}
	return syntax.Other
}

// TestTrees compares the trees with the matcher.
func TestTrees(t *testing.T) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed(), 3))}
	var trees [3]int
	lines, vain := 0, 0
	for range patterns(4000) {
		pattern, o := g.pattern(), g.options()
		if g.IntN(4) == 0 {
			pattern = g.around(pattern)
		}
		p, err := Parse([]byte(pattern), o)
		if err != nil || p.Trees == nil {
			continue
		}
		trees[p.Exact]++
		if p.Exact == Exact && len(p.Trees) > 1 {
			t.Fatalf("%q with %v: %d trees", pattern, o, len(p.Trees))
		}
		m := p.Matcher()
		for range 20 {
			line := []byte(g.line(o))
			lines++
			want := m.Match(line)
			if m.GaveUp() != nil {
				break
			}
			exact := p.Exact == Exact || p.Exact == ExactOnUTF8 && utf8.Valid(line)
			for i, tree := range p.Trees {
				got := (simulation{line: line, utf: p.prog.utf}).match(tree)
				if got && !want {
					vain++
				}
				if want && !got || exact && i == 0 && got != want {
					t.Fatalf("%q with %v on %q: tree %d of %d (%v) %v, matcher %v",
						pattern, o, line, i, len(p.Trees), p.Exact, got, want)
				}
			}
		}
	}
	if slices.Contains(trees[:], 0) {
		t.Error("some kind of tree is missing")
	}
	t.Logf("%d trees by exactness, %d lines, of which a tree selects %d for nothing",
		trees, lines, vain)
}

// around puts a lookaround beside a pattern, or refers to a piece of it.
func (g *generator) around(pattern string) string {
	switch g.IntN(10) {
	case 8:
		return `([ab1][\wé])(?:` + g.sequence(1) + `)\1` + pattern
	case 0:
		return pattern + "(?=" + g.alternation(1) + ")"
	case 1:
		return pattern + "(?!" + g.pick("a", `\w`, "[^a]", "é", "[aé]", `\d`, "(?i:k)") + ")"
	case 2:
		return "(?<=" + g.pick("a", "ab", "a|bc", `\w`, `é\b`, "^a", "(?<!b)a") + ")" + pattern
	case 3:
		return "(?<!" + g.pick("a", `\w`, "[^a]", "é", "[aé]", "(?i:k)") + ")" + pattern
	case 4:
		return "(?=.*" + g.sequence(1) + ")(?=.*" + g.sequence(1) + ")" + pattern
	case 5:
		g.groups++
		return "(" + g.class() + ")(?:" + pattern + `)\1`
	case 6:
		return `([ab1])(?i:\1|` + g.sequence(1) + `)([\wé])\2.*\1` + pattern
	case 7:
		return g.pick("a*+", "[ab]++", `(?>\w+)`, "(?>a{1,2})", "(?>a+?)", "(?:a|b)*+", "(?>a|ab)") + pattern
	}
	return pattern + g.pick(`\X`, `\R`, "a*+", "(?>a|ab)", "(?:ab|a)++")
}

func TestTreesOf(t *testing.T) {
	utf, c := Options{UTF8: true}, Options{}
	for _, test := range []struct {
		pattern string
		o       Options
		exact   Exactness
		trees   int
	}{
		{`abc`, utf, Exact, 1},
		{`a(b|c)*?d+`, utf, Exact, 1},
		{`^a$`, utf, Exact, 1},
		{`^a*$`, utf, Exact, 1},
		{`^`, utf, ExactOnUTF8, 1},
		{`^`, c, Exact, 1},
		{`\bfoo\b`, utf, Exact, 1},
		{`\b`, utf, Inexact, 1},
		{`^(?!a)`, utf, ExactOnUTF8, 1},
		{`(?<!a)(?!b)`, utf, Inexact, 1},
		{`\B`, c, Exact, 1},
		{`a\Bb`, utf, ExactOnUTF8, 1},
		{`foo`, Options{UTF8: true, Words: true}, Exact, 1},
		{`foo`, Options{UTF8: true, Lines: true}, Exact, 1},
		{`(?i)straße`, utf, Exact, 1},
		{`a\Kb`, utf, Exact, 1},
		{`\Aa`, utf, ExactOnUTF8, 1},
		{`\Aa\Z`, c, Exact, 1},
		{`a\Z`, Options{Null: true}, Inexact, 1},

		// Lookarounds.
		{`a(?=b)`, utf, Exact, 1},
		{`a(?=b|(?=c))`, utf, Exact, 1},
		{`(?<=ab|cd)e`, utf, Exact, 1},
		{`(?<!a)b(?!c)`, utf, Exact, 1},
		{`a(?![^,])`, utf, Inexact, 1},
		{`a(?=\w)b`, utf, Exact, 1},
		{`a(?=bc)b`, utf, Inexact, 2},
		{`^(?=.*a)(?=.*b)(?=.*c)`, c, Inexact, 3},
		{`a(?!bc)`, utf, Inexact, 1},
		{`a(?=bc)`, Options{Words: true}, Inexact, 2},
		{`(?:a(?=b))+`, c, Inexact, 1},

		// Groups without backtracking.
		{`\d++,`, c, Exact, 1},
		{`(?>\d{1,3}),`, c, Exact, 1},
		{`\d++\d`, c, Inexact, 1},
		{`(?>\d+?),`, c, Inexact, 1},
		{`é++è`, utf, Inexact, 1}, // both start with the same byte
		{`x(?>a|ab)`, c, Exact, 1},
		{`(?>a|ab)x`, c, Inexact, 1},
		{`\R`, utf, Exact, 1},
		{`\X`, utf, Exact, 1},
		{`\Xa`, utf, Inexact, 1},

		// References.
		{`(['"]).*?\1`, utf, Exact, 1},
		{`(\w)\1`, utf, Exact, 1},
		{`(\w).*\1`, utf, Inexact, 1}, // too many states
		{`(.)\1`, utf, Inexact, 1},
		{`(\d)(\d)\2\1`, c, Exact, 1},
		{`(\d\d)x\1`, c, Exact, 1},
		{`(\d\w)\1`, c, Inexact, 1}, // too many alternatives
		{`\1(a)`, c, Inexact, 1},
		{`(?:(a)|b)\1`, c, Inexact, 1},
		{`(a)(?1)\1`, c, Inexact, 1},
		{`(\w+) \1`, c, Inexact, 1},
		{`(?R)?a`, utf, Inexact, 1},

		{`(?:(?!end).)*`, utf, Exact, 1}, // matches anything
		{`a(*SKIP)b`, utf, Inexact, 1},
		{`a(*ACCEPT)b`, utf, Inexact, 0},
		{`\Ca`, utf, Inexact, 0},
		{`\Ca`, c, Exact, 1},
		{`(*LIMIT_MATCH=9)a`, c, Inexact, 0},
		{`(*NOTEMPTY)a*`, c, Inexact, 1},
	} {
		p, err := Parse([]byte(test.pattern), test.o)
		if err != nil {
			t.Fatal(err)
		}
		if p.Exact != test.exact || len(p.Trees) != test.trees {
			t.Errorf("%q with %v: exactness %d, %d trees, want %d, %d",
				test.pattern, test.o, p.Exact, len(p.Trees), test.exact, test.trees)
		}
	}
}
