package dfa

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"regexp"
	"runtime"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// strict is a Fallback that must not be needed.
type strict struct{ t testing.TB }

func (s strict) Match(line []byte) bool {
	s.t.Errorf("declined %.40q", line)
	return false
}

func (s strict) Find(line []byte, from int) (start, end int, ok bool) {
	s.t.Errorf("declined to find in %.40q from %d", line, from)
	return 0, 0, false
}

func compile(t testing.TB, pattern string, o Options) *Program {
	t.Helper()
	p, err := Compile(parse(t, pattern, o.UTF8), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func repeat(least, most int, sub *syntax.Node) *syntax.Node {
	return &syntax.Node{Op: syntax.OpRepeat, Min: least, Max: most, Sub: []*syntax.Node{sub}}
}

func TestCompileErrors(t *testing.T) {
	a := &syntax.Node{Op: syntax.OpLiteral, Literal: []byte("a")}
	empty := &syntax.Node{Op: syntax.OpEmpty}
	for _, x := range []struct {
		tree *syntax.Node
		want error
	}{
		{repeat(0, 32767, a), nil},
		{repeat(32767, 32767, a), nil},
		{repeat(1000, 1000, repeat(1000, 1000, a)), errTooLarge},
		{repeat(32767, 32767, repeat(32767, 32767, empty)), errTooLarge},
		{repeat(0, 32767, repeat(0, syntax.Unlimited, repeat(0, 32767, empty))), errTooLarge},
		{repeat(2, 2, &syntax.Node{Op: syntax.OpBackref, Index: 1}), errBackref},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Compile(x.tree, Options{Terminator: '\n'})
		runtime.ReadMemStats(&after)
		if !errors.Is(err, x.want) {
			t.Errorf("%s: %v, want %v", show(x.tree), err, x.want)
		}
		if n := after.TotalAlloc - before.TotalAlloc; n > 100<<20 {
			t.Errorf("%s: took %d bytes", show(x.tree), n)
		}
	}
}

// TestNotDeclined tries records that the automaton must decide itself.
func TestNotDeclined(t *testing.T) {
	for _, x := range []struct{ pattern, records string }{
		{`\bfoo\b`, "foo\nnafoo x\nfoo_\n é bar\néa foo\nxé foo ü\n"},
		{`\w+ing\b`, "sing\nsinging in\n€ ing ing.\n"},
		{`^é.*ü$`, "éü\nédfsdü\né\xFFü\nü\n"},
		{`a.c`, "aéc\nabc\na\xFFc\na中c\n"},
		{`\Bfoo`, "foo\nafoo\n\xF7foo\n\xF7 afoo\n"},
	} {
		p := compile(t, x.pattern, Options{Terminator: '\n', UTF8: true})
		ref := &reference{tree: parse(t, x.pattern, true), utf8: true}
		m := p.Machine(strict{t})
		b := []byte(x.records)
		checkLines(t, m, b, ref.lines(b, '\n'))
	}
}

// manyStates is a pattern of 2^k states on random text.
const manyStates = `a[ab]{14}b`

// TestThrashing tries a pattern that reaches a new state at most bytes: the cache must stay within
// its limit, and the fallback must take over.
func TestThrashing(t *testing.T) {
	p := compile(t, manyStates, Options{Terminator: '\n'})
	p.cacheLimit = 64 << 10
	random := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, 1<<20)
	for i := range b {
		b[i] = "abababababab\n"[random.IntN(13)]
	}
	re := regexp.MustCompile(manyStates)
	plain := &standard{re: re}
	m := p.Machine(plain)
	hits := m.Lines(b, nil)
	if plain.calls == 0 {
		t.Error("never declined")
	}
	if n := 4 * cap(m.forward.table); n > 256<<10 {
		t.Errorf("the states took %d bytes", n)
	}
	i, end := 0, 0
	for line := range bytes.Lines(b) {
		end += len(line)
		if want := re.Match(line); want != (i < len(hits) && hits[i] < end) {
			t.Fatalf("record %q before %d: want %v", line, end, want)
		} else if want {
			i++
		}
	}
	if i != len(hits) {
		t.Errorf("%d hits, want %d", len(hits), i)
	}
}

// TestRenewed has a cache for half of the states of a pattern, which are rarely needed: it must be
// emptied, without asking the fallback.
func TestRenewed(t *testing.T) {
	p := compile(t, `abcdefgh|ijklmnop`, Options{Terminator: '\n'})
	p.cacheLimit = 14 << 10
	m := p.Machine(strict{t})
	quiet := bytes.Repeat([]byte("x."), 500)
	var b []byte
	for _, s := range []string{"\nabcdefg\n", "\nijklmno\n", "\nabcdefgh.\n", "\nijklmnop.\n"} {
		b = append(append(b, quiet...), s...)
	}
	b = bytes.Repeat(b, 4)
	for range 3 {
		if n := len(m.Lines(b, nil)); n != 8 {
			t.Errorf("%d hits, want 8", n)
		}
	}
	if n := len(m.forward.states); n > 16 {
		t.Errorf("%d states at the same time", n)
	}
}

// TestFewStates checks that a set is one state, in whatever order its nodes
// were found.
func TestFewStates(t *testing.T) {
	m := compile(t, `([0-9]{5},.*|x),359,1`, Options{Terminator: '\n'}).Machine(strict{t})
	random := rand.New(rand.NewPCG(1, 1))
	b := make([]byte, 100_000)
	for i := range b {
		b[i] = "12359,,x\n"[random.IntN(9)]
	}
	m.Lines(b, nil)
	if n := len(m.forward.states); n > 24 {
		t.Errorf("%d states", n)
	}
}

// TestFindStops checks that each Find reads little more than its match.
func TestFindStops(t *testing.T) {
	m := compile(t, `a[bc]*|b+c`, Options{Terminator: '\n'}).Machine(strict{t})
	line := bytes.Repeat([]byte("..abcbc.bbbc"), 1000)
	found := 0
	for from := 0; ; found++ {
		_, end, ok := m.Find(line, from)
		if !ok {
			break
		}
		from = end
	}
	if found != 2000 {
		t.Errorf("found %d matches, want 2000", found)
	}
	if n := m.forward.scanned + m.reverse.scanned; n > 5*len(line) {
		t.Errorf("read %d bytes of a record of %d", n, len(line))
	}
}

// standard is a Fallback that uses the standard library.
type standard struct {
	re    *regexp.Regexp
	calls int
}

func (s *standard) Match(line []byte) bool {
	s.calls++
	return s.re.Match(line)
}

func (s *standard) Find(line []byte, from int) (start, end int, ok bool) {
	panic("not used")
}

// TestAllocations checks that no call allocates once its states exist.
func TestAllocations(t *testing.T) {
	p := compile(t, `([a-z]+ing|[0-9]{3})\b`, Options{Terminator: '\n'})
	m := p.Machine(strict{t})
	b := bytes.Repeat([]byte("nothing here, 12 45 bringing\nor 123\n....\n"), 1000)
	line := b[:bytes.IndexByte(b, '\n')]
	hits := make([]int, 0, len(b))
	if n := testing.AllocsPerRun(3, func() {
		hits = m.Lines(b, hits[:0])
		m.Match(line)
		m.Find(line, 3)
	}); n > 24 {
		t.Errorf("%v allocations", n)
	}
}

// TestLong tries records longer than a piece, a block of one record, and few bytes that lead out of
// a state.
func TestLong(t *testing.T) {
	for _, x := range []struct{ pattern, unit string }{
		{`foo.*bar$`, "....foo...."},
		{`^x`, "yyyyyyyyyyyyyyyx"},
		{`^$`, "yy"},
		{`[qz]`, "never a letter that leads out "},
		{`bar|b$`, "barbarbar"},
	} {
		re := regexp.MustCompile(x.pattern)
		m := compile(t, x.pattern, Options{Terminator: '\n'}).Machine(strict{t})
		for _, end := range []string{"", "bar", "b", "z", "\n"} {
			for _, n := range []int{1, 100, 10_000} {
				record := append(bytes.Repeat([]byte(x.unit), n), end...)
				record = bytes.TrimSuffix(record, []byte("\n"))
				if got, want := m.Match(record), re.Match(record); got != want {
					t.Errorf("%s: Match with %d times %q and %q: %v", x.pattern, n, x.unit, end, got)
				}
				for _, copies := range []int{1, 2, 9} {
					b := bytes.Repeat(append(record, '\n'), copies)
					want := 0
					if re.Match(record) {
						want = copies
					}
					for _, b := range [][]byte{b, b[:len(b)-1]} {
						if got := len(m.Lines(b, nil)); got != want {
							t.Errorf("%s: %d hits with %d times %q and %q, %d copies, want %d",
								x.pattern, got, n, x.unit, end, copies, want)
						}
					}
				}
			}
		}
	}
}
