package wc

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/cpu/cputest"
	"github.com/linefork/linefork/internal/locale"
)

// mode is what the environment tells wc.
type mode struct {
	name    string
	loc     locale.Locale
	posixly bool
}

var modes = []mode{
	{"C", locale.C, false},
	{"UTF-8", locale.UTF8, false},
	{"UTF-8,POSIXLY_CORRECT", locale.UTF8, true},
}

const all = Lines | Words | Chars | Bytes | MaxWidth

// wants are sets that are counted in different ways.
var wants = []Want{all, Lines | Words | Bytes}

// only clears the fields of c that are not in want.
func only(c Counts, want Want) Counts {
	for w, p := range map[Want]*int64{
		Lines: &c.Lines, Words: &c.Words, Chars: &c.Chars, Bytes: &c.Bytes, MaxWidth: &c.MaxWidth,
	} {
		if want&w == 0 {
			*p = 0
		}
	}
	return c
}

// count counts b in pieces whose lengths next returns.
func count(b []byte, want Want, m mode, next func() int) Counts {
	c := NewCounter(want, m.loc)
	c.PosixlyCorrect = m.posixly
	for len(b) > 0 {
		n := min(max(next(), 0), len(b))
		c.Add(b[:n])
		c.Counts() // must change nothing
		b = b[n:]
	}
	return only(c.Counts(), want)
}

func whole() int { return 1 << 62 }

func TestCuts(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := soupGen().Draw(t, "input")
			want := Want(rapid.IntRange(1, int(all)).Draw(t, "want"))
			longest := rapid.SampledFrom([]int{1, 2, 7, 63, 64, 65, 300, 5000}).Draw(t, "longest")
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "cuts"), 0))
			for _, m := range modes {
				ref := only(reference(b, m.loc, m.posixly), want)
				if got := count(b, want, m, whole); got != ref {
					t.Fatalf("%s: whole: got %+v, want %+v", m.name, got, ref)
				}
				if got := count(b, want, m, func() int { return r.IntN(longest + 1) }); got != ref {
					t.Fatalf("%s: in pieces: got %+v, want %+v", m.name, got, ref)
				}
			}
		})
	})
}

func TestLongInput(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for range rounds(40) {
			b := soup(r, r.IntN(80<<10))
			b = b[min(r.IntN(100), len(b)):] // another alignment
			for _, m := range modes {
				counts := reference(b, m.loc, m.posixly)
				for _, want := range wants {
					ref := only(counts, want)
					if got := count(b, want, m, whole); got != ref {
						t.Fatalf("%s: got %+v, want %+v for %q", m.name, got, ref, b)
					}
					if got := count(b, want, m, func() int { return r.IntN(20000) }); got != ref {
						t.Fatalf("%s: in pieces: got %+v, want %+v for %q", m.name, got, ref, b)
					}
				}
			}
		}
	})
}

// Every fragment at every offset in a block and around the ends of one.
func TestOffsets(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for _, f := range fragments {
			for _, fill := range []string{"x", " ", "é", "漢"} {
				for offset := range 140 {
					if offset%block > 3 && offset%block < 54 {
						continue
					}
					b := bytes.Repeat([]byte(fill), offset)
					b = append(b, f...)
					b = append(b, "y 漢"...)
					for _, m := range modes[:2] {
						counts := reference(b, m.loc, false)
						for _, want := range wants {
							if got, ref := count(b, want, m, whole), only(counts, want); got != ref {
								t.Fatalf("%s: got %+v, want %+v for %q", m.name, got, ref, b)
							}
						}
					}
				}
			}
		}
	})
}

func TestRangesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := soupGen().Draw(t, "input")
		for _, m := range modes {
			var sum Counts
			for _, line := range bytes.SplitAfter(b, []byte("\n")) {
				sum.Add(count(line, all, m, whole))
			}
			if ref := count(b, all, m, whole); sum != ref {
				t.Fatalf("%s: lines add up to %+v, want %+v", m.name, sum, ref)
			}
		}
	})
}

func TestCountsInBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range rounds(30) {
		b := soup(r, r.IntN(400))
		for _, m := range modes {
			c := NewCounter(all, m.loc)
			c.PosixlyCorrect = m.posixly
			for i := range b {
				c.Add(b[i : i+1])
				if got, ref := c.Counts(), reference(b[:i+1], m.loc, m.posixly); got != ref {
					t.Fatalf("%s: got %+v, want %+v for %q", m.name, got, ref, b[:i+1])
				}
			}
		}
	}
}

func FuzzCuts(f *testing.F) {
	for _, s := range fragments {
		f.Add([]byte("ab "+s+s+" c\n"), uint64(len(s)))
	}
	f.Fuzz(func(t *testing.T, b []byte, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 0))
		longest := 1 + r.IntN(len(b)+1)
		cputest.Paths(func(path string) {
			for _, m := range modes {
				ref := reference(b, m.loc, m.posixly)
				for _, want := range wants {
					if got := count(b, want, m, whole); got != only(ref, want) {
						t.Errorf("%s, %s: got %+v, want %+v", path, m.name, got, only(ref, want))
					}
				}
				if got := count(b, all, m, func() int { return r.IntN(longest + 1) }); got != ref {
					t.Errorf("%s, %s: in pieces: got %+v, want %+v", path, m.name, got, ref)
				}
			}
		})
	})
}

func TestAddDoesNotAllocate(t *testing.T) {
	b := []byte("some words é 漢 😀\n")
	c := NewCounter(all, locale.UTF8)
	if n := testing.AllocsPerRun(100, func() { c.Add(b) }); n != 0 {
		t.Errorf("Add allocates %v times", n)
	}
}
