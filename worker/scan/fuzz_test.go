package scan

import (
	"testing"

	"github.com/linefork/linefork/internal/cpu/cputest"
)

func FuzzCount(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('\n'))
	f.Add(make([]byte, 5000), byte(0))
	f.Fuzz(func(t *testing.T, b []byte, c byte) {
		cputest.Paths(func(string) {
			if got, want := Count(b, c), naiveCount(b, c); got != want {
				t.Fatalf("Count(%q, %q) = %d, want %d", b, c, got, want)
			}
		})
	})
}

func FuzzIndexByteOr(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('\n'), byte('"'))
	f.Fuzz(func(t *testing.T, b []byte, c1, c2 byte) {
		cputest.Paths(func(string) {
			if got, want := IndexByteOr(b, c1, c2), naiveIndexByteOr(b, c1, c2); got != want {
				t.Fatalf("IndexByteOr(%q, %q, %q) = %d, want %d", b, c1, c2, got, want)
			}
		})
	})
}

func FuzzIndexTriple(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('"'), byte('"'), byte('c'),
		uint8(0), uint8(1), uint8(0), uint8(0), byte('c'))
	f.Fuzz(func(t *testing.T, b []byte, b1, b2, b3 byte, off, gap, gap2, rest uint8, stop byte) {
		p := Triple{B1: b1, B2: b2, B3: b3, Off1: int(off)}
		p.Off2 = p.Off1 + int(gap)
		p.Off3 = p.Off2 + int(gap2)
		p.Len = p.Off3 + 1 + int(rest)
		cputest.Paths(func(string) {
			if got, want := IndexTriple(b, p), naiveIndexTriple(b, p); got != want {
				t.Fatalf("IndexTriple(%q, %+v) = %d, want %d", b, p, got, want)
			}
			if got, want := IndexTripleOr(b, p, stop), naiveIndexTripleOr(b, p, stop); got != want {
				t.Fatalf("IndexTripleOr(%q, %+v, %q) = %d, want %d", b, p, stop, got, want)
			}
		})
	})
}

func FuzzFinder(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), []byte("\"c"), uint16(0), byte('"'))
	f.Add([]byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"), []byte("aaab"), uint16(3), byte('"'))
	f.Fuzz(func(t *testing.T, b, needle []byte, from uint16, stop byte) {
		for _, sample := range [][]byte{nil, b} {
			finder := NewFinder(needle, sample)
			cputest.Paths(func(string) { checkFinder(t, finder, b, int(from)%(len(b)+1), stop) })
		}
	})
}
