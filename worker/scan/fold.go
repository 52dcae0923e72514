package scan

import "github.com/linefork/linefork/internal/cpu"

// FoldFinder finds the occurrences of one needle whose ASCII letters match in both cases. All other
// bytes, including those of letters outside ASCII, match only themselves. A FoldFinder is immutable
// and may be used by several goroutines at once.
type FoldFinder struct {
	needle []byte  // in lower case
	triple Triple  // for needles of two or more bytes
	cases  [3]byte // the bits to set in the triple's bytes: caseBit for a letter
	fail   []int   // see failures
}

// caseBit is the bit in which the two cases of an ASCII letter differ. A byte of text with this bit
// set equals a lower-case letter only if it was one of the letter's two cases.
const caseBit = 'a' - 'A'

// NewFoldFinder returns a FoldFinder for a copy of needle. The sample is that of [NewFinder].
func NewFoldFinder(needle, sample []byte) *FoldFinder {
	f := &FoldFinder{needle: lowerASCII(needle)}
	if len(needle) >= 2 {
		f.setTriple(chooseTriple(f.needle, lowerASCII(sample)))
		f.fail = failures(f.needle)
	}
	return f
}

func (f *FoldFinder) setTriple(t Triple) {
	f.triple, f.cases = t, [3]byte{caseOf(t.B1), caseOf(t.B2), caseOf(t.B3)}
}

// caseOf returns caseBit for a lower-case letter and 0 for everything else.
func caseOf(c byte) byte {
	if 'a' <= c && c <= 'z' {
		return caseBit
	}
	return 0
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		c |= caseBit
	}
	return c
}

func lowerASCII(b []byte) []byte {
	low := make([]byte, len(b))
	for i, c := range b {
		low[i] = lower(c)
	}
	return low
}

// Next is [Finder.Next] in both cases.
func (f *FoldFinder) Next(b []byte, from int) int {
	if from > len(b) {
		return -1
	}
	switch len(f.needle) {
	case 0:
		return from
	case 1:
		c := f.needle[0]
		return offset(IndexByteOr(b[from:], c, c&^caseOf(c)), from)
	}
	for try := newAttempt(from); ; {
		i := f.index(b[try.pos:])
		if i < 0 {
			return -1
		}
		i += try.pos
		same := f.commonPrefix(b, i)
		if same == len(f.needle) {
			return i
		}
		try.misses += same / missDistance
		if !try.miss(i) {
			continue
		}
		end := min(len(b), try.pos+stretchLen+4*len(f.needle))
		next, found := f.nextSteady(b, try.pos, end)
		if found {
			return next
		}
		try = newAttempt(next)
	}
}

func (f *FoldFinder) index(b []byte) int {
	t, c := &f.triple, &f.cases
	m := len(b) - t.Len + 1
	switch {
	case !cpu.AVX2() || m < vectorLen:
		return indexFoldTripleGeneric(b, m, t, *c)
	case t.isPair():
		return indexFoldPairAVX2(b, m, t.Off1, t.Off2, t.B1, t.B2, c[0], c[1])
	}
	return indexFoldTripleAVX2(b, m, t.Off1, t.Off2, t.Off3, t.B1, t.B2, t.B3, c[0], c[1], c[2])
}

// commonPrefix returns the length of the common prefix of the needle and b[i:].
func (f *FoldFinder) commonPrefix(b []byte, i int) int {
	for k, c := range f.needle {
		if lower(b[i+k]) != c {
			return k
		}
	}
	return len(f.needle)
}

// nextSteady returns the first position from <= i at which the needle occurs, unless the search has
// passed end first; then it returns where to continue, and false. It is the search of Knuth, Morris
// and Pratt, "Fast pattern matching in strings" (1977).
func (f *FoldFinder) nextSteady(b []byte, from, end int) (pos int, found bool) {
	k := 0 // how many bytes of the needle b[:i] ends with
	for i := from; i < len(b); i++ {
		c := lower(b[i])
		for k > 0 && c != f.needle[k] {
			k = f.fail[k]
		}
		if c == f.needle[k] {
			k++
		}
		if k == len(f.needle) {
			return i + 1 - k, true
		}
		if i+1-k >= end {
			return i + 1 - k, false
		}
	}
	return len(b), false
}

// failures returns, for each length of a prefix of the needle, the length of the longest proper
// prefix of that which is also its suffix.
func failures(needle []byte) []int {
	fail := make([]int, len(needle)+1)
	k := 0
	for i := 1; i < len(needle); i++ {
		for k > 0 && needle[i] != needle[k] {
			k = fail[k]
		}
		if needle[i] == needle[k] {
			k++
		}
		fail[i+1] = k
	}
	return fail
}
