package scan

import "testing"

// fuzzPaths runs a check with and without the assembly.
func fuzzPaths(check func()) {
	detected := useAVX2
	defer func() { useAVX2 = detected }()
	check()
	useAVX2 = false
	check()
}

func FuzzCount(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('\n'))
	f.Add(make([]byte, 5000), byte(0))
	f.Fuzz(func(t *testing.T, b []byte, c byte) {
		fuzzPaths(func() {
			if got, want := Count(b, c), naiveCount(b, c); got != want {
				t.Fatalf("Count(%q, %q) = %d, want %d", b, c, got, want)
			}
		})
	})
}

func FuzzIndexByteOr(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('\n'), byte('"'))
	f.Fuzz(func(t *testing.T, b []byte, c1, c2 byte) {
		fuzzPaths(func() {
			if got, want := IndexByteOr(b, c1, c2), naiveIndexByteOr(b, c1, c2); got != want {
				t.Fatalf("IndexByteOr(%q, %q, %q) = %d, want %d", b, c1, c2, got, want)
			}
		})
	})
}

func FuzzIndexPair(f *testing.F) {
	f.Add([]byte("a,b\n\"c\"\n"), byte('"'), byte('"'), uint8(0), uint8(1), uint8(0), byte('c'))
	f.Fuzz(func(t *testing.T, b []byte, b1, b2 byte, off, gap, rest uint8, stop byte) {
		p := Pair{B1: b1, B2: b2, Off1: int(off)}
		p.Off2 = p.Off1 + 1 + int(gap)
		p.Len = p.Off2 + 1 + int(rest)
		fuzzPaths(func() {
			if got, want := IndexPair(b, p), naiveIndexPair(b, p); got != want {
				t.Fatalf("IndexPair(%q, %+v) = %d, want %d", b, p, got, want)
			}
			if got, want := IndexPairOr(b, p, stop), naiveIndexPairOr(b, p, stop); got != want {
				t.Fatalf("IndexPairOr(%q, %+v, %q) = %d, want %d", b, p, stop, got, want)
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
			fuzzPaths(func() { checkFinder(t, finder, b, int(from)%(len(b)+1), stop) })
		}
	})
}
