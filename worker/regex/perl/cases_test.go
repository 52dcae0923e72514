package perl

import (
	"os"
	"strings"
	"testing"
)

var caseLines = []string{"", "a", "b", "ab", "abc", "abcabc", "aaa", "aab", "aaab", "foo bar", "foobar", "foo_bar", "foo-bar", "(a(b)c)", "((", "{2}",
	"a{,2}", "xaxbx", "2024-01-02", "k\u212a", "straße", "STRASSE", "é", "É", "éa", "a b c", "\ta", "a\r", "a\x85", "a\u2028b", `a\b`, "a.b", "a*b",
	"e\u0301x", "\U0001f468\u200d\U0001f469", "\xff", "\xffab", "a\xff\xffb", "\xff\xff", "a\xff\xa9b", "éé", "ababx", "K\u212aé\u2028", "ab\xffcd", "a\xc3b", "\xe2\x82ab", "abba", "racecar", "aXbXc", "123abc", "A1", "_", "-"}

// cases are patterns that are more particular than the random ones.
var cases = []string{
	// Characters.
	`\x41`, `\x{e9}`, `\x`, `\xg`, `\x{}`, `\x{zz}`, `\x{41`, `\x{110000}`, `\x{d800}`, `\o{101}`, `\o`, `\o{}`, `\o{9}`, `\o{101`, `\101`, `\0101`, `\400`,
	`\8`, `\81`, `\11`, `(a)\11`, `\ca`, `\c`, `\cé`, `\c?`, `\e\f\a\t\r`, `\N{U+61}`, `\N{U+}`, `\N{a}`, `\N{2}`, `\N{2,1}`, `\y`, `\L`, `\u`, `\_`, `\é`, `a\`,
	`\Qa*b\E`, `\Qa*`, `\Qa\b\E`, `\E`, `a\E*`, `a\Q\E*`, `\Q\E*`, `\Q|)(`, `]`, `}`, `{`, `{2}`, `a{,2}`, `a{2`, `a{2,`, `a{2,b}`, `x{1}{2}`,
	// Quantifiers.
	`*`, `a**`, `a+++`, `a+?+`, `a*?b`, `a*+a`, `a++b`, `a?+a`, `a{2}+`, `a{1,2}?`, `a{0}`, `(a){0}b`, `a{65536}`, `a{2,1}`, `a{99999999999}`, `(?:)*`, `(?:a*)*`, `(a*)+$`,
	`(a|ab)(c|bcd)*`, `(?:a|b)*?c`, `(a?)*b`, `(a??)*b`, `(?:a?){3}`, `(?:a?){2,}?b`, `(|a)+`, `(|a)*?b`, `(?:|a){3}`, `(a(?=b)|b){2,3}`, `(?U)a+`, `(?U)a+?`, `(?U:a*)b`,
	`^*`, `$+`, `\b?`, `(?i)*`, `|*`, `(*`, `(*)`, `(?=a)*b`, `(?=a){2}a`, `(?!a)?b`,
	`(?:ab){1,2}`, `(?:ab|c){1,2}x`, `(?:b|a){2,3}`, `(?:ab|ca){0,2}c`, `(?:a|b){1,1}`, `(?>a*?)ab`, `(?>a{1,3}?)b`, `(?>a{1,2}?)b`, `é+(?<!é)`, `(?:é|a)+(?<!a)`, `(?:|(a)){2,}?(?(1)b|c)`,
	`(?:(?>(a))x|ab)(?(1)c|b)`, `(?:(?=(a))x|ab)(?(1)c|b)`, `(?:(?>a\Kx)|ab)`, `(?:(?>(?1)x)|ab)(.)`, `(?1)(?(2)c|x)(?(DEFINE)(a(b)?))`,
	// Classes.
	`[`, `[]`, `[]a]`, `[^]a]+`, `[a`, `[a-`, `[a-]`, `[-a]`, `[b-a]`, `[a-\d]`, `[\d-z]`, `[\d-]`, `[a-c-e]`, `[\b]`, `[\B]`, `[\N]`, `[\R]`, `[\X]`, `[\k]`, `[\g]`, `[\1]`,
	`[\Qa-]\E]`, `[\E]`, `[\Q\E^a]`, `[a\E-c]`, `[[:alpha:]]+`, `[[:^alpha:]]+`, `[[:foo:]]`, `[[:alpha:]-z]`, `[a-[:alpha:]]`, `[:alpha:]`, `[[.a.]]`, `[[=a=]]`, `[.a.]`, `[[:alpha]`,
	`[[:a[:digit:]b:]]`, `[[:alpha\:]]`, `[[:<:]]foo`, `foo[[:>:]]`, `[a[:<:]]`, `(?i)[[:upper:]]+`, `(?i)[^kl]`, `(?xx)[a b]`, `(?x)[a b]`, `[\w-]`, `[^\W_]+`, `[\h\v]`, `[^\H]`, `[\x{100}-\x{200}]`,
	`[\p{L}\d]+`, `[^\p{L}]+`, `[\P{L}]`, `[^\W\p{Lu}]`, `[\W\p{Lu}]`, `[^\S\x{2028}]`, `[[:^alpha:]\p{Lu}]`, `(*UCP)[[:^ascii:]]`, `(*UCP)[[:^ascii:]\x{2028}]`, `(*UCP)[^[:^xdigit:]\x{2028}]`, `(*UCP)[^[:^xdigit:]é]`, `[\W[:alpha:]\x{212a}]`, `\p`, `\p{`, `\p{L`, `\p{Foo}`, `\p{^L}`, `\P{^L}`, `\p{ l_u }`, `\pé`, `\p1`, `\p{sc=Foo}`, `\p{foo=L}`,
	// Groups.
	`(`, `)`, `(a`, `a)`, `(?`, `(?:`, `(?z)`, `(?i`, `(?i-`, `(?i-i)a`, `(?--i)`, `(?^i:A)`, `(?^-i:A)`, `(?i)a(?-i)b|C`, `(a(?i)b|C)c`, `(?i:a)B`, `(?s).`, `(?x) a b # c`, `(?x)a\ b`, `(?#`, `(?#a)b`, `a(?#b)*`,
	`(?n)(a)\1`, `(?<n>a)\k<n>`, `(?'n'a)\k'n'`, `(?P<n>a)(?P=n)`, `(?<n>a)\k{n}\g{n}`, `(?<n`, `(?<>a)`, `(?<1>a)`, `(?<n>a)(?<n>b)`, `(?J)(?<n>a)|(?<n>b)\k<n>`, `(?|(?<n>a)|(?<n>b))\k<n>`, `(?|(?<n>a)|(?<m>b))`,
	`(?<` + strings.Repeat("n", 33) + `>a)`, `(?<é>a)\k<é>`, `\k<n>`, `\k`, `\kn`, `(?P`, `(?Px)`, `(?P>n)`, `(?&n)`, `(?P=n)`,
	`(a)\g1`, `(a)\g{1}`, `(a)\g{-1}`, `(a)\g-1`, `\g{+1}(a)`, `\g`, `\g{}`, `\g{0}`, `\g{-0}`, `(a)\g{-2}`, `\g{99999}`, `\ga`, `(a)\g{1`, `(a)\2`, `(a)\10`,
	`(?|(a)|(b))\1`, `(?|(a)(b)|(c))(.)\3`, `(?>a*)ab`, `(?>a|ab)c`, `(*atomic:a+)a`, `(*foo:a)`, `(*pla:a)`, `(*pla`, `(*negative_lookahead:a).`, `(*plb:a)b`, `(*nlb:a)b`, `(*napla:a*)a`, `(?*a)a`, `(?<*a)b`,
	// Lookarounds.
	`(?<=a)b`, `(?<!a)b`, `(?<=a|bc)c`, `(?<=a*)b`, `(?<=a+)b`, `(?<=a|b*)c`, `(?<=(a|bc))c`, `(?<=(?:ab){2})c`, `(?<=a{2})b`, `(?<=\R)a`, `(?<=\X)a`, `(?<=\C)b`, `(?<=^)a`, `(?<=\ba)b`, `(?<=(a)\1)b`, `(?<=(?1))b(a)`,
	`(a)(?<=\1)`, `(?<=(?R))a`, `(?<=a(?=b))b`, `(?<=a(?<=a))b`, `(?<=(?(?=a)b|c))`, `(?<=(?(DEFINE)(a*)))b`, `(?<=a\K)b`, `(?=a\K)`, `(?=\Ka)`, `a\Kb`, `(?:a\K)*b`, `(a\Kb|b)`, `(?<=\Q\E)a`, `(?<=` + strings.Repeat("a", 9) + `)b`,
	`(?<=a{65535})b`, `(?<=a{40000}a{40000})b`, `(?=.*b)a`, `(?!.*b)a`, `(?=(a))\1`, `(?!(a))b\1`, `(?<=(?<x>a))\k<x>`, `(?<!(?<=b)a)b`,
	// Conditions.
	`(a)?(?(1)b|c)`, `(?(1)a)`, `(?(1)a|b|c)`, `(?(2)a)(b)`, `(?<n>a)?(?(<n>)b|c)`, `(?<n>a)?(?('n')b|c)`, `(?<n>a)?(?(n)b|c)`, `(?(n)a)`, `(?(R)a|b)`, `(?(R1)a|b)(c)`, `(?(R9)a|b)`, `(?(R&n)a|b)(?<n>c)`, `(?<R>a)?(?(R)b|c)`,
	`(?(DEFINE)(?<n>a))(?&n)`, `(?(DEFINE)a|b)`, `(?(?=a)a|b)`, `(?(?!a)b|a)`, `(?(?<=a)b|c)`, `(?(*pla:a)a|b)`, `(?(*napla:a)a|b)`, `(?(?C1)(?=a)a|b)`, `(?(?C1)a)`, `(?(?:a)a)`, `(?(?=a)*a)`, `(?(a)`, `(?(`, `(?()a)`, `(?(1`, `(?(+1)a)(b)`, `(a)(?(-1)b|c)`, `(?(-1)b)`, `(?(0)a)`,
	`(?(VERSION>=10.0)a|b)`, `(?(VERSION=10.42)a|b)`, `(?(VERSION>=10.43)a|b)`, `(?(VERSION>=11)a|b)`, `(?(VERSION=10.4)a|b)`, `(?(VERSION>10)a)`, `(?(VERSION>=10.)a)`, `(?(VERSION>=1001)a)`,
	// Recursion.
	`(?R)`, `(?R`, `(?R1)`, `(?0)`, `(?1)`, `(?1`, `(?+1)(a)`, `(?-1)`, `(a)(?-1)`, `(?+)`, `(?+0)`, `(?-0)`, `(?99999)`, `(\((?:[^()]|(?1))*\))`, `\((?:[^()]++|(?R))*\)`, `^((.)(?1)\2|.?)$`, `^(?:((.)(?1)\2|)|((.)(?3)\4|.))$`, `(a)(?1)\1`,
	`(?<n>a|b(?&n))c`, `(?1)(?:(a|ab))c`, `(?:(?1)|b)(a)`, `(a|(?1)b)`, `(a?(?1)?)b`, `\g<1>(a)`, `\g'1'(a)`, `\g<n>(?<n>a)`, `\g<-1>`, `(a)\g<-1>`, `\g<1`, `\g<+1>(a)`, `(a\1?){2}`, `(?:(a)|b\1)+`, `(a(?R)?b)`, `(?i:(a))(?1)`, `(a)(?i)\1`,
	// Verbs.
	`(*ACCEPT)a`, `a(*ACCEPT)b`, `(a(*ACCEPT)b)c`, `a(?=b(*ACCEPT)c)b`, `(?1)(?(DEFINE)(a(*ACCEPT)b))b`, `(*ACCEPT)?a`, `a(*ACCEPT)??b`, `(*F)`, `a(*FAIL)|b`, `(*FOO)`, `(*F:x)a|b`, `(*:m)a`, `(*MARK)a`, `(*MARK:)a`, `(*MARK:x)a`, `(*MARK:x`, `(*COMMIT)*`,
	`a(*COMMIT)b`, `a+(*COMMIT)c|b`, `a+(*PRUNE)b|c`, `a+(*SKIP)c|a|b`, `aa(*SKIP)c|a`, `a(*MARK:m)a(*SKIP:m)c|a`, `a(*SKIP:x)c|a`, `a(*THEN)c|ab`, `(?:a(*THEN)c|ab)`, `(?:a(*THEN)c)|ab`, `(?:(?:a(*THEN)c|b)|ab)`, `a(?:(*THEN)c)|ab`, `(?=a(*COMMIT)c)a|b`, `(?!a(*COMMIT)c)a`, `(?>a(*COMMIT)c)|b`, `(?(?=a(*COMMIT)c)x|a)`,
	`(*COMMIT)[ab]c`, `(*COMMIT)(?:a|b)`, `(?i)(*COMMIT)b`, `((*COMMIT)b|c)`, `(*COMMIT)b+c`, `aa(*:m)(*PRUNE:n)(*SKIP:n)c|a`, `a(*MARK:m)a(*PRUNE:m)(*SKIP:m)c|a+`, `a+(*COMMIT:x)(*SKIP:x)c|b`, `a(?=.(*:x))(*SKIP:x)c|(.)`, `a(?>b(*:x))(*SKIP:x)c|(.)`, `a(?:b(*:x))(*SKIP:x)c|(.)`, `(?>a(*:x)b(*SKIP:x)c|.*)`, `(?1)b(*SKIP:x)c|.(?(DEFINE)(a(*:x)))`, `^(?(DEFINE)(.(*ACCEPT)|..))(?1)$`,
	`(*UCP)\w+`, `(*UCP)[[:alpha:]]+`, `(*UCP)\bé`, `(*UCP)(?i)É`, `(*LF)a.b`, `(*CR)a.`, `(*CR)(?m)a$`, `(*ANYCRLF)a.`, `(*ANYCRLF)(?m)a$`, `(*ANY)a.b`, `(*ANY)(?m)^b`, `(*NUL)a.`, `(*BSR_ANYCRLF)a\Rb`, `(*NOTEMPTY)a*`, `(*NOTEMPTY_ATSTART)a*`, `(*NO_JIT)a`, `(*NO_START_OPT)(*COMMIT)b`, `(*LIMIT_MATCH=10)a`, `(*LIMIT_MATCH=)a`, `(*LIMIT_FOO=1)a`, `(*UTF)(*FOO)`, `a(*UTF)`,
	`(?C)a`, `(?C1)a`, `(?C256)a`, `(?C'x')a`, `(?C{x})a`, `(?C'x`, `(?Cx)`, `(?C1`, `(?C1x)`, `a(?C1)*`,
	// Anchors and the rest.
	``, `^`, `$`, `^$`, `\A`, `\z`, `\Z`, `\G`, `\Ga`, `(?m)^a`, `a$`, `a\Z`, `\b`, `\B`, `\ba\b`, `\Ba`, `^(?:a|b)$`, `a|`, `|a`, `(?:)`, `\R`, `\X`, `\X\X`, `\C`, `\C\C`, `.`, `..`, `a.b`, `\N+`, `a\nb`, strings.Repeat("(", 250) + strings.Repeat(")", 250), strings.Repeat("(", 251) + strings.Repeat(")", 251),
	"a\nb", "\xff", "a\xc3", "\xc3(", "\xe2\x82", "\xe2\x28\xa1", "\xed\xa0\x80", "\xc0\x80", "\xe0\x80\x80", "\xf0\x80\x80\x80", "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80", "\xfc\x84\x80\x80\x80\x80", "\xf4\x90\x80\x80", "\x80", "[\xff]",
}

func TestCases(t *testing.T) {
	all := []Options{
		{UTF8: true}, {}, {UTF8: true, FoldCase: true}, {UTF8: true, Words: true},
		{Lines: true}, {UTF8: true, Words: true, Lines: true},
	}
	for i, pattern := range cases {
		some := []Options{all[0]}
		if i%5 == 0 {
			some = append(some, all[i/5%len(all)])
		}
		if os.Getenv("PATTERNS") != "" {
			some = all
		}
		for _, o := range some {
			compare(t, pattern, o, caseLines)
		}
	}
}

// TestLimits expects an end, and then what grep says.
func TestLimits(t *testing.T) {
	a := strings.Repeat("a", 1000)
	for _, pattern := range []string{
		`(a+)+$`, `(a|aa)+$`, `(?:a*)*c?$`, `((a)+)+$`,
		`(?:a|b)*(?:a|b)*(?:a|b)*(?:a|b)*c?$`, `^(?:(a)|b|(?1))+$`,
	} {
		compare(t, pattern, Options{UTF8: true}, []string{a + "-"})
	}
	for _, pattern := range []string{`(?R)a`, `(a|(?R))*[xy]`, `(?1)(a?(?1))`} {
		p, err := Parse([]byte(pattern), Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := p.Matcher()
		if m.Match([]byte(a)) || m.GaveUp() != errMatchLimit || m.GaveUp() != nil {
			t.Errorf("%q does not give up once", pattern)
		}
	}
}

// TestLongLine is about the stack.
func TestLongLine(t *testing.T) {
	line := []byte(strings.Repeat("ab", 1<<19) + "c")
	for _, pattern := range []string{
		`^(?:a|b)*c$`, `^(a|b)*c$`, `^[ab]*c$`, `^(?>a|b)*c$`, `^.*?c$`, `(?:ab){99}c$`,
	} {
		p, err := Parse([]byte(pattern), Options{UTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if m := p.Matcher(); !m.Match(line) {
			t.Errorf("%q does not match: %v", pattern, m.GaveUp())
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range cases {
		f.Add([]byte(c), uint8(len(c)), []byte("ab\xff\u00e9"))
	}
	f.Fuzz(func(t *testing.T, pattern []byte, flags uint8, line []byte) {
		o := Options{
			FoldCase: flags&1 > 0, Words: flags&2 > 0, Lines: flags&4 > 0,
			UTF8: flags&8 > 0, Null: flags&16 > 0,
		}
		p, err := Parse(pattern, o)
		if err != nil || len(pattern) > 100 || len(line) > 100 {
			return
		}
		p.prog.stepLimit = 1000
		m := p.Matcher()
		for at := 0; at <= len(line); at++ {
			if start, end, ok := m.Find(line, at); ok && (start < 0 || start > end || end > len(line)) {
				t.Fatalf("%d, %d", start, end)
			}
		}
	})
}
