package scan

// The definitions of the functions, a byte at a time.

func naiveCount(b []byte, c byte) int {
	n := 0
	for _, x := range b {
		if x == c {
			n++
		}
	}
	return n
}

func naiveIndexByteOr(b []byte, c1, c2 byte) int {
	for i, x := range b {
		if x == c1 || x == c2 {
			return i
		}
	}
	return -1
}

func naiveTripleAt(b []byte, i int, p Triple) bool {
	return i+p.Len <= len(b) && b[i+p.Off1] == p.B1 && b[i+p.Off2] == p.B2 && b[i+p.Off3] == p.B3
}

func naiveIndexTriple(b []byte, p Triple) int {
	for i := range b {
		if naiveTripleAt(b, i, p) {
			return i
		}
	}
	return -1
}

func naiveIndexTripleOr(b []byte, p Triple, stop byte) int {
	for i := range b {
		if b[i] == stop || naiveTripleAt(b, i, p) {
			return i
		}
	}
	return -1
}

func naiveAt(b []byte, i int, needle []byte) bool {
	return i+len(needle) <= len(b) && string(b[i:i+len(needle)]) == string(needle)
}

func naiveNext(b []byte, from int, needle []byte) int {
	for i := from; i <= len(b); i++ {
		if naiveAt(b, i, needle) {
			return i
		}
	}
	return -1
}

func naiveNextOr(b []byte, from int, needle []byte, stop byte) (int, bool) {
	for i := from; i <= len(b); i++ {
		if naiveAt(b, i, needle) {
			return i, false
		}
		if i < len(b) && b[i] == stop {
			return i, true
		}
	}
	return -1, false
}

// failer is what the checks need of a testing.T or a rapid.T.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkAll compares every function with its definition. It searches for the needle from position 0.
func checkAll(t failer, b []byte, c1, c2 byte, p Triple, needle, sample []byte) {
	t.Helper()
	if got, want := Count(b, c1), naiveCount(b, c1); got != want {
		t.Fatalf("Count(%q, %q) = %d, want %d", b, c1, got, want)
	}
	if got, want := IndexByteOr(b, c1, c2), naiveIndexByteOr(b, c1, c2); got != want {
		t.Fatalf("IndexByteOr(%q, %q, %q) = %d, want %d", b, c1, c2, got, want)
	}
	if got, want := IndexTriple(b, p), naiveIndexTriple(b, p); got != want {
		t.Fatalf("IndexTriple(%q, %+v) = %d, want %d", b, p, got, want)
	}
	if got, want := IndexTripleOr(b, p, c2), naiveIndexTripleOr(b, p, c2); got != want {
		t.Fatalf("IndexTripleOr(%q, %+v, %q) = %d, want %d", b, p, c2, got, want)
	}
	if got, want := HasZero(b), naiveCount(b, 0) > 0; got != want {
		t.Fatalf("HasZero(%q) = %t", b, got)
	}
	checkMasks(t, b, c1, c2, p.B1)
	checkFinder(t, NewFinder(needle, sample), b, 0, c2)
}

func naiveMask(b []byte, block int, c byte) (m uint64) {
	for i, x := range b[block*MaskLen : min((block+1)*MaskLen, len(b))] {
		if x == c {
			m |= 1 << i
		}
	}
	return m
}

func checkMasks(t failer, b []byte, c1, c2, c3 byte) {
	t.Helper()
	got := make([]Masks, (len(b)+MaskLen-1)/MaskLen)
	if n := Classify(got, b, c1, c2, c3); n != len(got) {
		t.Fatalf("Classify of %d bytes made %d masks", len(b), n)
	}
	for i, m := range got {
		want := Masks{naiveMask(b, i, c1), naiveMask(b, i, c2), naiveMask(b, i, c3)}
		if m != want {
			t.Fatalf("Classify(%q, %q, %q, %q)[%d] = %x, want %x", b, c1, c2, c3, i, m, want)
		}
	}
}

func checkFinder(t failer, f *Finder, b []byte, from int, stop byte) {
	t.Helper()
	if got, want := f.Next(b, from), naiveNext(b, from, f.needle); got != want {
		t.Fatalf("Finder(%q).Next(%q, %d) = %d, want %d", f.needle, b, from, got, want)
	}
	got, gotStop := f.NextOr(b, from, stop)
	want, wantStop := naiveNextOr(b, from, f.needle, stop)
	if got != want || gotStop != wantStop {
		t.Fatalf("Finder(%q).NextOr(%q, %d, %q) = %d, %v, want %d, %v",
			f.needle, b, from, stop, got, gotStop, want, wantStop)
	}
}
