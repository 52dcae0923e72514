package backtrack

import (
	"bytes"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

func newMatcher(t testing.TB, flags, pattern string) *Matcher {
	t.Helper()
	p, err := syntax.Parse(splitLines(pattern), options(flags))
	if err != nil {
		t.Fatal(err)
	}
	m := New(p.Tree(), p.Options.UTF8)
	if m.tooBig {
		t.Fatal(ErrTooBig)
	}
	return m
}

// TestSteps tries back-references that take too long, on one line but not on others.
func TestSteps(t *testing.T) {
	m := newMatcher(t, "E", `^(a*)(a*)(a*)(a*)(a*)b\5\4\3\2\1$`)
	m.most = 1 << 16
	slow := []byte(strings.Repeat("a", 200) + "b" + strings.Repeat("a", 199))
	if m.Match(slow) || m.GaveUp() != ErrSteps || m.GaveUp() != nil {
		t.Error("Match does not give up once")
	}
	if _, _, ok := m.Find(slow, 0); ok || m.GaveUp() != ErrSteps {
		t.Error("Find does not give up")
	}
	if !m.Match([]byte("aabaa")) || m.Match([]byte("aaba")) || m.GaveUp() != nil {
		t.Error("is not right about the next lines")
	}
}

// TestManyChoices has more choices on the stack than it may: the error says so, and the memory that
// they take is bounded. A line that needs fewer is matched.
func TestManyChoices(t *testing.T) {
	m := newMatcher(t, "E", `^(a|b)*c\1d`)
	m.exact.most = 100
	if !m.Match([]byte("ababcbd")) || m.GaveUp() != nil {
		t.Fatal("gave up on a short line")
	}
	long := append(bytes.Repeat([]byte("ab"), 1000), "cbd"...)
	if m.Match(long) {
		t.Error("a match")
	}
	if err := m.GaveUp(); err != ErrSteps {
		t.Errorf("error %v", err)
	}
	if most := 4 * m.exact.most; cap(m.exact.stack) > most {
		t.Errorf("a stack of %d choices, want at most %d", cap(m.exact.stack), most)
	}
}

// TestLongLine has a line whose positions do not fit.
func TestLongLine(t *testing.T) {
	m := newMatcher(t, "E", `(a)\1`)
	m.longest = 5
	if !m.Match([]byte("baab.")) || m.GaveUp() != nil {
		t.Fatal("gave up on a short line")
	}
	if m.Match([]byte("baab..")) {
		t.Error("a match")
	}
	if err := m.GaveUp(); err != ErrLong {
		t.Errorf("error %v", err)
	}
}

// TestManyWays tries few states with very many ways to match.
func TestManyWays(t *testing.T) {
	for _, test := range []struct {
		pattern string
		times   int
		end     string
	}{
		{"^(a|a)*b", 2000, ""},
		{"^(a*)*b", 2000, ""},
		{"^(a?){30}a{30}b", 2000, ""},
		{`^(a|a)*()\2b`, 2000, ""},
		{`^(a|a)*()\2b`, 60, "cb"}, // the back-reference alone fails
		{`^a*a*a*a*a*a*()\1b`, 60, "cb"},
		{`^(a*)(a*)(a*)(a*)(a*)\5\4\3\2\1b`, 2000, ""},
		{`^(a*)(a*)(a*)(a*)(a*)\5\4\3\2\1b`, 400, "cb"},
	} {
		m := newMatcher(t, "E", test.pattern)
		line := []byte(strings.Repeat("a", test.times) + test.end)
		if m.Match(line) || m.gaveUp != nil {
			t.Errorf("%s: matches, or %v", test.pattern, m.gaveUp)
		}
	}
}

func TestTooBig(t *testing.T) {
	p, err := syntax.Parse(splitLines("(a{1000}|b){30000}"), options("E"))
	if err != nil {
		t.Fatal(err)
	}
	m := New(p.Tree(), false)
	if m.Match([]byte("a")) || m.GaveUp() != ErrTooBig {
		t.Error("it is not too big")
	}
	m = newMatcher(t, "E", "^a{32767}$")
	for n, want := range map[int]bool{32766: false, 32767: true, 32768: false} {
		if got := m.Match(bytes.Repeat([]byte("a"), n)); got != want {
			t.Errorf("%d times is %v", n, got)
		}
	}
}

func TestAllocations(t *testing.T) {
	line := []byte(strings.Repeat("one two éin foo foo Bar ", 20))
	for _, test := range []struct{ flags, pattern string }{
		{"", "f[a-z]*x"}, {"u", `\bé\w*\b`}, {"iu", "bar"}, {"E", `(\w+) \1`}, {"E", `(\w+) \1x`},
	} {
		m := newMatcher(t, test.flags, test.pattern)
		m.Find(line, 0)
		if n := testing.AllocsPerRun(10, func() { m.Match(line); m.Find(line, 0) }); n > 0 {
			t.Errorf("-%s %q: %v allocations", test.flags, test.pattern, n)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	line := []byte("2013-01-07 18:16:30,142,Hügel 11,1865,25.50 café and the end of a line of some length")
	for _, bench := range []struct{ name, flags, pattern string }{
		{"absent", "u", `\bzebra\b`},
		{"word", "u", `\bend\b`},
		{"class", "u", `[[:upper:]][[:lower:]]+x`},
		{"words", "u", `\w\+ \w\+ \w\+x`},
		{"any", "u", `.*x`},
		{"fold", "iu", "zebra"},
		{"backref", "u", `\([a-z]\)\1\1`},
		{"backrefAny", "u", `\(.*\)x\1`},
	} {
		b.Run(bench.name, func(b *testing.B) {
			m := newMatcher(b, bench.flags, bench.pattern)
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				m.Match(line)
			}
		})
	}
}
