package regex

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/linefork/linefork/worker/scan"
)

// TestDensity takes a search for one string from sparse to dense data and back, at all places
// relative to the chunks of masks.
func TestDensity(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, pattern := range []string{
		"^x", "x$", "x", "xy", "^xy", "xy$", "xyz", "^xyz", "xyz$",
		"x-long-one-it-is-and-longer-than-the-gap", "^$", "^x$", "^xyz$", "^wxyzwxyz$",
	} {
		s := &Spec{Patterns: []byte(pattern)}
		text := bytes.Trim([]byte(pattern), "^$")
		ref := reference(t, s)
		for trial := range 12 {
			var b []byte
			// A trial with one section is all sparse or all dense.
			for range 1 + trial%4 {
				dense := 1 + r.IntN(3)*r.IntN(40)
				for n := r.IntN(3 * chunk); n > 0; n-- {
					switch {
					case r.IntN(dense) == 0:
						b = append(b, text...)
					case r.IntN(3) == 0 && len(text) > 0:
						b = append(b, text[:len(text)-1]...)
					}
					b = append(b, "ab\nxyz,\n\n"[r.IntN(9)])
				}
				b = append(b, bytes.Repeat([]byte("a b\n"), r.IntN(chunk)*r.IntN(2))...)
				b = append(b, bytes.Repeat([]byte("."), r.IntN(2)*r.IntN(3*chunk))...)
			}
			if s.Sample = nil; trial%2 == 0 {
				s.Sample = b[:len(b)/2]
			}
			p, err := compile(s)
			if err != nil {
				t.Fatal(err)
			}
			for _, dense := range []bool{false, true} {
				e := p.strategy.engine().(*needleEngine)
				e.dense = dense
				all := records(s, ref, b)
				check(t, fmt.Sprint("dense ", dense), s, e, all, ref, b)
			}
		}
	}
}

// TestChunkEdge puts the string across the end of the first chunk of masks, after which a search
// continues, or not.
func TestChunkEdge(t *testing.T) {
	for _, pattern := range []string{"x", "xy", "..xy", "x...y", "xy$", "^xy", "^...xy$"} {
		s := &Spec{Language: Basic, Patterns: []byte(strings.ReplaceAll(pattern, ".", `\.`))}
		s.Sample = []byte(".....") // so that the pair is the letters
		text := []byte(strings.Trim(pattern, "^$"))
		ref := reference(t, s)
		p, err := compile(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, fill := range []string{".", "-\n", string(text) + "\n"} {
			for place := chunk - len(text) - 2; place < chunk+2; place++ {
				for _, border := range []string{"", "\n"} {
					b := bytes.Repeat([]byte(fill), 2*chunk/len(fill))[:place]
					b = append(append(append(b, border...), text...), border...)
					b = append(b, bytes.Repeat([]byte("-"), chunk)...)
					e := p.strategy.engine().(*needleEngine)
					e.dense = true
					check(t, "edge", s, &forced{e}, records(s, ref, b), ref, b)
				}
			}
		}
	}
}

// forced starts each block with masks.
type forced struct{ *needleEngine }

func (f *forced) lines(b []byte, hits []int) []int {
	f.dense = true
	return f.needleEngine.lines(b, hits)
}

func (f *forced) count(b []byte) int {
	f.dense = true
	return f.needleEngine.count(b)
}

func (f *forced) spans(b []byte, spans []int) ([]int, int) {
	f.dense = true
	return f.needleEngine.spans(b, spans)
}

// TestSwitch checks when masks are made.
func TestSwitch(t *testing.T) {
	p, err := compile(&Spec{Patterns: []byte("x$")})
	if err != nil {
		t.Fatal(err)
	}
	e := p.strategy.engine().(*needleEngine)
	sparse := bytes.Repeat(append(bytes.Repeat([]byte("."), 2000), "x\n"...), 20)
	dense := bytes.Repeat([]byte("..x\n"), 2000)
	for _, step := range []struct {
		b     []byte
		dense bool
	}{{sparse, false}, {dense, true}, {dense, true}, {sparse, false}, {sparse, false}, {dense, true}} {
		e.lines(step.b, nil)
		if e.dense != step.dense {
			t.Errorf("dense %v after a block where it should be %v", e.dense, step.dense)
		}
	}
}

func TestSelectRecords(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 10_000 {
		var masks [3]scan.PairMasks
		var want [3]uint64
		open := uint64(r.IntN(2))
		hit := open == 1
		for i := range 3 * 64 {
			bit := uint64(1) << (i % 64)
			switch r.IntN(1 + r.IntN(60)) {
			case 0:
				masks[i/64].N |= bit
				if hit {
					want[i/64] |= bit
				}
				hit = false
			case 1, 2:
				masks[i/64].H |= bit
				hit = true
			}
		}
		for k := range masks {
			open = selectRecords(&masks[k], open)
			if masks[k].H != want[k] {
				t.Fatalf("selected %x in mask %d, want %x", masks[k].H, k, want[k])
			}
		}
		if (open == 1) != hit {
			t.Fatalf("open %d at the end, want %v", open, hit)
		}
	}
}

func TestChoosePair(t *testing.T) {
	sample := []byte("aaaaaaaabbbbcc,")
	for _, x := range []struct {
		text string
		want pair
	}{
		{"a", pair{0, 0, true}},
		{"ab", pair{0, 1, true}},
		{"abca", pair{0, 1, true}},
		{"aaabc", pair{0, 4, false}}, // b and c are rarer, but occur together
		{"aaa,c", pair{3, 4, false}},
		{"aacca", pair{0, 2, false}},                              // not the same byte twice
		{"aaaaa", pair{0, 4, false}},                              // unless there is no other
		{"abbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,,", pair{0, 1, false}}, // too far away
	} {
		if got := choosePair([]byte(x.text), sample); got != x.want {
			t.Errorf("choosePair(%q) = %v, want %v", x.text, got, x.want)
		}
	}
}
