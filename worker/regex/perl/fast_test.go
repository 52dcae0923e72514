package perl

import "testing"

// TestFastPaths tries patterns that the compiler changes, or that start where it knows that no
// match starts, and others that only look like them.
func TestFastPaths(t *testing.T) {
	lines := []string{
		"", "a", "aaab", "aaabc", "aabc", "abc", "bcaab", "aaba", "xaaba", "aaabaa",
		"aendb", "end", "aen", "aab ab", "éaab", "éendé",
		"a(b(aa)c)", "((a)", "a-ac", "a-a c", "a-A", "ab-AB", `"a\"b"c`, `"a\\"b"`, "aAa", "a1a",
		"11a1", "—é",
	}
	for _, pattern := range []string{
		`^(?:a|aab)*c`, `^(?:a|bc)*ab`, `^(?:a|bc)*+ab`, `^(?:a|bc)*d?c`, `^(?:a|b|bc)+c$`, `(?:[ab]|é)*+c`, `(?:é|a)*b`,
		`(a+)b\1$`, `a*b(?!a)`, `\w+b(?=a)`, `[^b]+c`, `a+?b$`, `\b\w+b\b`, `(*UCP)\b\w`, `\ba+\b`, `\bé`, `\b`,
		`^(?:(?!end).)*$`, `(?:(?!end).)*`, `(?:(?!end)\w)+b`, `(?:(?!éa).)*b`, `(?:(?!nd)[a-d])*e`, `a(?:(?!b).)*+b`, `(?:(?!end).)*?b`,
		`\((?:[^()]|(?R))*\)`, `(\((?:[^()]++|(?1))*\))c`, `(?:a|(?1))*([bc])$`,
		`"(?:[^"\\]|\\.)*+"`, `"(?:[^"\\]|\\.)*"`, `a.*?b`, `a.*?a$`, `.*a`, `a{1,2}a*b`, `(?:ab|a)(?:bc|c)$`, `(?<!a)a+(?!a)`, `(?<!é)a`, `a(?!é)`,
	} {
		compare(t, pattern, Options{}, lines)
		compare(t, pattern, Options{UTF8: true}, lines)
	}
}

// TestCopies tries references for which a copy of the group must not require what the group does.
func TestCopies(t *testing.T) {
	for _, test := range []struct{ pattern, line string }{
		{`(a+\b)-*\1c`, "a-ac"},
		{`(\ba+(?!\w))-\1c`, "a-ac"},
		{`(a+)-(?i)\1`, "a-A"},
		{`([ab]+)-(?i:\1)`, "ab-AB"},
		{`(?1)-(?<!b)(a+\b)`, "a-a"},
		{`(?:(a+)|b)+\1x`, "abax"},
	} {
		p, err := Parse([]byte(test.pattern), Options{UTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if !p.Matcher().Match([]byte(test.line)) {
			t.Errorf("%s does not match %s", test.pattern, test.line)
		}
		for _, tree := range p.Trees {
			if !(simulation{line: []byte(test.line), utf: true}).match(tree) {
				t.Errorf("%s: a tree does not match %s", test.pattern, test.line)
			}
		}
	}
}
