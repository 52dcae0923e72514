package multi

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// benchTable returns CSV of digits, with lines of 50 bytes.
func benchTable() []byte {
	r := rand.New(rand.NewPCG(1, 2))
	var b []byte
	for len(b) < 8<<20 {
		b = fmt.Appendf(b, "%05d,%08d,%06d,%010d,%08d,%06d\n",
			r.IntN(1e5), r.IntN(1e8), r.IntN(1e6), r.IntN(1e10), r.IntN(1e8), r.IntN(1e6))
	}
	return b
}

// benchNeedles are digits, which are likely to have near hits everywhere, and whole first columns.
var benchNeedles = []struct {
	name   string
	needle func(r *rand.Rand) string
}{
	{"digits", func(r *rand.Rand) string { return fmt.Sprintf("%011d", r.IntN(1e11)) }},
	{"column", func(r *rand.Rand) string { return fmt.Sprintf("\n%05d,", r.IntN(1e5)) }},
}

func benchSets(b *testing.B, sizes []int, f func(b *testing.B, needles [][]byte)) {
	for _, kind := range benchNeedles {
		for _, n := range sizes {
			b.Run(fmt.Sprintf("%s/%d", kind.name, n), func(b *testing.B) {
				r := rand.New(rand.NewPCG(3, 4))
				var needles [][]byte
				for range n {
					needles = append(needles, []byte(kind.needle(r)))
				}
				f(b, needles)
			})
		}
	}
}

// BenchmarkNext counts the lines with a needle.
func BenchmarkNext(b *testing.B) {
	data := benchTable()
	benchSets(b, []int{2, 10, 50, 1000, 10_000, 100_000}, func(b *testing.B, needles [][]byte) {
		s := New(needles, Options{}, data[:64<<10])
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			for i := 0; i < len(data); {
				start, _ := s.Next(data, i)
				if start < 0 {
					break
				}
				i = start + 1
				if next := bytes.IndexByte(data[i:], '\n'); next >= 0 {
					i += next
				}
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	data := benchTable()
	benchSets(b, []int{10, 1000, 100_000, 1_000_000}, func(b *testing.B, needles [][]byte) {
		b.ReportAllocs()
		for b.Loop() {
			New(needles, Options{}, data[:64<<10])
		}
	})
}

// BenchmarkRegexp is for comparison.
func BenchmarkRegexp(b *testing.B) {
	data := benchTable()[:1<<20]
	benchSets(b, []int{10}, func(b *testing.B, needles [][]byte) {
		re := regexp.MustCompile(strings.ReplaceAll(string(bytes.Join(needles, []byte("|"))), "\n", `\n`))
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			re.FindAllIndex(data, -1)
		}
	})
}

// BenchmarkPeriodic searches texts for which the automaton is built.
func BenchmarkPeriodic(b *testing.B) {
	data := bytes.Repeat([]byte("a"), 1<<20)
	for name, n := range periodic(10_000) {
		b.Run(name, func(b *testing.B) {
			s := New(n.needles, Options{FoldASCII: n.fold}, nil)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				s.Next(data, 0)
			}
		})
	}
}
