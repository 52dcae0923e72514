package dfa

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/linefork/linefork/worker/regex/backtrack"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// counted counts what the automaton leaves to others.
type counted struct {
	*backtrack.Matcher
	calls int
}

func (c *counted) Match(line []byte) bool {
	c.calls++
	return c.Matcher.Match(line)
}

// TestBareBytes compares with package backtrack in UTF-8, where a set with bytes from 0x80 on
// matches these only outside characters.
func TestBareBytes(t *testing.T) {
	calls, records, matches := 0, 0, 0
	for n := range *randomCases / 5 {
		random := rand.New(rand.NewPCG(*randomSeed, uint64(n)))
		s := source(random.IntN)
		tree := s.tree(1+s(3), true, false)
		addBareBytes(tree, s)
		p, err := Compile(tree, Options{Terminator: '\n', UTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		exact := backtrack.New(tree, true)
		f := &counted{Matcher: exact}
		m := p.Machine(f)
		b := s.data(40, '\n', true)
		var want []int
		start := 0
		for line := range bytes.Lines(b) {
			record := bytes.TrimSuffix(line, []byte{'\n'})
			is := exact.Match(record)
			if got := m.Match(record); got != is {
				t.Fatalf("seed %d, case %d: tree %s\nMatch(%q) = %v", *randomSeed, n, show(tree), record, got)
			}
			if is {
				want = append(want, start)
			}
			start += len(line)
			records++
		}
		if checkLines(t, m, b, want); t.Failed() {
			t.Fatalf("seed %d, case %d: tree %s", *randomSeed, n, show(tree))
		}
		matches += len(want)
		calls += f.calls
	}
	t.Logf("%d records, of which %d match; %d calls of the fallback", records, matches, calls)
}

// addBareBytes adds to each set some bytes from 0x80 on, which are often part of
// characters.
func addBareBytes(n *syntax.Node, s source) {
	if n.Op == syntax.OpSet {
		for range s(4) {
			n.Set.AddByte(0x80 | pieces[8+s(len(pieces)-8)][0])
		}
		if s(3) == 0 {
			n.Set.Bytes[2], n.Set.Bytes[3] = ^uint64(0), ^uint64(0)
		}
	}
	for _, sub := range n.Sub {
		addBareBytes(sub, s)
	}
}
