package backtrack

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// TestLong has back-references on long lines of several kinds decided within the limit.
func TestLong(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(alphabet string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(b)
	}
	const letters = "abcdefghijklmnopqrstuvwxyz"
	fields := strings.Repeat("12,ab,3.5,", 2000)
	for _, x := range []struct {
		flags, pattern, line string
		match                bool
	}{
		{"E", `(.{9,}).*\1`, text(letters, 20_000), false},
		{"E", `(.{9,}).*\1$`, text(letters, 20_000), false},
		{"Eu", `(.{9,}).*\1`, text(letters, 20_000) + "é", false},
		{"Ei", `(.{12,}).*\1`, text(letters, 20_000), false},
		{"Eiu", `(.{12,}).*\1`, text(letters, 20_000) + "é", false},
		{"E", `(.{9,}).*\1`, text(letters, 9000) + "01234567890123" + text(letters, 9000) + "0123456789", true},
		{"Ei", `(.{9,}).*\1`, text(letters, 9000) + "-ABCDEFGHI-" + text(letters, 9000) + "-abcdefghi-", true},
		{"E", `(.{5,}).*\1`, strings.Repeat("a", 20_000), true},
		{"E", `^(.*)\1$`, strings.Repeat("a", 20_001), false},
		{"E", `(.+)\1\1z`, text(letters, 20_000), false},
		{"E", `^(.+)(.+)\2\1$`, text("ab", 20_000), false},
		{"E", `(a|b)*\1#$`, text("ab", 20_000) + "-#", false},
		{"E", `(a|b)*\1#$`, text("ab", 20_000) + "bb#", true},
		{"E", `(a*b)*\1#$`, text("ab", 20_000) + "-#", false},
		{"E", `^([^,]*),.*,\1$`, fields + "13", false},
		{"E", `^([^,]*),.*,\1$`, fields + "12", true},
		{"E", `([^,]+),.*;\1$`, fields + ";12", true},
		{"E", `([^,]+),.*;\1$`, fields + ";13", false},
		{"Ew", `([a-z]+).*;\1`, fields + ";abc", false},
		{"Ex", `(.*);\1`, fields + ";" + fields, true},
		{"Ex", `(.*);\1`, fields + ";" + fields[1:], false},
		{"E", `(.)(.).*\2\1-(.*)\3$`, text(letters, 10_000) + "-" + text(letters, 10_000), false},
		{"E", `^(.*)(.*)(.*)\3\2\1!`, text("ab", 5_000) + "?!", false},
	} {
		m := newMatcher(t, x.flags, x.pattern)
		match, err := m.Match([]byte(x.line)), m.GaveUp()
		if match != x.match || err != nil {
			t.Errorf("-%s %q on %.20q: %v, %v", x.flags, x.pattern, x.line, match, err)
		}
		start, end, ok := m.Find([]byte(x.line), 0)
		if err := m.GaveUp(); ok != x.match || err != nil || ok && !strings.Contains(x.line, x.line[start:end]) {
			t.Errorf("-%s %q on %.20q: found %v, %v", x.flags, x.pattern, x.line, ok, err)
		}
	}
}

// TestLongGrep compares random patterns on lines of some hundred characters with the real tool.
func TestLongGrep(t *testing.T) {
	g := newGrep(t)
	r := rand.New(rand.NewPCG(*grepSeed, 3))
	for i := range *grepLists / 5 {
		if i%10 == 0 {
			g.lines(longRows(r), false)
		}
		make := generator{Rand: r, language: syntax.Extended}
		q := query{patterns: []string{fmt.Sprintf("(%s).*%s", make.branch(2), make.branch(1)) + `\1` + make.branch(1)}}
		q.Language = syntax.Extended
		q.UTF8, q.FoldCase, q.Lines = r.IntN(2) == 0, r.IntN(4) == 0, r.IntN(6) == 0
		if d := g.compare(q); d != "" {
			t.Error(d)
		}
	}
	t.Logf("%d patterns times rows, of which %d may differ; %d errors of glibc",
		g.compared, g.skipped, g.glibc)
}

func longRows(r *rand.Rand) [][]byte {
	alphabet := []string{"a", "b", "A", "-", " ", "é", "É", "k", "ab", "1", "\xff"}
	rows := make([][]byte, 12)
	for i := range rows {
		few := 2 + r.IntN(len(alphabet)-1)
		var row []byte
		for len(row) < 60+r.IntN(300) {
			row = append(row, alphabet[r.IntN(few)]...)
		}
		if r.IntN(3) == 0 {
			row = bytes.Repeat(row[:30], 10)
		}
		rows[i] = row
	}
	return rows
}
