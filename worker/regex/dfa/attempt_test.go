package dfa

import (
	"bytes"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// checkAttempts compares attempts of up to most bytes at each position of the records of b with the
// reference. There is no verdict if the bytes do not suffice, or if maybe says so.
func checkAttempts(t *testing.T, m *Machine, ref *reference, b []byte, most int, maybe bool) {
	t.Helper()
	check := func(what string, i int, got Verdict, read int, match bool) {
		t.Helper()
		want := No
		if match {
			want = Yes
		}
		switch {
		case read < 0 || read > most:
			t.Errorf("%s(%q, %d, %d) read %d", what, b, i, most, read)
		case got == want, got == Refused && maybe, got == Maybe && read == most:
		default:
			t.Errorf("%s(%q, %d, %d) = %d, %d, want %d", what, b, i, most, got, read, want)
		}
	}
	for start := 0; start < len(b); {
		end := len(b)
		if i := bytes.IndexByte(b[start:], m.p.Terminator); i >= 0 {
			end = start + i
		}
		line := b[start:end]
		reached, begun := uint64(0), false
		for i := range len(line) + 1 {
			if !begun && m.MatchFrom(line, i) != matchesFrom(ref, line, i) {
				t.Errorf("MatchFrom(%q, %d) = %v", line, i, !matchesFrom(ref, line, i))
			}
			ends := ref.ends(ref.tree, line, 1<<i)
			begun = begun || ends != 0
			reached |= ends
			got, read := m.From(b, start+i, most)
			check("From", start+i, got, read, ends != 0)
		}
		for i := range len(line) + 1 {
			got, read := m.To(b, start+i, most)
			check("To", start+i, got, read, reached>>i&1 != 0)
		}
		start = end + 1
	}
}

func matchesFrom(ref *reference, line []byte, i int) bool {
	_, _, ok := ref.find(line, i)
	return ok
}

// TestAttempt tries attempts that are settled by the last byte that they may read, by the
// terminator after it, or not at all.
func TestAttempt(t *testing.T) {
	set := &syntax.Set{}
	for c := range 128 {
		set.AddByte(byte(c))
	}
	any := &syntax.Node{
		Op: syntax.OpRepeat, Max: syntax.Unlimited,
		Sub: []*syntax.Node{{Op: syntax.OpSet, Set: set}},
	}
	literal := func(s string) *syntax.Node {
		return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte(s)}
	}
	tree := &syntax.Node{
		Op: syntax.OpConcat, Sub: []*syntax.Node{literal("ab"), any, literal("yz")},
	}
	p, err := Compile(tree, Options{Terminator: '\n'})
	if err != nil {
		t.Fatal(err)
	}
	m := p.Machine(nil)
	for _, x := range []struct {
		text      string
		i, most   int
		from, to  Verdict
		read, rev int
	}{
		{"ab..yz\n", 0, 64, Yes, No, 6, 0}, // noticed at the byte after
		{"ab..yz\n", 0, 6, Maybe, No, 6, 0},
		{"ab..yz", 0, 6, Yes, No, 6, 0},
		{"ab..yz", 6, 6, No, Yes, 0, 6},
		{"ab..yz", 6, 5, No, Maybe, 0, 5},
		{"-ab..yz", 7, 64, No, Yes, 0, 6},
		{"-ab..y\nz", 1, 64, No, No, 5, 0},
		{"-ab\n..yz\n", 8, 64, No, No, 0, 4},
		{"-ab", 1, 2, No, No, 2, 0},
		{"aab", 0, 64, No, No, 1, 0},
	} {
		if v, read := m.From([]byte(x.text), x.i, x.most); v != x.from || read != x.read {
			t.Errorf("From(%q, %d, %d) = %d, %d, want %d, %d", x.text, x.i, x.most, v, read, x.from, x.read)
		}
		if v, read := m.To([]byte(x.text), x.i, x.most); v != x.to || read != x.rev {
			t.Errorf("To(%q, %d, %d) = %d, %d, want %d, %d", x.text, x.i, x.most, v, read, x.to, x.rev)
		}
	}
}
