package backtrack

import (
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// TestSpans compares patterns in which spans meet back-references with the definition, on all short
// lines of a few characters.
func TestSpans(t *testing.T) {
	var lines [][]byte
	var extend func(line string, n int)
	extend = func(line string, n int) {
		lines = append(lines, []byte(line))
		if n > 0 {
			for _, c := range []string{"a", "b", "é", "\xa9"} {
				extend(line+c, n-1)
			}
		}
	}
	extend("", 5)
	for _, pattern := range []string{
		`(ab|b)a*\1`, `(..)[ab]*\1`, `^(a).*\1$`, `(é)[^b]*\1`, `(a|é)+b*\1`,
		`^(a{1,2})b*\1$`, `^(.{2,3})\1`, `^.{0,2}(b)\1`, `(a*)(b?)\1\2.`, `(a*)b*\1a`, `(a?)a*\1b`,
		`(.*)(.*)\2\1$`, `(a)*b*\1`, `(a*b*)*\1.`, "(\xa9)\\1", "(\xa9)b*\\1", "(b)[éa]*(\xa9)\\1", `([^a]*)\1a`,
	} {
		for _, flags := range []string{"E", "Eu", "Eiu"} {
			m := newMatcher(t, flags, pattern)
			p, err := syntax.Parse(splitLines(pattern), options(flags))
			if err != nil {
				t.Fatal(err)
			}
			n := p.Tree()
			for i, line := range lines {
				m.quick = i % 2 * quickSteps
				s, e, ok := m.Find(line, 0)
				s2, e2, ok2, done := naiveFind(n, line, 0, p.Options.UTF8)
				if !done || ok != ok2 || ok && (s != s2 || e != e2) {
					t.Fatalf("-%s %q on %q: %d, %d, %v, want %d, %d, %v",
						flags, pattern, line, s, e, ok, s2, e2, ok2)
				}
				if m.Match(line) != ok {
					t.Fatalf("-%s %q on %q: Match is not %v", flags, pattern, line, ok)
				}
			}
		}
	}
}
