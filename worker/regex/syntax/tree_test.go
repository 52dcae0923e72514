package syntax

import (
	"strings"
	"testing"
)

// options reads grep's flags; u stands for UTF-8.
func options(flags string) (o Options) {
	for _, f := range flags {
		switch f {
		case 'E':
			o.Language = Extended
		case 'F':
			o.Language = Fixed
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

func split(patterns string) [][]byte {
	var list [][]byte
	for _, p := range strings.Split(patterns, "\n") {
		list = append(list, []byte(p))
	}
	return list
}

func TestTree(t *testing.T) {
	for _, test := range []struct{ flags, patterns, want string }{
		// Characters, and what makes up one of them.
		{"", "abc", `"abc"`},
		{"", "", "empty"},
		{"", `a\.b\*\[\]\^\$\\`, `"a.b*[]^$\\"`},
		{"", `a+b?c{1}|d()`, `"a+b?c{1}|d()"`},
		{"E", `a\+b\?c\{1\}\|d\(\)`, `"a+b?c{1}|d()"`},
		{"E", `a)b}`, `"a)b}"`},
		{"F", `a.*[\`, `"a.*[\\"`},
		{"", "foo[.]bar[x]", `"foo.barx"`},
		{"", "\xff", `"\xff"`},
		{"u", "é", `"é"`},
		{"u", "a\xffb", `"a\xffb"`},
		{"u", "\xff[^a]", `([\xff] [\x00-\x09\x0b-` + "`" + `b-\x7f` + "\\x80-\\xd7ff\\xe000-\\x10ffff" + `])`},

		// Repetitions.
		{"", "ab*", `("a" "b"{0,})`},
		{"", `ab\{2,3\}`, `("a" "b"{2,3})`},
		{"", `ab\{,3\}`, `("a" "b"{0,3})`},
		{"", `ab\{2\}`, `("a" "b"{2,2})`},
		{"", `ab\{2,\}`, `("a" "b"{2,})`},
		{"", `ab\{1\}c`, `"abc"`},
		{"", `ab\{0\}c`, `"ac"`},
		{"", `a**`, `"a"{0,}`},
		{"E", `a+?`, `"a"{0,}`},
		{"E", `a?+`, `"a"{0,}`},
		{"E", `a??`, `"a"{0,1}`},
		{"E", `a++`, `"a"{1,}`},
		{"E", `a{2}{3}`, `"a"{2,2}{3,3}`},
		{"E", `(ab)*`, `"ab"{0,}`},
		{"E", `ab{1`, `"ab{1"`},
		{"E", `a{1a}`, `"a{1a}"`},
		{"E", `a{1,b`, `"a{1,b"`},
		{"E", `a{x*`, `("a{" "x"{0,})`},
		{"E", `a{*`, `("a" "{"{0,})`},
		{"E", `a{,}`, `"a"{0,}`},
		{"E", `()*a`, `"a"`},

		// Repetitions of nothing.
		{"", "*a", `"*a"`},
		{"", `\(*a\)`, `"*a"`},
		{"", `a\|*b`, `<"a"|"*b">`},
		{"", "^*a", `(^ "*a")`},
		{"", `\{1\}a`, `"{1}a"`},
		{"", `\+a`, `"+a"`},
		{"", "**", `"*"{0,}`},
		{"E", "*a", `"a"`},
		{"E", "(*a)", `"a"`},
		{"E", "a|*b", `<"a"|"b">`},
		{"E", "^*a", `"a"`},
		{"E", "{1}a", `"a"`},
		{"E", "{1", `"{1"`},
		{"E", "^{2}a", `(^ "a")`},
		{"", `x\<*`, `"x"`},
		{"u", `x\<*`, `("x" \< "*")`},
		{"Eu", `x\<*y`, `("x" \< "y")`},
		{"Eu", `{1}\<y`, `("1}" \< "y")`},
		{"Eu", `\<a{*`, `(\< "a" "{"{0,})`},
		{"Eu", `\<a{x`, `(\< "a{x")`},
		{"Eu", `{\<y`, `("{" \< "y")`},

		// Anchors.
		{"", "^a$", `(^ "a" $)`},
		{"", "a^b$c", `"a^b$c"`},
		{"", `\(^a$\)`, `(^ "a" $)`},
		{"", `a$\|^b`, `<("a" $)|(^ "b")>`},
		{"", "^^a$$", `(^ "^a$" $)`},
		{"", `a$)b`, `("a" $ ")b")`},
		{"", `a$)`, `"a$)"`},
		{"", `a\$`, `"a$"`},
		{"E", "a^b$c", `("a" ^ "b" $ "c")`},
		{"", "\\`a\\'", `(^ "a" $)`},
		{"", `\<a\>\bb\B`, `(\< "a" \> \b "b" \B)`},

		// Alternatives and groups.
		{"E", "a|b|c", `<"a"|"b"|"c">`},
		{"E", "a||b|", `<"a"|empty|"b">`},
		{"E", "(a|(b|c))d", `(<"a"|"b"|"c"> "d")`},
		{"E", "(((a)))", `"a"`},
		{"E", `(a)(b)\2`, `("a" #1("b") \1)`},
		{"E", `((a)|b)\1`, `(#1(<"a"|"b">) \1)`},
		{"E", "(a)\\1\n(b)\\1", `<(#1("a") \1)|(#2("b") \2)>`},
		{"Ei", `(-)\1`, `(#1("-") \1i)`},
		{"E", `(a){0}\1`, `\1`},
		{"", "a\nb*\nc", `<"a"|"c"|"b"{0,}>`},

		// Sets.
		{"", "[abc]", "[a-c]"},
		{"", "[]a]", "[]a]"},
		{"", "[^]a]", `[\x00-\x09\x0b-\^-` + "`" + `b-\xff]`},
		{"", "[a-]", "[-a]"},
		{"", "[--/]", "[--/]"},
		{"", `[\d]`, `[\d]`},
		{"", "[a^]", "[^a]"},
		{"", "[[:digit:]x]", "[0-9x]"},
		{"", "[[.-.]-0]", "[--0]"},
		{"", "[[=a=]b]", "[a-b]"},
		{"", "[[.a.]-c]", "[a-c]"},
		{"", ".", `[\x00-\x09\x0b-\xff]`},
		{"z", ".", `[\x01-\xff]`},
		{"u", ".", `[\x00-\x09\x0b-\x7f\x80-\xd7ff\xe000-\x10ffff]`},
		{"", `\w`, "[0-9A-Z_a-z]"},
		{"", `\s`, `[\x09-\x0d\x20]`},
		{"", `\S`, `[\x00-\x08\x0e-\x1f!-\xff]`},
		{"u", "[é-ü]", "[é-ü]"},
		{"u", "[a-\xff]", `[a-\x7f\x80-ÿ]`},
		{"u", "[\xffa]b", `"ab"`},
		{"u", "[\xff]", "none"},
		{"u", "[[:blank:]]", `[\x09\x20...]`},

		// Case.
		{"i", "a1b", `([Aa] "1" [Bb])`},
		{"i", "[[:lower:]]", "[A-Za-z]"},
		{"i", "[b-d]", "[B-Db-d]"},
		{"i", "[^b]", `[\x00-\x09\x0b-AC-ac-\xff]`},
		{"i", "\xe9", `"\xe9"`},
		{"iu", "k", "[Kk]"},
		{"iu", "\u212a", "\"\u212a\""},
		{"iu", "в", "[Вв]"},
		{"iu", "ᲀ", "[Ввᲀ]"},
		{"iu", `\<в`, `(\< [Вв])`},
		{"iu", "[в]", "[Вв]"},
		{"iu", "[в[=!=]]", "[!Ввᲀ]"},
		{"iu", "[\xc3-\xff]", "[Ã-ßã-þ]"},
		{"iu", "[a-Z]", "[A-Za-zıſ]"},
		{"i", "[a-Z]", "none"},
		{"iu", "[é-É]", "[Éé]"},
		{"iu", "s", "[Ssſ]"},
		{"iu", "ı", "[Iiı]"},
		{"iu", "σ", "[Σς-σ]"},
		{"iu", "[k-l]", "[K-Lk-l]"},

		// All of the pattern.
		{"x", "a\nb*", `(^ <"a"|"b"{0,}> $)`},
		{"w", "a", `(before "a" after)`},
		{"Ew", "{1}a", `(before "a" after)`},
		{"Euw", "{1}a", `(before "1}a" after)`},
		{"wx", "a", `(^ "a" $)`},
		{"F", "a\n", `<"a"|empty>`},
	} {
		p, err := Parse(split(test.patterns), options(test.flags))
		if err != nil {
			t.Errorf("-%s %q: %v", test.flags, test.patterns, err)
			continue
		}
		if got := dump(p.Tree()); got != test.want {
			t.Errorf("-%s %q: %s, want %s", test.flags, test.patterns, got, test.want)
		}
	}
}

func TestNoPatterns(t *testing.T) {
	for _, flags := range []string{"", "E", "F", "w", "x", "iu"} {
		p, err := Parse(nil, options(flags))
		if err != nil || p.Tree().Op != OpNone || p.Others != nil || p.Literals != nil {
			t.Errorf("-%s: %+v, %v", flags, p, err)
		}
	}
}
