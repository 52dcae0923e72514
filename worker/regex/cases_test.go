package regex

import (
	"bytes"
	"fmt"
	"math"
	"testing"
)

// TestCases tries what random patterns rarely hit.
func TestCases(t *testing.T) {
	for _, x := range []struct {
		spec    Spec
		records string
	}{
		// the longest string is not a word, a shorter one is
		{Spec{Language: Fixed, Patterns: []byte("ab\nab-c"), Words: true}, "ab-cd\nab-c\nabx\nab-"},
		// an occurrence within another one
		{Spec{Language: Fixed, Patterns: []byte("-a-a"), Words: true}, "b-a-a-ab\n-a-ab-a-a-a"},
		// a string at the start, and a longer one at the same place
		{Spec{Language: Extended, Patterns: []byte("^ab|ab?c?")}, "abc\nab\na\nxabc"},
		// Perl takes the first branch, POSIX the longest
		{Spec{Language: Perl, Patterns: []byte("a|ab|b")}, "ab\nb\nxab"},
		{Spec{Language: Extended, Patterns: []byte("a|ab|b")}, "ab\nb\nxab"},
		// a byte that is not part of a character, to glibc
		{Spec{Language: Extended, Patterns: []byte("\\B|\xc3|x"), UTF8: true}, "É\n\xc3\nx\xc3\nÉx"},
		{Spec{Language: Extended, Patterns: []byte("\\Bx|[a\xc3]"), UTF8: true}, "É\n\xc3\nx\xc3\nÉx"},
		// the rounded ve also matches the Cyrillic ve, but not the other way round
		{Spec{Language: Fixed, Patterns: []byte("aв\nbᲀ"), FoldCase: true, UTF8: true}, "AВ\naᲀ\nBВ\nbᲀ\nBᲀx"},
		{Spec{Language: Fixed, Patterns: []byte("bᲀ\naв"), FoldCase: true, UTF8: true}, "AВ\naᲀ\nBВ\nbᲀ\nBᲀx"},
		{Spec{Language: Fixed, Patterns: []byte("is\nπσ"), FoldCase: true, UTF8: true}, "ıſ\nIS\nXis\nΠςx\n\xffΠΣ"},
		// patterns that contain the same string
		{Spec{Language: Basic, Patterns: []byte("ab[0-9]x*\nab[x-z]q*\nfoo[0-9]q*")}, "ab1\nabx\nabk\nfoo1\nabkabzqab1"},
		{Spec{Language: Basic, Patterns: []byte("ab[0-9]x*\nab[x-z]q*\nfoo[0-9]")}, "ab1\nabx\nabk\nfoo1\nabkabzqab1"},
		{Spec{Language: Basic, Patterns: []byte(`\(ab*\)x\1`)}, "abxab\nabxa\nabbxab"},
	} {
		ref := reference(t, &x.spec)
		b := []byte(x.records)
		for _, v := range variants(t, &x.spec) {
			check(t, v.name, &x.spec, v.strategy.engine(), records(&x.spec, ref, b), ref, b)
		}
	}
}

// TestMany tries more patterns than one DFA can take, searched for by their strings or in pieces.
func TestMany(t *testing.T) {
	var patterns bytes.Buffer
	const n = 3000
	for i := range n {
		fmt.Fprintf(&patterns, "w%d_[0-9]*([xy]{150}|z)\n", i)
	}
	for k := range 4 {
		words, divided := k%2 != 0, k/2 != 0
		s := &Spec{
			Language: Extended, Patterns: bytes.TrimSuffix(patterns.Bytes(), []byte("\n")), Words: words,
		}
		parsed, err := s.Parse()
		if err != nil {
			t.Fatal(err)
		}
		c, want := newChooser(s), "filter"
		if divided {
			c.leastMany, want = math.MaxInt, "union"
		}
		p := c.choose(parsed)
		if got := p.name(); got != want {
			t.Errorf("the strategy is %s, want %s", got, want)
		}
		searcher := p.engine()
		var all []byte
		for i := range n {
			all = fmt.Appendf(all, "w%d_z\n", i)
		}
		if got := searcher.count(all); got != n {
			t.Errorf("%d records, want %d", got, n)
		}
		for i := 0; i < n; i += 100 {
			b := fmt.Appendf(nil, "w%d_q\n.w%d_z\nw%d_zz", i, i, i)
			want := 2
			if words {
				want = 1
			}
			if got := searcher.count(b); got != want {
				t.Errorf("%q: %d records, want %d", b, got, want)
			}
			record := fmt.Appendf(nil, "w%dq, w%d_z", i, i)
			word := fmt.Sprintf("w%d_z", i)
			if start, end, ok := searcher.Find(record, 0); !ok || string(record[start:end]) != word {
				t.Errorf("Find in %q: %d, %d, %v", record, start, end, ok)
			}
		}
	}
}
