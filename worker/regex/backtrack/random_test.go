package backtrack

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

var (
	grepLists = flag.Int("grep.lists", 500, "random lists of patterns to compare with GNU grep")
	grepSeed  = flag.Uint64("grep.seed", 1, "seed of these")
)

// rowsOften is how many lists have the same rows.
const rowsOften = 20

// TestGrep compares random patterns on random rows with the real tool. Each list of patterns takes
// one call of grep for the rows and one for the positions.
func TestGrep(t *testing.T) {
	g := newGrep(t)
	r := rand.New(rand.NewPCG(*grepSeed, 1))
	null := false
	for i := range *grepLists {
		if i%rowsOften == 0 {
			null = r.IntN(6) == 0
			g.lines(randomRows(r, null), null)
		}
		q := randomQuery(r)
		q.Null = null
		if d := g.compare(q); d != "" {
			t.Error(d)
		}
	}
	t.Logf("%d patterns times rows, of which %d may differ; %d errors of glibc",
		g.compared, g.skipped, g.glibc)
	if g.glibc > g.compared/1000 {
		t.Errorf("%d errors of glibc are too many to believe", g.glibc)
	}
}

// TestNaive compares the same with the definition.
func TestNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(*grepSeed, 2))
	for range 4 * *grepLists {
		q := randomQuery(r)
		p, err := q.parse()
		if err != nil {
			continue
		}
		n := p.Tree()
		m := New(n, q.UTF8)
		m.quick = r.IntN(2) * quickSteps
		for _, row := range randomRows(r, false)[:8] {
			from := r.IntN(len(row) + 1)
			if q.UTF8 {
				from = 0
			}
			s, e, ok := m.Find(row, from)
			s2, e2, ok2, done := naiveFind(n, row, from, q.UTF8)
			if m.GaveUp() != nil || !done {
				continue
			}
			if ok != ok2 || ok && (s != s2 || e != e2) {
				t.Fatalf("%s\n%q from %d: %d, %d, %v, want %d, %d, %v", q, row, from, s, e, ok, s2, e2, ok2)
			}
			if from == 0 && m.Match(row) != ok {
				t.Fatalf("%s\n%q: Match is not %v", q, row, ok)
			}
			for pos := range len(row) + 1 {
				start, _, found := m.Find(row, pos)
				if match, ok := m.MatchAt(row, pos); ok && match != (found && start == pos) {
					t.Fatalf("%s\n%q: MatchAt %d is %v", q, row, pos, match)
				}
			}
		}
	}
}

// randomRows returns 50 rows; those that end with NUL may contain LF.
func randomRows(r *rand.Rand, null bool) [][]byte {
	alphabet := []string{
		"a", "b", "A", "1", "-", "_", " ", "é", "É", "k", "K", "s", "ß", "€", "\xff", "\xc3", "\xa9", "ab", "aa",
		"\x00", "^", "$", "*", "{", "}", "(", ")", "+", "\u212a", "\u017f", "İ", "ı",
	}
	rows := [][]byte{nil}
	for len(rows) < 50 {
		var row []byte
		few := 1 + r.IntN(len(alphabet))
		if r.IntN(2) == 0 {
			few = 4
		}
		for range r.IntN(9) {
			row = append(row, alphabet[r.IntN(few)]...)
		}
		if null {
			row = bytes.ReplaceAll(row, []byte{0}, []byte{'\n'})
		}
		rows = append(rows, row)
	}
	return rows
}

func randomQuery(r *rand.Rand) query {
	q := query{}
	q.UTF8 = r.IntN(2) == 0
	q.Language = syntax.Language(r.IntN(2))
	if r.IntN(20) == 0 {
		q.Language = syntax.Fixed
	}
	q.FoldCase = r.IntN(4) == 0
	q.Words = r.IntN(6) == 0
	q.Lines = r.IntN(6) == 0
	g := generator{Rand: r, language: q.Language, odd: r.IntN(3) == 0}
	for range 1 + r.IntN(8)/6 {
		q.patterns = append(q.patterns, g.pattern())
	}
	q.hasStrayParen = g.odd
	return q
}

// generator makes patterns.
type generator struct {
	*rand.Rand
	language syntax.Language
	odd      bool  // with odd pieces
	groups   int   // opened
	closed   []int // groups
}

func (g *generator) pick(s ...string) string { return s[g.IntN(len(s))] }

func (g *generator) op(c string) string {
	if g.language == syntax.Basic {
		return `\` + c
	}
	return c
}

func (g *generator) pattern() string {
	g.groups, g.closed = 0, nil
	if g.language != syntax.Fixed {
		return g.alternation(3)
	}
	s := ""
	for range g.IntN(4) {
		s += g.pick("a", "b", "A", "k", "é", "-", "*", `\`, "1", " ", "_", "\u212a", "\xa9")
	}
	return s
}

func (g *generator) alternation(depth int) string {
	s := g.branch(depth)
	for g.IntN(5) == 0 {
		s += g.op("|") + g.branch(depth)
	}
	return s
}

func (g *generator) branch(depth int) string {
	s := ""
	for range g.IntN(4) {
		s += g.factor(depth)
	}
	return s
}

func (g *generator) factor(depth int) string {
	s := g.atom(depth)
	for g.IntN(3) == 0 {
		bounds := g.pick("2", "1,2", "0,1", ",2", "1,", "0", ",")
		s += g.pick("*", "*", g.op("+"), g.op("?"), g.op("{")+bounds+g.op("}"))
		if g.IntN(2) == 0 {
			break
		}
	}
	return s
}

func (g *generator) atom(depth int) string {
	switch n := g.IntN(24); {
	case n < 8:
		return g.pick("a", "a", "b", "b", "A", "1", "-", "_", "é", "k", " ")
	case n < 10:
		return "."
	case n < 13 && depth > 0:
		return g.group(depth)
	case n < 15 && len(g.closed) > 0:
		return `\` + strconv.Itoa(min(9, g.closed[g.IntN(len(g.closed))]))
	case n < 17:
		return g.bracket()
	case n < 18:
		return g.pick("^", "$")
	case n < 20:
		return g.pick(`\w`, `\W`, `\s`, `\S`, `\b`, `\B`, `\<`, `\>`, "\\`", `\'`)
	case n < 21 && g.odd:
		return g.pick("{", "}", "(", ")", "[", "]", `\`, "+", "?", "|", "*", `\{`, `\}`, `\)`, `\d`, `\é`,
			"\xff", "\xa9", "^", "$", "{1", "{1a}", "{,}", ",", "É", "ß", "s", "K", "\u212a", `\/`, `\ `)
	}
	return g.pick("a", "b")
}

func (g *generator) group(depth int) string {
	g.groups++
	index := g.groups
	s := g.op("(") + g.alternation(depth-1) + g.op(")")
	g.closed = append(g.closed, index)
	return s
}

func (g *generator) bracket() string {
	s := "["
	if g.IntN(3) == 0 {
		s += "^"
	}
	for range 1 + g.IntN(3) {
		s += g.pick("a", "b", "a-b", "A-Z", "0-9",
			"[:alpha:]", "[:digit:]", "[:upper:]", "[:space:]", "[:punct:]", "_", "[.-.]", "[=a=]", "é", ":", "-", "]", `\`, "\xff", "k", "s")
	}
	return s + "]"
}
