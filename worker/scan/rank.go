package scan

import (
	"cmp"
	"slices"
)

// commonBytes lists bytes from the most frequent down, as a guess for a text
// that is part prose, part table, part log. Bytes not listed count as rare.
const commonBytes = " e0,1ta2oin3s5r4l6d-789.h:c\nu\"mp/fg_bywvk" +
	"TSACEIRDNOMPLBFHGUW=()xj;'VYzqK[]JXZQ{}<>&|+*@#%$?!\\\t\r~^`" +
	"\x80\xe2\xc3\x99\xa9\xbc\xc2\xe3\xa4\xb6\x9c\xa0\xd0\xd1"

var defaultRank = func() (rank [256]uint32) {
	for i := range len(commonBytes) {
		rank[commonBytes[i]] = uint32(len(commonBytes) - i)
	}
	return rank
}()

// maxPairOffset bounds the offsets of a chosen pair, so that both of its loads
// stay within a few cache lines however long the needle is.
const maxPairOffset = 255

// choosePair chooses the pair for a needle of two or more bytes: by the default
// order of bytes, or where there is a sample of the data, by trying the pairs
// of the needle's rarest bytes on it. Rare bytes alone say too little there: in
// a table, LF and the comma six bytes on may both be rare, and yet stand
// together in every line.
func choosePair(needle, sample []byte) Pair {
	if len(sample) == 0 {
		return rarePair(needle, &defaultRank)
	}
	var rank [256]uint32
	for _, c := range sample {
		rank[c]++
	}
	best := rarePair(needle, &rank)
	least := candidates(sample, &best, len(sample))
	offsets := rarest(needle[:min(len(needle), maxPairOffset+1)], &rank)
	for i, a := range offsets {
		for _, b := range offsets[:i] {
			p := pairAt(needle, a, b)
			if n := candidates(sample, &p, least); n < least {
				best, least = p, n
			}
		}
	}
	return best
}

// triedBytes is how many of the needle's bytes are combined to pairs.
const triedBytes = 8

// rarest returns the offsets of the needle's rarest bytes.
func rarest(needle []byte, rank *[256]uint32) []int {
	offsets := make([]int, len(needle))
	for i := range offsets {
		offsets[i] = i
	}
	slices.SortStableFunc(offsets, func(a, b int) int { return cmp.Compare(rank[needle[a]], rank[needle[b]]) })
	return offsets[:min(len(offsets), triedBytes)]
}

// candidates counts the candidates of p in b, up to most.
func candidates(b []byte, p *Pair, most int) (n int) {
	for at := 0; n < most; n++ {
		i := indexPair(b[at:], p)
		if i < 0 {
			break
		}
		at += i + 1
	}
	return n
}

func pairAt(needle []byte, a, b int) Pair {
	a, b = min(a, b), max(a, b)
	return Pair{B1: needle[a], Off1: a, B2: needle[b], Off2: b, Len: len(needle)}
}

// rarePair returns the pair of the needle's rarest byte and the rarest of the
// others. The same byte twice is taken only if there is nothing else, for bytes
// like to stand in runs.
func rarePair(needle []byte, rank *[256]uint32) Pair {
	head := needle[:min(len(needle), maxPairOffset+1)]
	first := 0
	for i, c := range head {
		if rank[c] < rank[head[first]] {
			first = i
		}
	}
	second := -1
	for i, c := range head {
		if c != head[first] && (second < 0 || rank[c] < rank[head[second]]) {
			second = i
		}
	}
	if second < 0 {
		// A run of one byte: its ends see furthest past a run that is too short.
		first, second = 0, len(head)-1
	}
	return pairAt(needle, first, second)
}
