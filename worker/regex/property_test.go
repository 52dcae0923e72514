package regex

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/window"
)

// TestAgainstReference tries random patterns on random blocks, with every strategy there is for
// them. REGEX_TRIALS sets their number.
func TestAgainstReference(t *testing.T) {
	trials := trials(800)
	r := rand.New(rand.NewPCG(uint64(trials), 4))
	defer func(n int) { longStep = n }(longStep)
	ran := make(map[string]int)
	for range trials {
		g := maker{r}
		s := g.spec()
		if _, err := s.Parse(); err != nil {
			continue
		}
		ref := reference(t, s)
		for range 2 {
			b := g.block(s)
			longStep = window.Step
			if r.IntN(2) == 0 {
				longStep = 1 + r.IntN(40)
			}
			all := records(s, ref, b)
			if ref.GaveUp() != nil {
				break
			}
			s.Sample = nil
			if r.IntN(2) == 0 {
				s.Sample = g.block(s)
			}
			for _, v := range variants(t, s) {
				e := v.strategy.engine()
				ran[v.name]++
				for range 1 + r.IntN(2) {
					check(t, v.name, s, e, all, ref, b)
				}
			}
		}
	}
	for _, name := range []string{
		"literal", "literals", "words", "attempts", "filter", "automaton", "records", "union",
		"everything", "nothing",
	} {
		if n := ran["as chosen: "+name]; n < trials/200 {
			t.Errorf("strategy %s was chosen %d times in %d trials", name, n, trials)
		}
	}
}

// trials returns n, or what the environment says.
func trials(n int) int {
	if m, err := strconv.Atoi(os.Getenv("REGEX_TRIALS")); err == nil {
		return m
	}
	return n
}

type variant struct {
	name     string
	strategy strategy
}

// variants returns the strategy that is chosen for s, and those that are chosen for other costs and
// sizes.
func variants(t testing.TB, s *Spec) (all []variant) {
	t.Helper()
	add := func(name string, change func(c *chooser), after func(p strategy)) {
		p, err := s.Parse()
		if err != nil {
			t.Fatal(err)
		}
		c := newChooser(s)
		change(c)
		chosen := c.choose(p)
		after(chosen)
		all = append(all, variant{name + ": " + chosen.name(), chosen})
	}
	none := func(strategy) {}
	add("as chosen", func(*chooser) {}, none)
	add("filter", func(c *chooser) { c.automaton = math.Inf(1) }, none)
	add("no filter", func(c *chooser) { c.automaton = 0 }, none)
	add("list", func(c *chooser) { c.inTree = 0 }, none)
	add("many", func(c *chooser) {
		c.leastMany, c.groupSize, c.automaton = 2, 1+len(s.Patterns)%2, math.Inf(1)
	}, none)
	add("no automaton", func(*chooser) {}, func(p strategy) {
		if c, ok := p.(*crlf); ok {
			p = c.plain
		}
		if r, ok := p.(*regular); ok {
			r.dfa = nil
		}
	})
	return all
}

// maker makes random patterns and blocks, of pieces that go well together.
type maker struct{ r *rand.Rand }

func (g maker) pick(from ...string) string { return from[g.r.IntN(len(from))] }
func (g maker) odds(n int) bool            { return g.r.IntN(n) == 0 }

func (g maker) spec() *Spec {
	s := &Spec{
		Language: Language(g.r.IntN(4)),
		FoldCase: g.odds(4), Words: g.odds(6), Lines: g.odds(7),
		UTF8: g.odds(2), Null: g.odds(6), CRLF: g.odds(6), None: g.odds(60),
	}
	patterns := 1
	if s.Language != Perl && g.odds(3) {
		patterns = 1 + g.r.IntN(4)
	}
	var lines []string
	if s.Language != Perl && g.odds(12) {
		patterns = g.r.IntN(3)
		begin, end, empty := g.odds(2), g.odds(2), g.odds(2)
		for range 70 {
			p := g.pattern(Fixed, 0) + strings.Repeat(",", g.r.IntN(2))
			if p == "" && !empty {
				p = ","
			}
			if begin && g.odds(2) {
				p = "^" + p
			}
			if end && g.odds(2) {
				p += "$"
			}
			lines = append(lines, p)
		}
	}
	for range patterns {
		lines = append(lines, g.pattern(s.Language, 3))
	}
	s.Patterns = []byte(strings.Join(lines, "\n"))
	return s
}

// texts is what text consists of, and so do patterns. Pairs of them make others.
var texts = []string{
	"a", "b", "ab", "foo", "bar", "k", "s", "S", "1", ",", ",1", "_", " ",
	"é", "É", "ſ", "K", "я", "Я", "∵", "丄", "乤", "\xc3", "\xa9", "\r", "-",
}

func (g maker) text() string { return texts[g.r.IntN(len(texts))] }

func (g maker) pattern(l Language, depth int) string {
	if l == Fixed || g.odds(4) {
		var b strings.Builder
		for range g.r.IntN(5) {
			b.WriteString(g.text())
		}
		return b.String()
	}
	p := g.expression(l, depth)
	if g.odds(4) {
		p = "^" + p
	}
	if g.odds(4) {
		p += "$"
	}
	return p
}

func (g maker) expression(l Language, depth int) string {
	open, close, or, optional, count := "(", ")", "|", "?", "{%d,%d}"
	if l == Basic {
		open, close, or, optional, count = `\(`, `\)`, `\|`, `\?`, `\{%d,%d\}`
	}
	kind := g.r.IntN(14)
	if depth == 0 {
		kind %= 6
	}
	sub := func() string { return g.expression(l, depth-1) }
	switch kind {
	case 0, 1, 2:
		return g.text()
	case 3:
		return g.pick("[ab]", "[^a]", "[0-9]", ".", "[a-z]", "[ks]", "[é1]", "[[:alpha:]]")
	case 4:
		return g.pick(".*", ".", `\w`, `\W`, `\b`, `\<`, `\>`, `\B`, "a*", "[^,]*,")
	case 5:
		if l == Perl {
			return g.pick("(?i:a)", "(?=a)", `\d`, "(?<!b)", "a+?", "(?=.*b)", "(?<=ab)",
				"(?!,1)", "(?<!é)", "(?>a|ab)", `\w++`, "(?:a|é)*+", `\B`)
		}
		return g.text()
	case 6, 7, 8, 9:
		return sub() + sub()
	case 10:
		return open + sub() + or + sub() + close
	case 11:
		return open + sub() + close + g.pick("*", optional)
	case 12:
		n := g.r.IntN(3)
		return open + sub() + close + fmt.Sprintf(count, n, n+g.r.IntN(3))
	}
	return open + sub() + close + sub() + g.pick(`\1`, `\1`, "")
}

// block returns records: few or many, similar or not.
func (g maker) block(s *Spec) []byte {
	var b []byte
	term := s.terminator()
	dense := g.r.IntN(4) // how much of it comes from the patterns
	lines := bytes.Split(s.Patterns, []byte("\n"))
	records := g.r.IntN(12)
	if g.odds(40) {
		records = 2000
	}
	for range records {
		if g.odds(500) {
			dense = g.r.IntN(4)
		}
		for range g.r.IntN(4) {
			if g.r.IntN(4) < dense {
				line := lines[g.r.IntN(len(lines))]
				b = append(b, bytes.Trim(line, "^$()*\\")...)
			} else {
				b = append(b, g.text()...)
			}
		}
		if g.odds(30) {
			b = append(b, strings.Repeat(g.text(), 100)...)
		}
		if s.CRLF && g.odds(2) || g.odds(40) {
			b = append(b, '\r')
		}
		b = append(b, term)
		if g.odds(50) {
			b = append(b, '\n')
		}
		if s.Null && g.odds(3) {
			b = append(b, '\n')
		}
	}
	if len(b) > 0 && g.odds(2) {
		b = b[:len(b)-1]
	}
	if g.odds(10) {
		b = append(b, 0)
	}
	return b
}
