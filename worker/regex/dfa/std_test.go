package dfa

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestStandardLibrary compares with package regexp, leftmost-longest, on patterns made of common
// pieces. It uses only ASCII, where both have the same words.
func TestStandardLibrary(t *testing.T) {
	pieces := []string{
		"a", "b", "1", ",", " ", ".", "[a-c]", "[^a]", "[0-9]", `\b`, `\B`, "^", "$",
		"(a|bc)", "(ab|a)", "x*", "a+", "b?", "a{2}", "[ab]{1,3}", ".*", "(a|b,)*", "|",
	}
	for n := range 3000 {
		random := rand.New(rand.NewPCG(2, uint64(n)))
		var pattern strings.Builder
		for range 1 + random.IntN(6) {
			pattern.WriteString(pieces[random.IntN(len(pieces))])
		}
		re := regexp.MustCompile(pattern.String())
		re.Longest()
		p := compile(t, pattern.String(), Options{Terminator: '\n', UTF8: n%2 == 0})
		p.leastPiece = 1 + random.IntN(50)
		m := p.Machine(strict{t})

		var b []byte
		for range random.IntN(300) {
			b = append(b, "abc1, x\naab"[random.IntN(11)])
		}
		var want []int
		pos := 0
		for line := range bytes.Lines(b) {
			record := bytes.TrimSuffix(line, []byte("\n"))
			if re.Match(record) {
				want = append(want, pos)
			}
			pos += len(line)

			start, end, ok := m.Find(record, 0)
			at := re.FindIndex(record)
			if ok != (at != nil) || ok && (start != at[0] || end != at[1]) {
				t.Errorf("%s: Find(%q) = %d, %d, %v, want %v", &pattern, record, start, end, ok, at)
			}
		}
		checkLines(t, m, b, want)
		if t.Failed() {
			t.Fatalf("pattern %s, case %d", &pattern, n)
		}
	}
}
