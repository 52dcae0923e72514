package multi

import (
	"bytes"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// FuzzSet takes needles separated by a byte, which is itself fuzzed, so that needles can contain
// any bytes.
func FuzzSet(f *testing.F) {
	f.Add([]byte("\n11865,1\n11866,1\n"), []byte("\n11865,|\n11866,|x"), byte('|'), false)
	f.Add([]byte("abABababaab"), []byte("ab ba aab b"), byte(' '), true)
	f.Add(bytes.Repeat([]byte("ab"), 100),
		[]byte("ababababababx|abab|abababababababababababababababababababab"), byte('|'), false)
	f.Fuzz(func(t *testing.T, b, needles []byte, separator byte, fold bool) {
		b = b[:min(len(b), 2000)]
		n := naive{fold: fold}
		for needle := range bytes.SplitSeq(needles, []byte{separator}) {
			if len(needle) > 0 {
				n.needles = append(n.needles, needle)
			}
		}
		if len(n.needles) == 0 {
			return
		}
		for _, sample := range [][]byte{nil, bytes.Repeat(b, 1+minSample/(1+len(b)))} {
			cputest.Paths(func(string) {
				check(t, New(n.needles, Options{FoldASCII: fold}, sample), n, b)
			})
		}
	})
}
