package multi

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// TestAutomaton tries the automaton alone, with each end.
func TestAutomaton(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		alphabet := alphabets[r.IntN(len(alphabets))]
		b := randomBytes(r, alphabet, r.IntN(100))
		n := naive{randomNeedles(r, alphabet, b, 1+r.IntN(20), 1, 12), r.IntN(2) == 0}
		s := New(n.needles, Options{FoldASCII: n.fold}, nil)
		ends := n.ends(b)
		from := r.IntN(len(b) + 1)
		limit := from + 1 + r.IntN(len(b)+1)
		first := slices.IndexFunc(ends[from:], func(e []int) bool { return e != nil })
		if first >= 0 {
			first += from
		}
		start, pos := s.automaton().next(b, from, limit, n.fold)
		switch {
		case start >= 0 && start != first:
			t.Fatalf("next(%q, %d, %d) of %q = %d, want %d", b, from, limit, n.needles, start, first)
		case start < 0 && first >= 0 && first < pos:
			t.Fatalf("next(%q, %d, %d) of %q continues at %d, past %d", b, from, limit, n.needles, pos, first)
		case start < 0 && pos < min(limit, len(b)):
			t.Fatalf("next(%q, %d, %d) of %q continues at %d", b, from, limit, n.needles, pos)
		}
	}
}

// periodic returns sets that compare many bytes at each position of a periodic text.
func periodic(size int) map[string]naive {
	a := strings.Repeat("a", size)
	nested := naive{}
	for n := 1; n < size; n += 1 + n/10 {
		nested.needles = append(nested.needles, []byte(a[:n]+"b"), []byte("c"+a[:n]))
	}
	chain := naive{}
	for n := 2; n < 60; n++ {
		chain.needles = append(chain.needles,
			[]byte(strings.Repeat("bA", n)), []byte(strings.Repeat("ab", n)+"c"))
	}
	return map[string]naive{
		"one":    {[][]byte{[]byte(a + "b")}, false},
		"fold":   {[][]byte{[]byte("A" + a + "B"), []byte(a + "cc")}, true},
		"nested": nested,
		"chain":  chain,
	}
}

// TestPeriodic takes the search through stretches of the automaton.
func TestPeriodic(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for name, n := range periodic(700) {
			t.Run(name, func(t *testing.T) {
				s := New(n.needles, Options{FoldASCII: n.fold}, nil)
				for _, text := range []string{"a", "ab", strings.Repeat("a", 900) + "x"} {
					b := bytes.Repeat([]byte(text), 30_000/len(text))
					for _, at := range []int{-1, 0, 77, 6_000, 14_000, len(b) - 705} {
						if at >= 0 {
							copy(b[at:], n.needles[len(n.needles)-1])
						}
						ends := n.ends(b)
						for from := 0; from < len(b); from += 1 + len(b)/9 {
							start, end := -1, -1
							if k := slices.IndexFunc(ends[from:], func(e []int) bool { return e != nil }); k >= 0 {
								start = from + k
								end = slices.Max(ends[start])
							}
							if gotStart, gotEnd := s.Next(b, from); gotStart != start || gotEnd != end {
								t.Fatalf("Next in %s from %d = %d, %d, want %d, %d",
									text[:min(9, len(text))], from, gotStart, gotEnd, start, end)
							}
						}
					}
				}
			})
		}
	})
}

// TestBudgetEnd puts the needle just where the search switches to the automaton.
func TestBudgetEnd(t *testing.T) {
	needle := append(bytes.Repeat([]byte("a"), 700), 'b')
	s := New([][]byte{needle}, Options{}, nil)
	for at := range 100 {
		b := append(bytes.Repeat([]byte("a"), at), needle...)
		b = append(b, bytes.Repeat([]byte("a"), 2000)...)
		if start, end := s.Next(b, 0); start != at || end != at+len(needle) {
			t.Fatalf("Next of a needle at %d = %d, %d", at, start, end)
		}
	}
}

// TestBudget expects the search to give up on the dictionary where it compares many bytes, and only
// there.
func TestBudget(t *testing.T) {
	for _, test := range []struct {
		text string
		gave bool
	}{{"a", true}, {"aaaaaaaab", false}} {
		made := false
		n := periodic(700)["one"]
		s := New(n.needles, Options{}, nil)
		make := s.automaton
		s.automaton = func() *automaton { made = true; return make() }
		s.Next(bytes.Repeat([]byte(test.text), 20_000), 0)
		if made != test.gave {
			t.Errorf("in a text of %q: %v", test.text, made)
		}
	}
}

// TestConcurrent is for the race detector.
func TestConcurrent(t *testing.T) {
	n := periodic(700)["nested"]
	s := New(n.needles, Options{}, nil)
	b := bytes.Repeat([]byte("a"), 20_000)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if start, _ := s.Next(b, 0); start != -1 {
				t.Errorf("found at %d", start)
			}
		})
	}
	group.Wait()
}
