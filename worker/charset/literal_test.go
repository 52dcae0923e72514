package charset

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"
)

func TestLiteralOfEachCharacter(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		all := refCodes(c)
		of := map[string][]string{} // the codes of a text
		unfit := map[rune]bool{}
		for code, s := range all {
			of[s] = append(of[s], code)
			if utf8.RuneCountInString(s) > 1 {
				for _, r := range s {
					unfit[r] = true
				}
			}
		}
		for s, codes := range of {
			r, _ := utf8.DecodeRuneInString(s)
			got, ok := c.Literal([]byte(s))
			if want := len(codes) == 1 && !unfit[r]; ok != want || ok && string(got) != codes[0] {
				t.Fatalf("Literal(%q) = % x, %v; codes % x", s, got, ok, codes)
			}
		}
		for _, s := range []string{"\xff", "a\xffb", "\xe4\xb8", "\ufffd", "\U0010ffff", "\ue000\xff"} {
			got, ok := c.Literal([]byte(s))
			if valid := utf8.ValidString(s); ok && (!valid || string(c.AppendUTF8(nil, got)) != s) {
				t.Errorf("Literal(%q) = % x", s, got)
			}
		}
		if got, ok := c.Literal(nil); len(got) != 0 || !ok {
			t.Errorf("of nothing: %q, %v", got, ok)
		}
		// No other bytes may stand for ASCII, not even in an error.
		for code, s := range all {
			if s[0] < 0x80 && code != s {
				t.Errorf("% x is %q", code, s)
			}
		}
	})
}

// Searching for the bytes of a literal at character boundaries finds the same as searching in the
// text as UTF-8.
func TestLiteralSearch(t *testing.T) {
	forEach(t, func(t *testing.T, c *Charset) {
		rnd := rand.New(rand.NewPCG(2, uint64(len(c.name))))
		found := 0
		for range 300 {
			// Few different bytes, so that there is something to find.
			few := soup(rnd, c, 6)
			b := make([]byte, rnd.IntN(100))
			for i := range b {
				b[i] = few[rnd.IntN(len(few))]
			}
			text, bounds := newReference(c).append(b)
			// A needle of some characters of the text.
			var ends []int // in text, of characters
			for rest := b; len(rest) > 0; {
				s, size := c.Next(nil, rest)
				rest = rest[size:]
				ends = append(ends, len(s))
			}
			from := rnd.IntN(len(ends) + 1)
			to := min(from+1+rnd.IntN(3), len(ends))
			var before, size int
			for i, n := range ends {
				if i < from {
					before += n
				} else if i < to {
					size += n
				}
			}
			needle := text[before : before+size]
			code, ok := c.Literal(needle)
			if !ok || len(needle) == 0 {
				continue
			}
			if got := c.AppendUTF8(nil, code); !bytes.Equal(got, needle) {
				t.Fatalf("Literal(%q) = % x, which is %q", needle, code, got)
			}
			var want, got []int // offsets in the text
			for i := range text {
				if bytes.HasPrefix(text[i:], needle) {
					want = append(want, i)
				}
			}
			for i := range b {
				if bytes.HasPrefix(b[i:], code) && c.Boundary(b, 0, i) == i {
					got = append(got, len(c.AppendUTF8(nil, b[:i])))
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("% x (% x) in % x: at %d, want %d; %v", needle, code, b, got, want, bounds)
			}
			found += len(want)
		}
		if found < 300 {
			t.Errorf("only %d found", found)
		}
	})
}
