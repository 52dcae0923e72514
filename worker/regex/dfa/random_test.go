package dfa

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"testing"
)

var randomCases = flag.Int("cases", 5000, "number of random trees to compare with the reference")
var randomSeed = flag.Uint64("seed", 1, "seed of the random trees")

// TestRandom compares all methods with the reference on random trees and records, mostly with too
// little memory and too small pieces.
func TestRandom(t *testing.T) {
	var declined, records int
	for n := range *randomCases {
		random := rand.New(rand.NewPCG(*randomSeed, uint64(n)))
		d, r := compare(t, random.IntN)
		if t.Failed() {
			t.Fatalf("seed %d, case %d", *randomSeed, n)
		}
		declined += d
		records += r
	}
	t.Logf("%d records, %d calls of the fallback", records, declined)
}

// FuzzCompare does the same with choices made by the fuzzer.
func FuzzCompare(f *testing.F) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 0))
		b := make([]byte, 400)
		for i := range b {
			b[i] = byte(random.Uint32())
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		compare(t, func(n int) int {
			v := 0
			for m := n; m > 1 && len(choices) > 0; m /= 256 {
				v = v<<8 | int(choices[0])
				choices = choices[1:]
			}
			return v % n
		})
	})
}

// compare makes one random tree and compares; it returns the number of calls of the fallback and of
// records.
func compare(t *testing.T, s source) (declined, records int) {
	defer func(n int) { longStep = n }(longStep)
	if s(2) == 0 {
		longStep = 1 + s(20)
	}
	o := Options{Terminator: '\n', UTF8: s(2) == 0}
	if s(4) == 0 {
		o.Terminator = 0
	}
	foreign := s(2) == 0
	tree := s.tree(1+s(4), o.UTF8 && s(2) == 0, s(3) > 0)
	p, err := Compile(tree, o)
	if err != nil {
		t.Fatal(err)
	}
	p.leastPiece = 1 + s(64)
	if s(3) > 0 {
		p.cacheLimit = 4096 + s(16<<10)
	}
	ref := &reference{tree: tree, utf8: o.UTF8}
	m := p.Machine(ref)

	for range 3 {
		b := s.data(1+s(60), o.Terminator, foreign)
		want := ref.lines(b, o.Terminator)
		for range 2 { // also with states that are already there
			checkLines(t, m, b, want)
		}
		for range 3 {
			if len(b) == 0 {
				break
			}
			line := b[s(len(b)):]
			if i := bytes.IndexByte(line, o.Terminator); i >= 0 {
				line = line[:i]
			}
			checkLine(t, m, ref, line)
		}
		most := s(6)
		if most == 5 {
			most = 100
		}
		checkAttempts(t, m, ref, b, most, o.UTF8 || p.cacheLimit != cacheLimit)
		records += bytes.Count(b, []byte{o.Terminator})
	}
	if t.Failed() {
		t.Logf("tree %s\noptions %+v, cache %d, piece %d", show(tree), o, p.cacheLimit, p.leastPiece)
	}
	return ref.calls, records
}

// checkLines compares hits with the starts of the records that match.
func checkLines(t *testing.T, m *Machine, b []byte, want []int) {
	t.Helper()
	const mark = -7
	hits := m.Lines(b, []int{mark})
	ok := len(hits) == len(want)+1 && hits[0] == mark
	if ok {
		for i, hit := range hits[1:] {
			end := len(b)
			if k := bytes.IndexByte(b[want[i]:], m.p.Terminator); k >= 0 {
				end = want[i] + k + 1
			}
			ok = ok && want[i] <= hit && hit < end
		}
	}
	if !ok {
		t.Errorf("Lines(%q) = %v, want hits in the records at %v", b, hits[1:], want)
	}
}

func checkLine(t *testing.T, m *Machine, ref *reference, line []byte) {
	t.Helper()
	if got, want := m.Match(line), ref.match(line); got != want {
		t.Errorf("Match(%q) = %v, want %v", line, got, want)
	}
	for from := range len(line) + 1 {
		start, end, ok := m.Find(line, from)
		wantStart, wantEnd, want := ref.find(line, from)
		if start != wantStart || end != wantEnd || ok != want {
			t.Errorf("Find(%q, %d) = %d, %d, %v, want %d, %d, %v",
				line, from, start, end, ok, wantStart, wantEnd, want)
		}
	}
}
