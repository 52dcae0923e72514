package scan

import (
	"bytes"

	"github.com/linefork/linefork/internal/cpu"
)

// Triple describes a window of Len bytes by three of them: B1 at offset Off1 from the start of the
// window, B2 at Off2 and B3 at Off3, where 0 <= Off1 <= Off2 <= Off3 < Len. A pair is a triple with
// the second byte twice; searching for it is faster as long as it has few false candidates.
//
// The search loads memory at each offset, so they should be close together.
type Triple struct {
	B1, B2, B3       byte
	Off1, Off2, Off3 int
	Len              int
}

// check panics on a triple for which the assembly would read outside its slice.
func (t *Triple) check() {
	if t.Off1 < 0 || t.Off1 > t.Off2 || t.Off2 > t.Off3 || t.Off3 >= t.Len {
		panic("scan: Triple without 0 <= Off1 <= Off2 <= Off3 < Len")
	}
}

// IndexTriple returns the first position in b of a window of t that lies entirely inside b, or -1.
// It ignores the other bytes of the window.
func IndexTriple(b []byte, t Triple) int {
	t.check()
	return indexTriple(b, &t)
}

func (t *Triple) isPair() bool { return t.Off2 == t.Off3 && t.B2 == t.B3 }

func indexTriple(b []byte, t *Triple) int {
	m := len(b) - t.Len + 1
	switch {
	case !cpu.AVX2() || m < vectorLen:
		return indexTripleGeneric(b, m, t)
	case t.isPair():
		return indexPairAVX2(b, m, t.Off1, t.Off2, t.B1, t.B2)
	}
	return indexTripleAVX2(b, m, t.Off1, t.Off2, t.Off3, t.B1, t.B2, t.B3)
}

// IndexTripleOr returns the first position i in b at which b[i] is stop, or a window of t starts
// that lies entirely inside b; or -1. A stop byte is found even where the rest of b is too short
// for a window.
func IndexTripleOr(b []byte, t Triple, stop byte) int {
	t.check()
	return indexTripleOr(b, &t, stop)
}

func indexTripleOr(b []byte, t *Triple, stop byte) int {
	m := max(len(b)-t.Len+1, 0)
	i := -1
	switch {
	case !cpu.AVX2() || m < vectorLen:
		i = indexTripleOrGeneric(b, m, t, stop)
	case t.isPair():
		i = indexPairOrAVX2(b, m, t.Off1, t.Off2, t.B1, t.B2, stop)
	default:
		i = indexTripleOrAVX2(b, m, t.Off1, t.Off2, t.Off3, t.B1, t.B2, t.B3, stop)
	}
	if i < 0 {
		if i = bytes.IndexByte(b[m:], stop); i >= 0 {
			i += m
		}
	}
	return i
}
