package perl

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// generator makes random patterns and lines for them.
type generator struct {
	*rand.Rand
	groups int
	odd    bool // also what is rare or most likely an error
}

func (g *generator) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g *generator) pattern() string {
	g.groups = 0
	g.odd = g.IntN(3) == 0
	return g.alternation(3)
}

func (g *generator) alternation(depth int) string {
	s := g.sequence(depth)
	for g.IntN(4) == 0 {
		s += "|" + g.sequence(depth)
	}
	return s
}

func (g *generator) sequence(depth int) string {
	var s strings.Builder
	for range g.IntN(4) {
		s.WriteString(g.item(depth))
	}
	return s.String()
}

func (g *generator) item(depth int) string {
	s := g.atom(depth)
	if strings.HasPrefix(s, "(") && g.IntN(3) == 0 {
		// Not *+, after which PCRE2 10.42 does not forget what a group had matched when it goes
		// back.
		return s + g.pick("*", "+", "?", "{2}", "{1,2}", "{2,}", "++", "*?", "+?", "??", "{1,2}+")
	}
	if g.IntN(3) == 0 && (g.odd || g.repeatable(s)) && !strings.HasPrefix(s, "(") {
		s += g.pick("*", "+", "?", "{2}", "{1,2}", "{0,2}", "{2,}", "{0}", "{1}") + g.pick("", "", "?", "+")
	}
	return s
}

// repeatable reports whether a quantifier may follow s.
func (g *generator) repeatable(s string) bool {
	switch s {
	case "^", "$", `\b`, `\B`, `\A`, `\z`, `\Z`, `\G`:
		return false
	}
	return true
}

func (g *generator) atom(depth int) string {
	if depth > 0 && g.IntN(3) == 0 {
		return g.group(depth - 1)
	}
	switch g.IntN(12) {
	case 0:
		return g.pick("^", "$", `\b`, `\B`, `\A`, `\z`, `\Z`, `\G`, "(?!a)", "(?<!b)", `(?<=\w)`)
	case 1:
		return g.class()
	case 2:
		return g.pick(".", `\w`, `\W`, `\d`, `\D`, `\s`, `\S`, `\h`, `\H`, `\v`, `\V`, `\N`, `\R`)
	case 3:
		if g.odd {
			return g.rare()
		}
		return "é"
	case 4:
		if g.groups > 0 {
			return fmt.Sprintf(`\%d`, 1+g.IntN(g.groups))
		}
		return "b"
	case 5:
		return g.pick("é", "É", "A", "_", "1", " ", "-", "k", "K", "ſ", "S")
	}
	return g.pick("a", "b", "a", "b", "ab", "c")
}

func (g *generator) group(depth int) string {
	inner := func() string { return g.alternation(depth) }
	switch n := g.IntN(14); n {
	case 0:
		return "(?=" + inner() + ")"
	case 1:
		return "(?!" + inner() + ")"
	case 2:
		return "(?>" + inner() + ")"
	case 3:
		return g.pick("(?<=", "(?<!") + g.pick("a", "b", "ab|b", "é", ".", `\w\W`, "^", "a|", "(a)", "a{2}") + ")"
	case 4:
		return "(?" + g.pick("i", "s", "m", "x", "U", "-i", "i-s", "xx") + g.pick(":", ":", ")(?:") + inner() + ")"
	case 5, 6, 7:
		g.groups++
		return "(" + inner() + ")"
	case 8:
		if g.odd {
			return "(?|" + inner() + ")"
		}
		g.groups++
		return fmt.Sprintf("(?<n%d>", g.groups) + inner() + ")"
	case 9:
		if g.odd && g.groups > 0 {
			return fmt.Sprintf("(?(%d)", 1+g.IntN(g.groups)) + inner() + ")"
		}
	case 10:
		if g.odd {
			look := g.pick("?=a", "?!b", "?<=a", "?<!b", "?=a*", "?!b|", "?<=ab", "?<!ba", "?=.{0,2}")
			return "(?(" + look + ")" + g.sequence(depth) + "|" + g.sequence(depth) + ")"
		}
	}
	return "(?:" + inner() + ")"
}

func (g *generator) class() string {
	var s strings.Builder
	s.WriteString("[" + g.pick("", "", "^"))
	for range 1 + g.IntN(3) {
		s.WriteString(g.pick("a", "b", "a-c", "A-Z", "é", "à-ï", `\d`, `\w`, `\W`, `\S`, "[:alpha:]", "[:^upper:]", "[:lower:]",
			"[:punct:]", "-", `\-`, "_", " ", `\x{e9}`, "1-9", `\h`, "^", "k"))
	}
	return s.String() + "]"
}

// rare returns what few patterns contain.
func (g *generator) rare() string {
	switch g.IntN(12) {
	case 0:
		return g.pick("(*ACCEPT)", "(*F)", "(*COMMIT)", "(*PRUNE)", "(*SKIP)", "(*THEN)")
	case 1:
		return g.pick(`\K`, `\Qa*\E`, `\Q\E`, `(?#b)`, `\E`)
	case 2:
		return g.pick("(?1)", "(?R)", "(?-1)", "(?+1)", `\g<1>`, "(?2)")
	case 3:
		return g.pick(`\g1`, `\g{1}`, `\g{-1}`, `\k<n1>`, "(?P=n1)", `\g{n1}`, "(?P>n1)", "(?&n1)")
	case 4:
		return g.pick(`\x61`, `\x{e9}`, `\141`, `\o{141}`, `\cA`, `\e`, `\012`, `\08`, `\18`, `\xff`, `\N{U+e9}`)
	case 5:
		return g.pick(`\p{L}`, `\P{L}`, `\p{Lu}`, `\pN`, `\p{^Ll}`, `\p{Any}`, `\p{L&}`, `\p{Xwd}`)
	case 6:
		return g.pick("{", "}", "]", "{,2}", "{a}", `\`, ")", "(", "[", "*", "(?", "[[:foo:]]", "[b-a]", `[\d-a]`, "(?z)")
	case 7:
		return g.pick("(?(R)a|b)", "(?(DEFINE)(?<n9>a))", "(?C1)", "(?(VERSION>=10.4)a|b)", "[[:<:]]", "[[:>:]]")
	case 8:
		return g.pick("(*MARK:x)", "(*SKIP:x)", "(*PRUNE:x)")
	}
	return g.pick("(?i)", "(?s)", "(?m)", "(?x)", "(?-i)", "(?U)", "(?^)", "(?n)")
}

var linePieces = []string{
	"a", "b", "a", "b", "ab", "c", "A", "B", "é", "É", "1", " ", "-", "_", "aa", "bb",
	"k", "\u212a", "ſ", "\t", "ß",
}

func (g *generator) line(o Options) string {
	var s strings.Builder
	broken := g.IntN(3) == 0
	for range g.IntN(9) {
		switch {
		case broken && g.IntN(4) == 0:
			s.WriteString(g.pick("\xff", "\xc3", "\xa9", "\xe2\x82", "\xed\xa0\x80", "\xf5", "\xc0\x80", "\xf0\x9f\x98"))
		case o.Null && g.IntN(5) == 0:
			s.WriteString("\n")
		default:
			s.WriteString(g.pick(linePieces...))
		}
	}
	return s.String()
}

func (g *generator) lines(o Options, n int) []string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = g.line(o)
	}
	return lines
}

func (g *generator) options() Options {
	o := Options{UTF8: g.IntN(3) > 0}
	switch g.IntN(6) {
	case 0:
		o.FoldCase = true
	case 1:
		o.Words = true
	case 2:
		o.Lines = true
	case 3:
		o.Null = true
	case 4:
		o = Options{
			FoldCase: g.IntN(2) == 0, Words: g.IntN(2) == 0, Lines: g.IntN(3) == 0,
			Null: g.IntN(3) == 0, UTF8: o.UTF8,
		}
	}
	return o
}

// patterns returns how many random patterns to try: PATTERNS, if that is set.
func patterns(fewer int) int {
	if n, err := strconv.Atoi(os.Getenv("PATTERNS")); err == nil {
		return n
	}
	return fewer
}

// seed returns SEED, or 1.
func seed() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("SEED"), 10, 64); err == nil {
		return n
	}
	return 1
}

func TestRandomPatterns(t *testing.T) {
	g := &generator{Rand: rand.New(rand.NewPCG(seed(), 2))}
	failures := 0
	for range patterns(200) {
		pattern, o := g.pattern(), g.options()
		if !compare(t, pattern, o, g.lines(o, 40)) {
			if failures++; failures == 20 {
				t.FailNow()
			}
		}
	}
}
