package scan

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// naiveFoldAt compares as the definition says, not by a case bit.
func naiveFoldAt(b []byte, i int, needle []byte) bool {
	if i+len(needle) > len(b) {
		return false
	}
	for k, c := range needle {
		x := b[i+k]
		isLetter := func(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
		isOtherCase := int(x) == int(c)+'a'-'A' || int(x) == int(c)+'A'-'a'
		if x != c && !(isLetter(c) && isLetter(x) && isOtherCase) {
			return false
		}
	}
	return true
}

func checkFold(t failer, f *FoldFinder, needle, b []byte, from int) {
	t.Helper()
	want := -1
	for i := from; i <= len(b); i++ {
		if naiveFoldAt(b, i, needle) {
			want = i
			break
		}
	}
	if got := f.Next(b, from); got != want {
		t.Fatalf("FoldFinder(%q).Next(%q, %d) = %d, want %d", needle, b, from, got, want)
	}
}

// TestFoldBytes searches each byte and pair for each byte.
func TestFoldBytes(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		b := make([]byte, 80)
		for c := range 256 {
			one := NewFoldFinder([]byte{byte(c)}, nil)
			two := NewFoldFinder([]byte{'0', byte(c)}, nil)
			three := NewFoldFinder([]byte{'0', byte(c), '1'}, nil)
			three.setTriple(pairAt(three.needle, 0, 2))
			all := NewFoldFinder([]byte{'0', byte(c), '1'}, nil)
			for x := range 256 {
				b[40], b[41], b[42] = '0', byte(x), '1'
				checkFold(t, three, []byte{'0', byte(c), '1'}, b, 0)
				checkFold(t, all, []byte{'0', byte(c), '1'}, b, 0)
				checkFold(t, one, []byte{byte(c)}, b[41:], 0)
				checkFold(t, two, []byte{'0', byte(c)}, b, 0)
				checkFold(t, two, []byte{'0', byte(c)}, b[35:50], 0)
			}
		}
	})
}

func TestFoldSweep(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for _, needle := range []string{"Q", "-q", "qX", "Needle, \xc3\x84 with words"} {
			f := NewFoldFinder([]byte(needle), nil)
			for n := range sweepLen + 1 {
				buf := bytes.Repeat([]byte("."), n+len(needle))
				for at := -1; at < n; at++ {
					if at >= 0 {
						copy(buf[at:], strings.ToUpper(needle[:1])+needle[1:])
					}
					want := at
					if at+len(needle) > n {
						want = -1
					}
					if got := f.Next(buf[:n:n], 0); got != want {
						t.Fatalf("FoldFinder(%q) in %d bytes with a hit at %d = %d", needle, n, at, got)
					}
					if at >= 0 {
						copy(buf[at:], strings.Repeat(".", len(needle)))
					}
				}
			}
		}
	})
}

func TestFoldProperty(t *testing.T) {
	byteOf := rapid.SampledFrom([]byte("aAbB@`[{"))
	cputest.Run(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := rapid.SliceOfN(byteOf, 0, 300).Draw(t, "b")
			needle := rapid.SliceOfN(byteOf, 0, 12).Draw(t, "needle")
			sample := rapid.SliceOfN(byteOf, 0, 100).Draw(t, "sample")
			checkFold(t, NewFoldFinder(needle, sample), needle, b, rapid.IntRange(0, len(b)+1).Draw(t, "from"))
		})
	})
}

// TestFoldIndex finds the candidates of any triple, and no others.
func TestFoldIndex(t *testing.T) {
	byteOf := rapid.SampledFrom([]byte("aAbB@`"))
	cputest.Run(t, func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			b := rapid.SliceOfN(byteOf, rapid.SampledFrom([]int{0, 50, 200}).Draw(t, "least"), 300).Draw(t, "b")
			needle := rapid.SliceOfN(byteOf, 3, 20).Draw(t, "needle")
			f := NewFoldFinder(needle, nil)
			offset := rapid.IntRange(0, len(needle)-1)
			f.setTriple(tripleAt(f.needle, offset.Draw(t, "x"), offset.Draw(t, "y"), offset.Draw(t, "z")))
			p, want := f.triple, -1
			for i := 0; want < 0 && i+len(needle) <= len(b); i++ {
				if lower(b[i+p.Off1]) == p.B1 && lower(b[i+p.Off2]) == p.B2 && lower(b[i+p.Off3]) == p.B3 {
					want = i
				}
			}
			if got := f.index(b); got != want {
				t.Fatalf("%+v in %q at %d, want %d", p, b, got, want)
			}
		})
	})
}

// TestFoldDense takes the search through stretches of false candidates.
func TestFoldDense(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		for _, needle := range []string{
			"abxaby", "AB" + strings.Repeat("ab", 40) + "x", strings.Repeat("aab", 50) + "Y",
		} {
			f := NewFoldFinder([]byte(needle), nil)
			f.setTriple(pairAt(f.needle, 0, 1))
			for _, n := range []int{100, stretchLen, 3*stretchLen + 1} {
				data := bytes.Repeat([]byte("aBaaBAb"), n/7+1)[:n]
				checkFold(t, f, []byte(needle), data, 0)
				checkFold(t, f, []byte(needle), data, n/3)
				for at := 0; at <= n-len(needle); at += 1 + n/50 {
					hit := bytes.Clone(data)
					copy(hit[at:], needle)
					checkFold(t, f, []byte(needle), hit, 0)
					checkFold(t, f, []byte(needle), hit, at)
				}
			}
		}
	})
}

// TestNextSteady tries the steady search alone, with each end.
func TestNextSteady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SampledFrom([]byte("aB"))
		b := rapid.SliceOfN(few, 0, 60).Draw(t, "b")
		needle := rapid.SliceOfN(few, 2, 8).Draw(t, "needle")
		f := NewFoldFinder(needle, nil)
		from := rapid.IntRange(0, len(b)).Draw(t, "from")
		end := rapid.IntRange(from, len(b)).Draw(t, "end")
		pos, found := f.nextSteady(b, from, end)
		first := -1
		for i := from; i < len(b) && first < 0; i++ {
			if naiveFoldAt(b, i, needle) {
				first = i
			}
		}
		switch {
		case found && pos != first:
			t.Fatalf("found %d, want %d", pos, first)
		case !found && first >= 0 && first < pos:
			t.Fatalf("continues at %d, past %d", pos, first)
		case !found && pos < end:
			t.Fatalf("ends at %d before %d", pos, end)
		}
	})
}

func TestFoldTriple(t *testing.T) {
	// In this sample, e and E together are the most frequent letter of the needle.
	sample := bytes.Repeat([]byte("eEeE zz rr yy "), 100)
	f := NewFoldFinder([]byte("ErYZ"), sample)
	if f.triple != pairAt([]byte("eryz"), 1, 2) || f.cases != [3]byte{caseBit, caseBit, caseBit} {
		t.Errorf("the triple is %+v, %x", f.triple, f.cases)
	}
}

func FuzzFoldFinder(f *testing.F) {
	f.Add([]byte("a,b\n\"C\"\n"), []byte("\"c"), uint16(0))
	f.Add([]byte("aaAaaaaaaaaaaaaaAaaaaaaaaaaaaaaaaaaaaaaaaaab"), []byte("aaab"), uint16(3))
	f.Fuzz(func(t *testing.T, b, needle []byte, from uint16) {
		for _, sample := range [][]byte{nil, b} {
			finder := NewFoldFinder(needle, sample)
			cputest.Paths(func(string) { checkFold(t, finder, needle, b, int(from)%(len(b)+1)) })
		}
	})
}

func BenchmarkFoldNext(b *testing.B) {
	for _, n := range benchNeedles {
		b.Run(n.name, func(b *testing.B) {
			f := NewFoldFinder([]byte(n.needle), benchText()[:16<<10])
			benchSizes(b, func(data []byte) {
				for i := f.Next(data, 0); i >= 0; i = f.Next(data, i+1) {
				}
			})
		})
	}
}
