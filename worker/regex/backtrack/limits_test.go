package backtrack

import (
	"bytes"
	"errors"
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
	if m.Err() != nil {
		t.Fatal(m.Err())
	}
	return m
}

// TestSteps tries back-references that take too long: the error stays.
func TestSteps(t *testing.T) {
	m := newMatcher(t, "E", `^(a*)(a*)(a*)(a*)(a*)\5\4\3\2\1b`)
	long := append(bytes.Repeat([]byte("a"), 400), "cb"...)
	if m.Match(long); !errors.Is(m.Err(), ErrSteps) {
		t.Fatalf("error %v", m.Err())
	}
	if m.Match([]byte("aab")) || !errors.Is(m.Err(), ErrSteps) {
		t.Errorf("continues after the error, %v", m.Err())
	}
	if _, _, ok := m.Find([]byte("aab"), 0); ok {
		t.Error("Find continues after the error")
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
		{`^(a*)(a*)(a*)(a*)(a*)\5\4\3\2\1b`, 2000, ""}, // compare TestSteps
	} {
		m := newMatcher(t, "E", test.pattern)
		line := []byte(strings.Repeat("a", test.times) + test.end)
		if m.Match(line) || m.Err() != nil {
			t.Errorf("%s: matches, or %v", test.pattern, m.Err())
		}
	}
}

func TestTooBig(t *testing.T) {
	p, err := syntax.Parse(splitLines("(a{1000}|b){30000}"), options("E"))
	if err != nil {
		t.Fatal(err)
	}
	m := New(p.Tree(), false)
	if !errors.Is(m.Err(), ErrTooBig) || m.Match([]byte("a")) {
		t.Errorf("error %v", m.Err())
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
