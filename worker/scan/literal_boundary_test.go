//go:build unix

package scan

import (
	"os"
	"runtime/debug"
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

// TestBoundaryMasks searches slices of each length with an unreadable page right before or after
// them, as TestBoundary does.
func TestBoundaryMasks(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		data, _ := guarded(t, os.Getpagesize())
		fold := NewFoldFinder([]byte("needle with words"), nil)
		two := NewFoldFinder([]byte("xY"), nil)
		for n := range sweepLen + 1 {
			for _, b := range [][]byte{data[:n:n], data[len(data)-n:]} {
				clear(b)
				if n > 0 {
					b[n-1] = 'y'
				}
				for size := 1; size <= MaxLiteral; size++ {
					literal := make([]byte, size)
					literal[size-1] = 'y'
					checkCountLiteral(t, b, literal)
				}
				for _, gap := range []int{0, 1, 15, MaxGap} {
					checkPairMasks(t, b, 0, 'y', gap, 'y')
				}
				checkFold(t, fold, []byte("needle with words"), b, 0)
				checkFold(t, two, []byte("xY"), b, 0)
			}
		}
	})
}

// TestFaultMasks expects what TestFault does.
func TestFaultMasks(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		b := truncated(t, 8*os.Getpagesize())
		fold := NewFoldFinder([]byte("abc"), nil)
		for name, f := range map[string]func(){
			"CountLiteral 4": func() { CountLiteral(b, []byte("ab")) },
			"CountLiteral 8": func() { CountLiteral(b, []byte("abcdef")) },
			"MarkPair":       func() { MarkPair(make([]PairMasks, len(b)/MaskLen), b, 'a', 'b', 1, 'c') },
			"FoldFinder":     func() { fold.Next(b, 0) },
		} {
			func() {
				defer func() {
					if _, ok := recover().(interface{ Addr() uintptr }); !ok {
						t.Errorf("%s: no fault", name)
					}
				}()
				f()
			}()
		}
	})
}
