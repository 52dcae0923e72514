package scan

import "bytes"

// Pair describes a window of Len bytes by two of them: B1 at offset Off1 and B2
// at offset Off2 from the window's start. It must hold that
// 0 <= Off1 < Off2 < Len.
//
// The search loads memory at both offsets, so they should be near each other.
type Pair struct {
	B1, B2     byte
	Off1, Off2 int
	Len        int
}

// check panics on a pair that would make the assembly leave its slice.
func (p *Pair) check() {
	if p.Off1 < 0 || p.Off1 >= p.Off2 || p.Off2 >= p.Len {
		panic("scan: Pair without 0 <= Off1 < Off2 < Len")
	}
}

// IndexPair returns the first position in b at which a window of p lies wholly
// inside b, or -1. The bytes of the window other than the two are not looked
// at.
func IndexPair(b []byte, p Pair) int {
	p.check()
	return indexPair(b, &p)
}

func indexPair(b []byte, p *Pair) int {
	m := len(b) - p.Len + 1
	if useAVX2 && m >= vectorLen {
		return indexPairAVX2(b, m, p.Off1, p.Off2, p.B1, p.B2)
	}
	return indexPairGeneric(b, m, p.Off1, p.Off2, p.B1, p.B2)
}

// IndexPairOr returns the first position i in b at which either b[i] is stop or
// a window of p begins that lies wholly inside b, or -1. A stop byte is found
// also where so little of b is left that no window fits.
func IndexPairOr(b []byte, p Pair, stop byte) int {
	p.check()
	return indexPairOr(b, &p, stop)
}

func indexPairOr(b []byte, p *Pair, stop byte) int {
	m := max(len(b)-p.Len+1, 0)
	i := -1
	if useAVX2 && m >= vectorLen {
		i = indexPairOrAVX2(b, m, p.Off1, p.Off2, p.B1, p.B2, stop)
	} else {
		i = indexPairOrGeneric(b, m, p.Off1, p.Off2, p.B1, p.B2, stop)
	}
	if i < 0 {
		if i = bytes.IndexByte(b[m:], stop); i >= 0 {
			i += m
		}
	}
	return i
}
