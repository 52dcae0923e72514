package scan

import "bytes"

// Finder finds the occurrences of one needle. It is immutable and may be used by several goroutines
// at once.
type Finder struct {
	needle []byte
	triple Triple // for needles of two or more bytes
}

// NewFinder returns a Finder for a copy of needle. The sample is some 10 KiB of the data to come,
// which the search is fitted to; without one, it assumes an order of bytes that suits most text.
// The sample affects only speed.
func NewFinder(needle, sample []byte) *Finder {
	f := &Finder{needle: bytes.Clone(needle)}
	if len(needle) >= 2 {
		f.triple = chooseTriple(needle, sample)
	}
	return f
}

// Next returns the first position >= from in b at which the needle occurs, or -1. Occurrences may
// overlap: after one at pos, continue at pos+1, or at pos plus the needle's length to find only
// separate ones. The empty needle occurs at each position from 0 to len(b).
func (f *Finder) Next(b []byte, from int) int {
	if from > len(b) {
		return -1
	}
	switch len(f.needle) {
	case 0:
		return from
	case 1:
		c := f.needle[0]
		return offset(IndexByteOr(b[from:], c, c), from)
	}
	for try := newAttempt(from); ; {
		i := indexTriple(b[try.pos:], &f.triple)
		if i < 0 {
			return -1
		}
		i += try.pos
		if f.at(b, i) {
			return i
		}
		if !try.miss(i) {
			continue
		}
		next := f.stretchEnd(b, try.pos)
		if i := bytes.Index(f.within(b, try.pos, next), f.needle); i >= 0 {
			return try.pos + i
		}
		try = newAttempt(next)
	}
}

// NextOr returns the first position >= from in b at which the needle or a stop byte occurs,
// whichever comes first, and whether it is the stop byte. If there is neither, pos is -1 and isStop
// is false.
//
// The needle counts by its first byte: an occurrence that starts before any stop byte wins, even if
// it contains one. If both are at the same position, as for a needle that starts with stop, the
// occurrence is reported; the caller can tell by b[pos].
func (f *Finder) NextOr(b []byte, from int, stop byte) (pos int, isStop bool) {
	if from > len(b) {
		return -1, false
	}
	switch len(f.needle) {
	case 0:
		return from, false
	case 1:
		c := f.needle[0]
		i := IndexByteOr(b[from:], c, stop)
		if i < 0 {
			return -1, false
		}
		return from + i, b[from+i] != c
	}
	for try := newAttempt(from); ; {
		i := indexTripleOr(b[try.pos:], &f.triple, stop)
		if i < 0 {
			return -1, false
		}
		i += try.pos
		if f.at(b, i) {
			return i, false
		}
		if b[i] == stop {
			return i, true
		}
		if !try.miss(i) {
			continue
		}
		next := f.stretchEnd(b, try.pos)
		s := bytes.IndexByte(b[try.pos:next], stop)
		last := next
		if s >= 0 {
			last = try.pos + s + 1
		}
		if i := bytes.Index(f.within(b, try.pos, last), f.needle); i >= 0 {
			return try.pos + i, false
		}
		if s >= 0 {
			return try.pos + s, true
		}
		try = newAttempt(next)
	}
}

// at reports whether the needle occurs at position i of b.
func (f *Finder) at(b []byte, i int) bool {
	return len(b)-i >= len(f.needle) && string(b[i:i+len(f.needle)]) == string(f.needle)
}

// within returns the stretch of b that holds all occurrences that start at positions from <= i <
// end.
func (f *Finder) within(b []byte, from, end int) []byte {
	return b[from:min(len(b), end+len(f.needle)-1)]
}

// offset adds base to a position, but leaves -1 as it is.
func offset(pos, base int) int {
	if pos < 0 {
		return pos
	}
	return pos + base
}
