package multi

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/linefork/linefork/internal/cpu"
	"github.com/linefork/linefork/internal/cpu/cputest"
)

// TestKernels compares the assembly with portable Go, with random tables.
func TestKernels(t *testing.T) {
	if !cpu.AVX2() {
		t.Skip("no AVX2")
	}
	r := rand.New(rand.NewPCG(1, 2))
	marks := 0
	compare := func(b []byte, fast, plain func([]uint64, []byte), reach int) {
		t.Helper()
		n := (len(b) - reach) / blockLen
		// One more word on each side must stay as it is.
		got, want := make([]uint64, n+2), make([]uint64, n+2)
		fast(got[1:n+1], b)
		plain(want[1:n+1], b)
		if !slices.Equal(got, want) {
			t.Fatalf("got %x, want %x", got, want)
		}
		marks += count(want)
	}
	for range 3000 {
		b := make([]byte, 100+r.IntN(500))
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		tables := &teddy{fingers: 1 + r.IntN(maxFingers)}
		for f := range tables.fingers {
			tables.offs[f] = r.IntN(maxFingerOff + 1)
			for i := range 16 {
				tables.nibbles[f].low[i] = byte(r.Uint32() | r.Uint32())
				tables.nibbles[f].high[i] = byte(r.Uint32() | r.Uint32())
			}
		}
		compare(b, tables.mark, tables.markGeneric, tables.reach())
		size := 1 + r.IntN(maxGramLen)
		off := r.IntN(maxGramOff + 1)
		g := newGrams([][]byte{b[:off+size]}, off, size, min(5+r.IntN(10), 8*size), r.IntN(2) == 0)
		for range len(g.bits) * 4 {
			g.bits[r.IntN(len(g.bits))] |= 1 << r.IntN(32)
		}
		compare(b, g.mark, g.markGeneric, g.reach())
	}
	if marks == 0 {
		t.Error("no marks")
	}
}

// TestFilters expects every filter that a set may choose to mark all positions of needles.
func TestFilters(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	cputest.Run(t, func(t *testing.T) {
		for range 300 {
			alphabet := alphabets[r.IntN(len(alphabets))]
			b := randomBytes(r, alphabet, 600)
			least := 1 + r.IntN(9)
			n := naive{randomNeedles(r, alphabet, b, 1+r.IntN(300), least, least+r.IntN(9)), r.IntN(2) == 0}
			needles := n.needles
			if n.fold {
				needles = foldAll(needles)
			}
			ends := n.ends(b)
			c := &chooser{needles: needles, fold: n.fold, sample: []byte(defaultSample)}
			var filters []filter
			for off := range min(least, maxGramOff) {
				size := min(least-off, maxGramLen)
				g := newGrams(needles, off, size, min(13, 8*size), n.fold)
				filters = append(filters, filter{grams: g})
			}
			for _, h := range chooseFingers(needles, n.fold, c.sample) {
				tables := newTeddy(needles, h.offs, n.fold, c.frequencies())
				filters = append(filters, filter{teddy: tables})
			}
			for _, f := range filters {
				marks := make([]uint64, (len(b)+blockLen-1)/blockLen)
				f.markAll(marks, b)
				for i := range len(marks) * blockLen {
					marked := marks[i/blockLen]>>(i%blockLen)&1 != 0
					if i >= len(b) && marked {
						t.Fatalf("position %d after the end is marked", i)
					}
					if i < len(b) && ends[i] != nil && !marked {
						t.Fatalf("%q in %q at %d is not marked", n.needles, b, i)
					}
				}
			}
		}
	})
}

// TestChoice expects the filter that suits the data.
func TestChoice(t *testing.T) {
	var sample, anchored, words []byte
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		sample = append(append(sample, randomBytes(r, "0123456789,", 50)...), '\n')
	}
	var keys, many [][]byte
	for range 5000 {
		anchored = append([]byte("\n"), append(randomBytes(r, "0123456789", 5), ',')...)
		words = randomBytes(r, "0123456789", 9)
		keys, many = append(keys, anchored), append(many, words)
	}
	cputest.Run(t, func(t *testing.T) {
		for name, test := range map[string]struct {
			needles [][]byte
			teddy   bool
		}{
			"few":      {many[:5], true},
			"anchored": {keys, true},
			"many":     {many, false},
		} {
			s := New(test.needles, Options{}, sample)
			if len(s.tiers) != 1 || (s.tiers[0].filter.teddy != nil) != test.teddy {
				t.Errorf("%s: chose %+v", name, s.tiers[0].filter)
			}
			if rate := s.tiers[0].filter.rate(sample); rate > 0.03 {
				t.Errorf("%s: %.3f candidates per byte", name, rate)
			}
		}
		short := append(slices.Clone(many), []byte("\n"))
		if s := New(short, Options{}, sample); len(s.tiers) != 2 {
			t.Errorf("a short needle among long ones: %d tiers", len(s.tiers))
		}
	})
}

// TestBuckets expects similar needles in the same bucket.
func TestBuckets(t *testing.T) {
	var needles [][]byte
	for _, a := range "abcdefgh" {
		for _, b := range "12345678" {
			needles = append(needles, []byte{byte(a), byte(b)})
		}
	}
	c := &chooser{sample: []byte(defaultSample)}
	tables := newTeddy(needles[:maxBuckets], []int{0, 1}, false, c.frequencies())
	for a := range 256 {
		for b := range 256 {
			a, b := byte(a), byte(b)
			want := slices.ContainsFunc(needles[:maxBuckets], func(n []byte) bool {
				return n[0] == a && n[1] == b
			})
			if got := tables.nibbles[0].buckets(a)&tables.nibbles[1].buckets(b) != 0; got != want {
				t.Fatalf("%c%c: %v", a, b, got)
			}
		}
	}
	// Eight groups of four, which no other buckets separate.
	var groups [][]byte
	for i := range 4 {
		for k := range 8 {
			groups = append(groups, []byte{byte(k<<4 | k + i&1), byte(k<<4 | k + i>>1)})
		}
	}
	all := newTeddy(groups, []int{0, 1}, false, c.frequencies())
	hits := 0
	for a := range 256 {
		for b := range 256 {
			if all.nibbles[0].buckets(byte(a))&all.nibbles[1].buckets(byte(b)) != 0 {
				hits++
			}
		}
	}
	if hits != len(groups) {
		t.Errorf("%d pairs for %d needles", hits, len(groups))
	}
}
