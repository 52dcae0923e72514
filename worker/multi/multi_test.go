package multi

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// naive is the definition of a Set, one needle and position at a time.
type naive struct {
	needles [][]byte
	fold    bool
}

func (n naive) lower(b []byte) []byte {
	if !n.fold {
		return b
	}
	b = bytes.Clone(b)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

// ends returns the ends of the needles at each position.
func (n naive) ends(b []byte) [][]int {
	b = n.lower(b)
	ends := make([][]int, len(b))
	for _, needle := range n.needles {
		needle = n.lower(needle)
		for i := 0; ; i++ {
			k := bytes.Index(b[i:], needle)
			if k < 0 {
				break
			}
			i += k
			ends[i] = append(ends[i], i+len(needle))
		}
	}
	for i := range ends {
		slices.Sort(ends[i])
		ends[i] = slices.Compact(ends[i])
	}
	return ends
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

// check compares s with the definition at all positions of b. It returns the
// number of positions with a needle.
func check(t failer, s *Set, n naive, b []byte) (hits int) {
	t.Helper()
	ends := n.ends(b)
	start, end := -1, -1
	for i := len(b) + 1; i >= 0; i-- {
		var want []int
		if i < len(b) {
			want = ends[i]
		}
		if len(want) > 0 {
			start, end = i, want[len(want)-1]
			hits++
		}
		if got := s.Ends(b, i, nil); !slices.Equal(got, want) {
			t.Fatalf("Ends(%q, %d) of %q = %v, want %v", b, i, n.needles, got, want)
		}
		if gotStart, gotEnd := s.Next(b, i); gotStart != start || gotEnd != end {
			t.Fatalf("Next(%q, %d) of %q = %d, %d, want %d, %d",
				b, i, n.needles, gotStart, gotEnd, start, end)
		}
	}
	return hits
}

// alphabets make needles overlap, share ends and be prefixes of each other.
var alphabets = []string{
	"a", "ab", "aB\n", "0123456789,\n", "aAbB[{@`", "\x00\x01\xff", "eEtTaAoO n",
}

func randomBytes(r *rand.Rand, alphabet string, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return b
}

// randomNeedles returns needles of length least to most; some start like others, and some
// come from b.
func randomNeedles(r *rand.Rand, alphabet string, b []byte, count, least, most int) [][]byte {
	var needles [][]byte
	for range count {
		size := least + r.IntN(most-least+1)
		n := randomBytes(r, alphabet, size)
		if len(needles) > 0 && r.IntN(3) == 0 {
			old := needles[r.IntN(len(needles))]
			copy(n, old)
		}
		if len(b) > size && r.IntN(4) == 0 {
			copy(n, b[r.IntN(len(b)-size):])
			if r.IntN(2) == 0 {
				n[size-1] = alphabet[0]
			}
		}
		needles = append(needles, n)
	}
	return needles
}

func TestRandom(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		hits := 0
		rounds := 1000
		if testing.Short() {
			rounds = 300
		}
		for range rounds {
			alphabet := alphabets[r.IntN(len(alphabets))]
			b := randomBytes(r, alphabet, r.IntN(400))
			least := 1 + r.IntN(8)
			most := least + r.IntN(41-least)
			count := 1 + r.IntN(1<<r.IntN(8))
			n := naive{randomNeedles(r, alphabet, b, count, least, most), r.IntN(2) == 0}
			var sample []byte
			if r.IntN(2) == 0 {
				sample = randomBytes(r, alphabet, 2000)
			}
			s := New(n.needles, Options{FoldASCII: n.fold}, sample)
			hits += check(t, s, n, b)
		}
		if hits < rounds {
			t.Errorf("only %d hits", hits)
		}
	})
}

// TestLarge tries sets of many needles.
func TestLarge(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		for i := range 40 {
			alphabet := alphabets[3+i%4]
			b := randomBytes(r, alphabet, 1500)
			n := naive{randomNeedles(r, alphabet, b, 200+r.IntN(1800), 1+i%7, 8+i%33), i%2 == 0}
			check(t, New(n.needles, Options{FoldASCII: n.fold}, b), n, b)
		}
	})
}

// TestSweep puts one needle at every position of every length.
func TestSweep(t *testing.T) {
	sets := []naive{
		{[][]byte{[]byte("x")}, false},
		{[][]byte{[]byte("xy"), []byte("YXZ")}, true},
		{[][]byte{[]byte("\n11865,"), []byte("\n11866,"), []byte("x")}, false},
		{[][]byte{[]byte("another needle"), []byte("a longer needle, of 41 bytes, that ends.")}, false},
	}
	r := rand.New(rand.NewPCG(5, 6))
	many := naive{fold: true}
	for range 300 {
		many.needles = append(many.needles, randomBytes(r, "pqrstuvw", 9+r.IntN(12)))
	}
	sets = append(sets, many)
	cputest.Run(t, func(t *testing.T) {
		for _, n := range sets {
			s := New(n.needles, Options{FoldASCII: n.fold}, nil)
			for size := range 260 {
				buf := bytes.Repeat([]byte("."), size+64)
				for i, needle := range n.needles[:min(len(n.needles), 3)] {
					for at := (size + i) % 3; at < size; at += 3 {
						copy(buf[at:], needle)
						start, end := at, at+len(needle)
						if end > size {
							start, end = -1, -1
						}
						gotStart, gotEnd := s.Next(buf[:size:size], 0)
						if gotStart != start || gotEnd != end {
							t.Fatalf("Next in %d bytes of %q at %d = %d, %d", size, needle, at, gotStart, gotEnd)
						}
						copy(buf[at:], bytes.Repeat([]byte("."), len(needle)))
					}
				}
			}
		}
	})
}

// TestFold searches each byte for each byte.
func TestFold(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for c := range 256 {
			n := naive{[][]byte{{byte(c)}, {'-', byte(c)}, {'-', byte(c), 'A', '-'}}, true}
			s := New(n.needles, Options{FoldASCII: true}, nil)
			for x := range 256 {
				b := []byte{'.', '-', byte(x), 'a', '-'}
				ends := n.ends(b)
				for i := range b {
					if got := s.Ends(b, i, nil); !slices.Equal(got, ends[i]) {
						t.Fatalf("Ends(%q, %d) of %q = %v, want %v", b, i, n.needles, got, ends[i])
					}
				}
			}
		}
	})
}

func TestLowerWord(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 100_000 {
		w := r.Uint64()
		for i := 0; i < 64; i += 8 {
			if got, want := byte(lowerWord(w)>>i), lower(byte(w>>i)); got != want {
				t.Fatalf("byte %d of %x becomes %x, want %x", i/8, w, got, want)
			}
		}
	}
}

// TestEndsAppends also keeps what is there.
func TestEndsAppends(t *testing.T) {
	s := New([][]byte{[]byte("ab"), []byte("a"), []byte("abcde"), []byte("ab")}, Options{}, nil)
	got := s.Ends([]byte("abcdef"), 0, []int{99})
	if want := []int{99, 1, 2, 5}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestKeepsCopy(t *testing.T) {
	needle := []byte("abc")
	s := New([][]byte{needle}, Options{}, nil)
	needle[0] = 'x'
	if start, _ := s.Next([]byte(".abc"), 0); start != 1 {
		t.Errorf("Next after a change of the caller's needle = %d, want 1", start)
	}
}

func TestNewPanics(t *testing.T) {
	for _, needles := range [][][]byte{nil, {}, {nil}, {[]byte("a"), {}}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("New accepts %q", needles)
				}
			}()
			New(needles, Options{}, nil)
		}()
	}
}
