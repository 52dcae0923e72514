package dfa

import (
	"math/rand/v2"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// one returns a Machine for exactly one character of a set, and the Program.
func one(t *testing.T, set *syntax.Set) *Machine {
	t.Helper()
	look := func(l syntax.Look) *syntax.Node { return &syntax.Node{Op: syntax.OpLook, Look: l} }
	p, err := Compile(&syntax.Node{Op: syntax.OpConcat, Sub: []*syntax.Node{
		look(syntax.Begin), {Op: syntax.OpSet, Set: set}, look(syntax.End),
	}}, Options{Terminator: '\n', UTF8: true})
	if err != nil {
		t.Fatal(err)
	}
	return p.Machine(nil)
}

// TestRunes checks for every rune, and every place where a surrogate's encoding would be, whether
// it is in a set.
func TestRunes(t *testing.T) {
	sets := map[string][]syntax.RuneRange{
		"none":       nil,
		"all":        {{Lo: 0x80, Hi: unicode.MaxRune}},
		"neighbours": {{Lo: 0x80, Hi: 0x8F}, {Lo: 0x90, Hi: 0x7FF}, {Lo: 0x800, Hi: 0x10FFFF}},
		"edges": {
			{Lo: 0x80, Hi: 0x80}, {Lo: 0x7FF, Hi: 0x800}, {Lo: 0xD7FF, Hi: 0xE000},
			{Lo: 0xFFFF, Hi: 0x10000}, {Lo: 0x10FFFF, Hi: 0x10FFFF},
		},
		"letters": ranges(unicode.Letter),
		"upper":   ranges(unicode.Upper),
	}
	random := rand.New(rand.NewPCG(1, 1))
	for _, name := range []string{"random1", "random2", "random3"} {
		for c := rune(0x80); ; {
			c += rune(random.IntN(1 << random.IntN(18)))
			hi := c + rune(random.IntN(1<<random.IntN(18)))
			if hi > unicode.MaxRune {
				break
			}
			sets[name] = append(sets[name], syntax.RuneRange{Lo: c, Hi: hi})
			c = hi + 1
		}
	}
	for name, runes := range sets {
		t.Run(name, func(t *testing.T) {
			m := one(t, &syntax.Set{Runes: runes})
			rest := runes
			for c := rune(0x80); c <= unicode.MaxRune; c++ {
				for len(rest) > 0 && rest[0].Hi < c {
					rest = rest[1:]
				}
				want := len(rest) > 0 && rest[0].Lo <= c && utf8.ValidRune(c)
				if got := m.Match(encode(c)); got != want {
					t.Fatalf("%U: %v, want %v", c, got, want)
				}
			}
		})
	}
}

// ranges returns the runes of a table from U+0080 on.
func ranges(table *unicode.RangeTable) (runes []syntax.RuneRange) {
	for c := rune(0x80); c <= unicode.MaxRune; c++ {
		if !unicode.Is(table, c) {
			continue
		}
		if n := len(runes); n > 0 && runes[n-1].Hi == c-1 {
			runes[n-1].Hi = c
		} else {
			runes = append(runes, syntax.RuneRange{Lo: c, Hi: c})
		}
	}
	return runes
}

// encode is utf8.AppendRune, but encodes surrogates, too.
func encode(c rune) []byte {
	if utf8.ValidRune(c) {
		return utf8.AppendRune(nil, c)
	}
	return []byte{0xE0 | byte(c>>12), 0x80 | byte(c>>6)&0x3F, 0x80 | byte(c)&0x3F}
}

// TestInvalid feeds short strings of all kinds of bytes to "any character".
func TestInvalid(t *testing.T) {
	m := one(t, &syntax.Set{Runes: []syntax.RuneRange{{Lo: 0x80, Hi: unicode.MaxRune}}})
	some := []byte{
		0x00, 'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF,
		0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
	}
	var check func(b []byte)
	check = func(b []byte) {
		c, size := utf8.DecodeRune(b)
		want := size > 1 && size == len(b) && c >= 0x80
		if got := m.Match(b); got != want {
			t.Errorf("%x: %v, want %v", b, got, want)
		}
		if len(b) < 4 {
			for _, c := range some {
				check(append(b, c))
			}
		}
	}
	check(make([]byte, 0, 4))
}

// TestSmall checks that large classes stay small.
func TestSmall(t *testing.T) {
	for name, x := range map[string]struct {
		runes []syntax.RuneRange
		most  int
	}{
		"all":     {[]syntax.RuneRange{{Lo: 0x80, Hi: unicode.MaxRune}}, 16},
		"split":   {[]syntax.RuneRange{{Lo: 0x80, Hi: 0x2345}, {Lo: 0x2346, Hi: unicode.MaxRune}}, 16},
		"letters": {ranges(unicode.Letter), 1000},
	} {
		set := &syntax.Set{Runes: x.runes}
		p, err := Compile(&syntax.Node{Op: syntax.OpSet, Set: set}, Options{UTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(p.forward.moves); n > x.most {
			t.Errorf("%s: %d moves, want at most %d", name, n, x.most)
		}
	}
}
