package syntax

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLiterals(t *testing.T) {
	for _, test := range []struct {
		flags, patterns string
		literals        string
		hasOthers       bool
	}{
		{"", "a\nb\nc*", "a|b", true},
		{"", `a\.b`, "a.b", false},
		{"", `a\.b\*` + "\n" + `\d`, "a.b*|d", false},
		{"", "a$b\n^*\n", "|a$b", true},
		{"E", "a)\n(b)\n[.]", "a)|b|.", false},
		{"F", "a.*\n", "a.*|", false},
		{"i", "aB\n1", "aB|1", false},
		{"iu", "éa", "éa", false},
		{"u", "é\xff\né", "é", true},
		{"Fu", "\xff\na", "a", true},
		{"", "\xff", "\xff", false},

		// Anchors, here < and >.
		{"", "^a\nb$\n^c$\nd", "<a|b>|<c>|d", false},
		{"E", "^a\nb$\n^c$\nd", "<a|b>|<c>|d", false},
		{"", "^\n$\n^$", "<|>|<>", false},
		{"F", "^a$", "^a$", false},
		{"", "\\^a\\$\n^\\.\\$$\n^a\\.b\n\\^$", "^a$|<.$>|<a.b|^>", false},
		{"E", "\\^a\\$\n^\\.\\$$\n^a\\.b\n\\^$", "^a$|<.$>|<a.b|^>", false},
		{"", `^a\\$`, `<a\>`, false},
		{"", `^a\$$`, `<a$>`, false},
		{"E", "^^a\na^b\na$b\na$$", "", true},
		{"", "^*a", "", true},
		{"", `\(^a$\)`, "", true},
		{"iu", "^éa$", "<éa>", false},
		{"u", "^é\xff", "", true},
		{"", "^\xff", "<\xff", false},
		{"x", "^a", "<a", false},
		{"w", "^a\na", "a", true},
		{"wx", "^a", "<a", false},
	} {
		p, err := Parse(split(test.patterns), options(test.flags))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range p.Literals {
			s := string(l.Text)
			if l.Begin {
				s = "<" + s
			}
			if l.End {
				s += ">"
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != test.literals || (p.Others != nil) != test.hasOthers {
			t.Errorf("-%s %q: literals %q, others %v", test.flags, test.patterns, got, p.Others != nil)
		}
	}
}

// TestAnchoredWarnings expects plain strings to be taken as with -F, without a warning, unless one
// is anchored.
func TestAnchoredWarnings(t *testing.T) {
	for patterns, want := range map[string]int{"a\n\\d": 0, "^a\n\\d": 1, "a$\n\\d": 1, "^\\d\nb": 1} {
		p, err := Parse(split(patterns), Options{})
		if err != nil || len(p.Warnings) != want {
			t.Errorf("%q: warnings %q, want %d, error %v", patterns, p.Warnings, want, err)
		}
	}
}

func TestBackrefs(t *testing.T) {
	for patterns, want := range map[string]bool{
		"a": false, `\(a\)`: false, `\(a\)\1`: true, "a\n" + `\(a\)\1`: true,
	} {
		if p, err := Parse(split(patterns), Options{}); err != nil || p.Backrefs != want {
			t.Errorf("%q: Backrefs is not %v, error %v", patterns, want, err)
		}
	}
}

// TestManyLiterals limits the memory that a list of words takes besides the words.
func TestManyLiterals(t *testing.T) {
	for _, format := range []string{"word%d", "wört%d", `w\.rd%d`} {
		patterns := make([][]byte, 100_000)
		for i := range patterns {
			patterns[i] = fmt.Appendf(nil, format, i)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p, err := Parse(patterns, Options{UTF8: true, FoldCase: true, Words: true})
		runtime.ReadMemStats(&after)
		if err != nil || len(p.Literals) != len(patterns) || p.Others != nil {
			t.Fatal("not all are literals", err)
		}
		size := (after.TotalAlloc - before.TotalAlloc) / uint64(len(patterns))
		if size > 300 { // the race detector adds some
			t.Errorf("%d bytes are allocated for each of the patterns", size)
		}
	}
}

// TestInput checks that reading does not write to the patterns.
func TestInput(t *testing.T) {
	const text = "a\\.b\nc[.]d\nx*"
	patterns := split(text)
	for _, flags := range []string{"", "E", "F", "iu"} {
		p, err := Parse(patterns, options(flags))
		if err != nil {
			t.Fatal(err)
		}
		p.Tree()
		p.Tree()
		var got []string
		for _, b := range patterns {
			got = append(got, string(b))
		}
		if strings.Join(got, "\n") != text {
			t.Fatalf("-%s: the patterns became %q", flags, got)
		}
	}
}

func TestBeside(t *testing.T) {
	for _, test := range []struct {
		line          string
		pos           int
		utf8          bool
		before, after Beside
	}{
		{"", 0, true, Edge, Edge},
		{"a-", 0, false, Edge, Word},
		{"a-", 1, false, Word, Other},
		{"a-", 2, false, Other, Edge},
		{"_9", 1, false, Word, Word},
		{"é€", 2, true, Word, Other},
		{"é€", 2, false, Other, Other},
		{"é", 1, true, Stray, Other}, // within
		{"\xffa", 1, true, Stray, Word},
		{"a\xff", 1, true, Word, Stray},
		{"\xf7\xaa", 1, true, Other, Stray},
		{"\xbf\x80", 1, true, Other, Other},
		{"\uFFFDa", 3, true, Other, Word},
		{"\xe9", 0, false, Edge, Other},
	} {
		b := Before([]byte(test.line), test.pos, test.utf8)
		a := After([]byte(test.line), test.pos, test.utf8)
		if b != test.before || a != test.after {
			t.Errorf("%q at %d, UTF-8 %v: %d and %d, want %d and %d",
				test.line, test.pos, test.utf8, b, a, test.before, test.after)
		}
	}
}

func TestFoldedPrefix(t *testing.T) {
	for _, test := range []struct {
		line, s string
		utf8    bool
		want    int
	}{
		{"abc", "AB", false, 2},
		{"abc", "", false, 0},
		{"a", "AB", false, -1},
		{"ac", "AB", false, -1},
		{"É!", "é", true, 2},
		{"É", "é", false, -1},
		{"ſx", "s", true, 2},
		{"Sx", "ſ", true, 1},
		{"\xff", "\xff", true, 1},
		{"ÿ", "\xff", true, -1},
		{"\xfe", "\xff", true, -1},
	} {
		if got := FoldedPrefix([]byte(test.line), []byte(test.s), test.utf8); got != test.want {
			t.Errorf("FoldedPrefix(%q, %q, %v) = %d, want %d", test.line, test.s, test.utf8, got, test.want)
		}
	}
}

// FuzzParse checks that every tree is as simple as promised.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"a*b", `\(a\|b\)\{2,3\}\1`, "(a|b){2}\\1|^c$", "[^[:alpha:]é-ü]", "{1", "\xff", "a{,}\n*",
	} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(1))
	}
	f.Fuzz(func(t *testing.T, text []byte, bits uint8) {
		o := Options{
			Language: Language(bits % 3),
			FoldCase: bits&4 != 0, Words: bits&8 != 0, Lines: bits&16 != 0,
			UTF8: bits&32 != 0, Null: bits&64 != 0,
		}
		p, err := Parse(split(string(text)), o)
		if err != nil {
			return
		}
		checkSimple(t, p.Tree(), p.Backrefs)
		if o.UTF8 {
			for _, l := range p.Literals {
				if !utf8.Valid(l.Text) {
					t.Fatalf("literal %q", l.Text)
				}
			}
		}
	})
}

func checkSimple(t *testing.T, n *Node, backrefs bool) {
	t.Helper()
	last := OpNone
	for _, sub := range n.Sub {
		checkSimple(t, sub, backrefs)
		switch {
		case n.Op != OpAlternate && (sub.Op == OpEmpty || sub.Op == OpNone) && n.Op != OpGroup,
			n.Op == OpConcat && (sub.Op == OpConcat || sub.Op == OpLiteral && last == OpLiteral),
			n.Op == OpAlternate && sub.Op == OpAlternate,
			n.Op == OpRepeat && sub.Op == OpLook:
			t.Fatalf("not simple: %s", dump(n))
		}
		last = sub.Op
	}
	switch {
	case (n.Op == OpConcat || n.Op == OpAlternate) && len(n.Sub) < 2,
		n.Op == OpLiteral && len(n.Literal) == 0,
		(n.Op == OpGroup || n.Op == OpBackref) && !backrefs,
		n.Op == OpRepeat && n.Min == 1 && n.Max == 1:
		t.Fatalf("not simple: %s", dump(n))
	}
}
