package regex

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// attempted returns the strategy for s, which must be attempts.
func attempted(t *testing.T, s *Spec) *attempts {
	t.Helper()
	parsed, err := s.Parse()
	if err != nil {
		t.Fatal(err)
	}
	c := newChooser(s)
	c.automaton = math.Inf(1) // whatever the cost
	p, ok := c.choose(parsed).(*attempts)
	if !ok {
		t.Fatalf("the strategy for %s is %s", s.Patterns, c.choose(parsed).name())
	}
	return p
}

// TestAttempts tries patterns that start or end with a string, in blocks with many such strings and
// few matches, and all states that a search can be in.
func TestAttempts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for _, x := range []struct {
		pattern  string
		flags    string // i, w, z; u for UTF-8
		backward bool
	}{
		{`п.р`, "u", false},
		{`п.р`, "", false},
		{`п.р`, "iu", false},
		{`п.*р`, "u", false},
		{`п\w*р\b`, "u", false},
		{`\bп\w*`, "u", false},
		{`\w+ция`, "u", true},
		{`[^а]ция\b`, "u", true},
		{`.р`, "u", true},
		{`x[^,]*y`, "", false},
		{`x[^,]*y`, "z", false},
		{`x[ab]*y$`, "", true},
		{`[xy][ab]*y$`, "", true},
		{`^x[ab]*y`, "", false},
		{`xx[^x]`, "", false},
		{`[^x]xx`, "", true},
		{`x*yy`, "w", true},
		{`[ab]{2,}(ab|xy|,ab)`, "", true},
		{`^[^,]*,ab`, "", true},
		{`^[ab]*(x|xy)$`, "", true},
		{`(ab|xy)[ab,]{1,9}y`, "i", false},
		{`xy.*(a|b)\1`, "", false},
		{`xxxx.{70}`, "", false},
		{`.{70}xxxx`, "", true},
		{`(xy|ab).{9,}[xa]`, "", false},
		{`xyxyab[^x]`, "", false},
	} {
		s := &Spec{Patterns: []byte(x.pattern), Language: Extended}
		for _, f := range x.flags {
			s.FoldCase = s.FoldCase || f == 'i'
			s.Words = s.Words || f == 'w'
			s.Null = s.Null || f == 'z'
			s.UTF8 = s.UTF8 || f == 'u'
		}
		p := attempted(t, s)
		if p.backward != x.backward {
			t.Errorf("%s: backward %v", x.pattern, p.backward)
		}
		ref := reference(t, s)
		for trial := range 10 {
			s.Sample = nil
			b := attemptsBlock(r, s.terminator(), trial)
			if p.filter.one != nil && trial%3 == 0 {
				p.pair = choosePair(p.filter.single, b[:min(len(b), 200)])
			}
			all := records(s, ref, b)
			e := p.engine().(*attemptsEngine)
			for _, dense := range []bool{false, p.filter.one != nil} {
				for _, unsettled := range []int{0, 2 * mostUnsettled} {
					e.dense, e.unsettled = dense, unsettled
					check(t, fmt.Sprint("attempts ", dense, unsettled), s, e, all, ref, b)
				}
			}
		}
	}
}

// attemptsBlock returns records made of what the patterns of TestAttempts are made of.
func attemptsBlock(r *rand.Rand, term byte, trial int) (b []byte) {
	texts := []string{
		"п", "р", "пр", "ция", "а", "П", "x", "y", "xx", "ab", "xy", ",", " ",
		"\xd0", "\xbf", "AB", "xyxyab", ".",
	}
	if trial%3 == 0 {
		// Without a Maybe on their account.
		texts = slices.DeleteFunc(texts, func(s string) bool { return s[0] >= 0x80 })
	}
	n := r.IntN(60)
	if trial%10 == 9 {
		n = 3 * chunk / 4
	}
	for range n {
		switch k := r.IntN(40); {
		case k < 4:
			b = append(b, term)
		case k == 4:
			b = append(b, bytes.Repeat([]byte(texts[r.IntN(len(texts))]), r.IntN(2*mostRead))...)
		case k == 5:
			b = append(b, bytes.Repeat([]byte("-"), r.IntN(3*denseDistance))...)
		default:
			b = append(b, texts[r.IntN(len(texts))]...)
		}
	}
	if r.IntN(2) == 0 {
		b = append(b, term)
	}
	return b
}

// TestAttemptsAtEdges puts a match across each place of the first chunk's end.
func TestAttemptsAtEdges(t *testing.T) {
	for _, x := range []struct{ pattern, text string }{
		{"xyz[0-9]+,", "xyz12,"},
		{"[0-9]+,xyz", "12,xyz"},
		{"^xyz[0-9]+,", "\nxyz1,"},
		{"[0-9]+,xyz$", "2,xyz\n"},
		{"a-long-one-that-the-gap-is-in[0-9]", "a-long-one-that-the-gap-is-in1"},
	} {
		s := &Spec{Patterns: []byte(x.pattern), Language: Extended}
		ref := reference(t, s)
		for place := chunk - len(x.text) - 2; place < chunk+2; place++ {
			for _, fill := range []string{".", "xyz\n", "1,xy\n"} {
				b := bytes.Repeat([]byte(fill), 2*chunk/len(fill))[:place]
				b = append(append(b, x.text...), bytes.Repeat([]byte(fill), chunk/2)...)
				for _, dense := range []bool{false, true} {
					e := attempted(t, s).engine().(*attemptsEngine)
					e.dense = dense
					check(t, fmt.Sprint("edge ", dense), s, e, records(s, ref, b), ref, b)
				}
			}
		}
	}
}

// TestAttemptsForNothing tries blocks in which attempts do not pay off: they are left out from some
// place on, and then in more and more blocks.
func TestAttemptsForNothing(t *testing.T) {
	for _, pattern := range []string{
		`ab[^,]{3,9},x`, `x,[^,]{3,9}ab`, `^ab[ab]{9}c`, `(ab|ba)[ab]{20}[^ab,]`,
	} {
		s := &Spec{Patterns: []byte(pattern), Language: Extended}
		p, ref := attempted(t, s), reference(t, s)
		e := p.engine().(*attemptsEngine)
		vain := []byte(strings.Repeat(strings.Repeat("ab", 40)+"\n"+strings.Repeat("ab\n", 20), 300) +
			"x,....ab\nab....,x\nabababababac\nbababababababababababababac")
		left := false
		for range 3 {
			check(t, "for nothing", s, e, records(s, ref, vain), ref, vain)
			left = left || e.next > 0
		}
		if !left && pattern[0] != 'x' {
			t.Errorf("%s: attempts are never left out", pattern)
		}
	}
}

// TestAttemptsOnLongRecord counts what a long record takes that no attempt settles: it must be
// decided once.
func TestAttemptsOnLongRecord(t *testing.T) {
	for _, pattern := range []string{`ab.*xy`, `yx.*ab`} {
		s := &Spec{Patterns: []byte(pattern)}
		e := attempted(t, s).engine().(*attemptsEngine)
		b := []byte(strings.Repeat(strings.Repeat(".", 500)+"ab", 1000) + "\nab.xy.yx.ab")
		if got := e.count(b); got != 1 {
			t.Errorf("%s: %d records", pattern, got)
		}
		if e.work > len(b)+1000 {
			t.Errorf("%s: work for %d bytes in a block of %d", pattern, e.work, len(b))
		}
	}
}

// TestAttemptsOfManyEnds tries so many strings that some start with others: of those at one place,
// a match ends with a shorter one.
func TestAttemptsOfManyEnds(t *testing.T) {
	pattern := "[^,]ab|[^0-9]abx"
	for i := range 70 {
		pattern += fmt.Sprintf("|[^,]q%02d", i)
	}
	s := &Spec{Patterns: []byte(pattern), Language: Extended}
	p := attempted(t, s)
	if !p.backward || p.filter.set == nil {
		t.Fatalf("searches for %q, backward %v", p.filter.needles, p.backward)
	}
	ref := reference(t, s)
	b := []byte("1abx\n,abx\n,ab\nab\n\nxq07\n,q07\nq")
	check(t, "many ends", s, p.engine(), records(s, ref, b), ref, b)
}

// TestAttemptsUnsettled makes attempts that come to nothing: after some of them, records are
// decided without.
func TestAttemptsUnsettled(t *testing.T) {
	e := attempted(t, &Spec{Patterns: []byte("ab.*xy")}).engine().(*attemptsEngine)
	const records, length = 100, 500
	b := []byte(strings.Repeat("ab"+strings.Repeat(".", length-2)+"\n", records))
	e.count(b)
	least := records * (length + lookCost)
	if most := least + (mostUnsettled+1)*(mostRead+attemptCost); e.work < least || e.work > most {
		t.Errorf("work for %d bytes, want %d to %d", e.work, least, most)
	}
	if settled := []byte("abxy\n"); e.count(bytes.Repeat(settled, 30)) != 30 || e.unsettled > 0 {
		t.Errorf("%d unsettled after 30 that were", e.unsettled)
	}
}
