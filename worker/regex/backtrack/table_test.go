package backtrack

import (
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// options reads grep's flags; u stands for UTF-8.
func options(flags string) (o syntax.Options) {
	for _, f := range flags {
		switch f {
		case 'E':
			o.Language = syntax.Extended
		case 'F':
			o.Language = syntax.Fixed
		case 'i':
			o.FoldCase = true
		case 'w':
			o.Words = true
		case 'x':
			o.Lines = true
		case 'z':
			o.Null = true
		case 'u':
			o.UTF8 = true
		}
	}
	return o
}

// table has hand-written cases. In want the first match is between angle brackets; without them
// there is none.
var table = []struct{ flags, patterns, want string }{
	// POSIX: the leftmost match, and the longest of these.
	{"E", "a|ab|abc", "x<abc>d"},
	{"E", "(a|ab)(c|bcd)", "<abcd>"},
	{"E", "(a|ab)(c|bcd)(d*)", "<abcd>"},
	{"E", "b|abcd|bc", "<abcd>"},
	{"E", "bcd|abcx", "a<bcd>"},
	{"E", "x*", "<>ax"},
	{"E", "x*y|a", "<a>xxy"},
	{"E", "(wee|week)(knights|night)", "<weeknights>"},
	{"", `a\{2,3\}`, "b<aaa>aa"},
	{"", `a\{2,\}b`, "ab<aaab>"},
	{"", `a\{0,1\}b`, "c<ab>"},
	{"E", "(ab|b){2}", "<abab>b"},
	{"E", "(ab|b){2,}", "<ababb>a"},
	{"E", "(a{0,2}b){2}c", "a<aabbc>"},
	{"E", "(a*)+b", "c<aab>"},
	{"E", "(a*)*", "<aa>b"},
	{"E", "(|a)+b", "<ab>"},
	{"E", "()", "<>ab"},
	{"E", "a||b", "<b>"},
	{"", "", "<>"},
	{"F", "", "<>ab"},
	{"F", "a.b\nb*", "xa+bx<b*>"},

	// Anchors.
	{"", "^a", "<a>aa"},
	{"", "^b", "ab"},
	{"", "a$", "aa<a>"},
	{"", "^$", "<>"},
	{"", "^$", "a"},
	{"", "x^", "<x^>"},
	{"E", "x^", "x^"},
	{"E", "a|^b", "<b>a"},
	{"E", "(^|,)a", "b<,a>"},
	{"E", "a(,|$)", "a.<a>"},
	{"E", "(^a|b)c", "<ac>bc"},
	{"", "\\`a", "<a>"},
	{"", `a\'`, "a<a>"},
	{"z", "^b", "a\nb"},
	{"z", "a$", "a\nb"},
	{"z", "a.b", "<a\nb>"},
	{"z", "a[^x]b", "<a\nb>"},

	// Words.
	{"", `\<a`, "ba <a>"},
	{"", `a\>`, "ab <a>"},
	{"", `\ba\b`, "ab-<a>-"},
	{"", `\Ba\B`, "a b<a>b"},
	{"", `\Ba\B`, "a"},
	{"", `\Ba`, "a b<a>"},
	{"", `\B`, "a<>b"},
	{"w", "a", "ab a_ <a>"},
	{"w", "a*", "<aa> a"},
	{"w", "ab\\|a", "<a> abc"},
	{"w", "a.*", "ba <a c>"},
	{"wE", "foo|foob", "fooba foo_"},
	{"w", "", "<>"},
	{"w", "", "<>-"},
	{"w", "", "a"},
	{"w", "-", "a-b <->"},
	{"w", "-", "a <->"},
	{"w", "-a", "<-a>"},
	{"w", "-a", "b-ab"},
	{"wu", "é", "éa <é>"},
	{"wu", "a", "éa€<a>"},
	{"w", "a", "\xc3\xa9<a>"},
	{"u", `\w*`, "<aé>€"},
	{"u", `\W`, "aé<€>"},
	{"u", `\bb`, "éb €<b>"},
	{"", `\bb`, "\xc3\xa9<b>"},
	{"x", "a*", "<aaa>"},
	{"x", "a*", "aab"},
	{"xE", "a|ab", "<ab>"},
	{"xw", "a-", "<a->"},
	{"x", "", "<>"},
	{"x", "", "a"},
	{"xF", "a\nb", "<b>"},

	// Sets.
	{"", "[a-c]*", "<abc>d"},
	{"", "[^a-c]", "ab<d>"},
	{"", "[]-]", "a<]>"},
	{"", "[^]]", "]]<->"},
	{"", "[[:digit:]]\\+", "ab<12>c"},
	{"", "[[:alpha:][:digit:]]*$", "-<a1>"},
	{"", "[^[:space:]]", "  <a>"},
	{"", "a[.]b", "axb<a.b>"},
	{"", `[\.]`, `<\>.`},
	{"", ".", "<\xff>"},
	{"", "[^a]", "<\x00>"},
	{"u", ".", "\xff<é>"},
	{"u", "^.$", "<€>"},
	{"u", "^.$", "\xe2\x82"},
	{"u", "^..$", "€"},
	{"u", "[^a]", "\xff<é>"},
	{"u", "[é€]", "è<€>"},
	{"u", "[é-ü]", "è<ê>"},
	{"u", "[[:alpha:]]*", "<aéß>1"},
	{"u", "[[:upper:]]", "é<É>"},
	{"u", "\xa9", "\xc3<\xa9>"},
	{"u", "\xa9[^a]", "é\xa9"},
	{"u", "\xa9[^a]", "é<\xa9b>"},
	{"u", "\xff", "<\xff>"},
	{"u", "é*", "<éé>\xc3"},
	{"uE", "(xé|.)y", "<xéy>"},
	{"uE", "(xé|.z*)y*w", "<xéw>"},
	{"uE", "(\xc3)\\1\xa9[^a]?", "\xc3é"},

	// Case.
	{"i", "aBc", "<AbC>"},
	{"i", "[a-c]*", "<aBC>d"},
	{"i", "[^a]", "aA<b>"},
	{"i", "é", "É"},
	{"iu", "é", "<É>"},
	{"iu", "k", "\u212a"},
	{"iu", "s", "<ſ>"},
	{"iu", "ΣΑΣ", "<σας>"},
	{"iu", "İ", "i"},
	{"iu", "[[:upper:]]*", "<aÉ>1"},
	{"i", "[[:upper:]]*", "<aB>1"},

	// Back-references.
	{"", `\(a*\)b\1`, "<aabaa>a"},
	{"", `\(a*\)b\1$`, "<aabaa>"},
	{"", `\(.\)\1`, "abc<dd>e"},
	{"E", `(.)(.)\2\1`, "x<abba>"},
	{"E", `(a|b)\1`, "ab<aa>"},
	{"E", `(a)\1|b`, "a<b>"},
	{"E", `a(.{0,2})+\1`, "<a>A"},
	{"E", `((a)|b)*\2`, "<aba>"},
	{"E", `(a*)*\1`, "<aa>"},
	{"E", `(a?)*b\1`, "<aba>"},
	{"E", `()*b\1`, "a<b>"},
	{"E", `(a){0}\1`, "a"},
	{"i", `\(a\)\1`, "<aA>"},
	{"iu", `\(é\)\1`, "<éÉ>"},
	{"iu", `\(s\)\1x`, "<ſSx>"},
	{"", `\(a\)\1`, "aA"},
	{"", `^\(.*\)-\1$`, "a-b"},
	{"E", "(a)\\1\n(b)\\1", "a<bb>b"},
	{"E", `(a*)(b*)\1\2`, "<aabaab>"},
	{"E", `(a(b)?)+\2`, "<abab>c"},
	{"x", `\(.*\)\1`, "<abab>"},
	{"w", `\(a\)\1`, "aab <aa>"},
	{"u", `\(.\)\1`, "éa<éé>"},
	{"u", `\(\W\)\1`, "a<€€>"},
}

func TestTable(t *testing.T) {
	for _, test := range table {
		line, start, end := marked(test.want)
		p, err := syntax.Parse(splitLines(test.patterns), options(test.flags))
		if err != nil {
			t.Errorf("-%s %q: %v", test.flags, test.patterns, err)
			continue
		}
		m := New(p.Tree(), p.Options.UTF8)
		s, e, ok := m.Find([]byte(line), 0)
		if !ok {
			s, e = -1, -1
		}
		if s != start || e != end || m.Match([]byte(line)) != ok || m.GaveUp() != nil {
			t.Errorf("-%s %q in %q: %d to %d, want %d to %d",
				test.flags, test.patterns, line, s, e, start, end)
		}
	}
}

// TestTableGrep checks the table itself.
func TestTableGrep(t *testing.T) {
	g := newGrep(t)
	for _, test := range table {
		line, _, _ := marked(test.want)
		o := options(test.flags)
		g.lines([][]byte{[]byte(line)}, o.Null)
		if d := g.compare(query{Options: o, patterns: strings.Split(test.patterns, "\n")}); d != "" {
			t.Error(d)
		}
	}
}

func splitLines(s string) (lines [][]byte) {
	for _, line := range strings.Split(s, "\n") {
		lines = append(lines, []byte(line))
	}
	return lines
}

// marked removes the angle brackets from a line.
func marked(s string) (line string, start, end int) {
	start, end = strings.IndexByte(s, '<'), strings.IndexByte(s, '>')-1
	line = strings.NewReplacer("<", "", ">", "").Replace(s)
	if end < 0 {
		return line, -1, -1
	}
	return line, start, end
}

// TestContext searches from within a line whose start counts as context.
func TestContext(t *testing.T) {
	for _, test := range []struct {
		flags, pattern, line string
		from, start, end     int // start is -1 for no match
	}{
		{"", "a", "aba", 1, 2, 3},
		{"", "^a", "aa", 1, -1, 0},
		{"", `\<a`, "aa a", 1, 3, 4},
		{"", `\ba*`, "aa", 1, 2, 2},
		{"", "a*$", "aab", 1, 3, 3},
		{"w", "a", "aa a", 1, 3, 4},
		{"", "", "ab", 2, 2, 2},
		{"u", ".", "é€", 2, 2, 5},
		{"u", "", "é", 1, 2, 2},
		{"u", `\(a*\)\1`, "é", 1, 2, 2},
		{"E", `(a)\1`, "aaaa", 1, 1, 3},
		{"E", `^(a)\1`, "aaaa", 1, -1, 0},
	} {
		p, err := syntax.Parse(splitLines(test.pattern), options(test.flags))
		if err != nil {
			t.Fatal(err)
		}
		s, e, ok := New(p.Tree(), p.Options.UTF8).Find([]byte(test.line), test.from)
		if ok != (test.start >= 0) || ok && (s != test.start || e != test.end) {
			t.Errorf("-%s %q in %q from %d: %d, %d, %v",
				test.flags, test.pattern, test.line, test.from, s, e, ok)
		}
	}
}
