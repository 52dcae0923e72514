package scan

import (
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

const (
	sweepLen   = 300
	alignments = 64
)

// TestSweep puts one hit at every position of every length, and hits outside on both sides, which
// must not be seen. The alignment changes with the length and the position; TestAlignments tries
// them all.
func TestSweep(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		buf := make([]byte, alignments+sweepLen+alignments)
		for n := range sweepLen + 1 {
			for at := -1; at < n; at++ {
				sweepOne(t, buf, (7*n+at+1)%alignments, n, at)
			}
		}
	})
}

func TestAlignments(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		buf := make([]byte, alignments+sweepLen+alignments)
		for align := range alignments {
			for n := range sweepLen + 1 {
				for _, at := range []int{-1, 0, n / 2, n - 1} {
					sweepOne(t, buf, align, n, min(at, n-1))
				}
			}
		}
	})
}

var (
	sweepTriple = Triple{B1: 'p', Off1: 1, B2: 'q', Off2: 4, B3: 'r', Off3: 5, Len: 7}
	sweepTwo    = NewFinder([]byte("pq"), nil)
	sweepLong   = NewFinder([]byte("needle with words"), nil)
	sweepSplit  = NewFinder([]byte{'"', 'x'}, nil)
)

// sweepOne searches n bytes at offset align of buf for hits that start at position at, or nowhere
// if that is -1.
func sweepOne(t *testing.T, buf []byte, align, n, at int) {
	t.Helper()
	b := buf[align : align+n : align+n]
	set := func(outside, inside byte) {
		for i := range buf {
			buf[i] = outside
		}
		for i := range b {
			b[i] = '.'
		}
		if at >= 0 {
			b[at] = inside
		}
	}
	place := func(f *Finder) {
		set('"', '.')
		if at >= 0 {
			copy(b[at:], f.needle)
		}
		checkFinder(t, f, b, 0, '"')
	}

	set('c', 'c')
	want := min(at, 0) + 1
	if got := Count(b, 'c'); got != want {
		t.Fatalf("Count of %d bytes with a hit at %d = %d, want %d", n, at, got, want)
	}
	for _, c := range [][2]byte{{'c', 'd'}, {'d', 'c'}} {
		if got := IndexByteOr(b, c[0], c[1]); got != at {
			t.Fatalf("IndexByteOr of %d bytes = %d, want %d", n, got, at)
		}
	}
	checkMasks(t, b, 'c', '.', 'x')
	if got := IndexTripleOr(b, sweepTriple, 'c'); got != at {
		t.Fatalf("IndexTripleOr of %d bytes with the stop at %d = %d", n, at, got)
	}

	set(0, 0) // zeros outside are not seen
	if got := HasZero(b); got != (at >= 0) {
		t.Fatalf("HasZero of %d bytes with one at %d: %t", n, at, got)
	}

	set('q', '.')
	want = -1
	if at >= 0 && at+sweepTriple.Len <= n {
		want = at
	}
	if at >= 0 && at+sweepTriple.Off1 < n {
		b[at+sweepTriple.Off1] = 'p'
	}
	if at >= 0 && at+sweepTriple.Off2 < n {
		b[at+sweepTriple.Off2] = 'q'
	}
	if at >= 0 && at+sweepTriple.Off3 < n {
		b[at+sweepTriple.Off3] = 'r'
	}
	if got := IndexTriple(b, sweepTriple); got != want {
		t.Fatalf("IndexTriple of %d bytes with a hit at %d = %d, want %d", n, at, got, want)
	}
	if got := IndexTripleOr(b, sweepTriple, 's'); got != want {
		t.Fatalf("IndexTripleOr of %d bytes with a hit at %d = %d, want %d", n, at, got, want)
	}

	place(sweepTwo)
	place(sweepLong)
	place(sweepSplit)
}

// TestCountFull has a hit in each byte, so that counters would overflow first.
func TestCountFull(t *testing.T) {
	cputest.Run(t, func(t *testing.T) {
		b := make([]byte, 20_000)
		for n := 0; n <= len(b); n += 1 + n/50 {
			if got := Count(b[:n], 0); got != n {
				t.Fatalf("Count of %d hits = %d", n, got)
			}
			if got := Count(b[:n], 1); got != 0 {
				t.Fatalf("Count of no hits in %d bytes = %d", n, got)
			}
		}
	})
}
