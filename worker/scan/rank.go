package scan

import (
	"cmp"
	"slices"
)

// commonBytes lists bytes, most frequent first, as a guess for text that is part prose, part table,
// part log. Bytes that are not listed count as rare.
const commonBytes = " e0,1ta2oin3s5r4l6d-789.h:c\nu\"mp/fg_bywvk" +
	"TSACEIRDNOMPLBFHGUW=()xj;'VYzqK[]JXZQ{}<>&|+*@#%$?!\\\t\r~^`" +
	"\x80\xe2\xc3\x99\xa9\xbc\xc2\xe3\xa4\xb6\x9c\xa0\xd0\xd1"

var defaultRank = func() (rank [256]uint32) {
	for i := range len(commonBytes) {
		rank[commonBytes[i]] = uint32(len(commonBytes) - i)
	}
	return rank
}()

// maxTripleOffset bounds the offsets of a chosen triple, so that its loads stay within a few cache
// lines however long the needle is.
const maxTripleOffset = 255

// chooseTriple chooses the triple for a needle of two or more bytes. Without a sample of the data
// it goes by the default order of bytes; with one, it tries there what combinations of the needle's
// rarest bytes let through. How rare they are alone says too little: in a table, LF and the comma
// six bytes later may both be rare, and yet occur together in every line.
//
// Trying all triples takes too long. The third byte is the one that lets the fewest of the best
// pair's candidates through; if it spares too few, it is left out.
func chooseTriple(needle, sample []byte) Triple {
	if len(sample) == 0 {
		return rareTriple(needle, &defaultRank)
	}
	rank := rankIn(sample)
	offsets := rarest(needle, &rank)
	a, b, all := choosePair(needle, offsets, sample, &rank)
	best := tripleAt(needle, a, b, third(needle, a, b, &rank))
	least := candidates(sample, &best, all)
	for _, c := range offsets {
		t := tripleAt(needle, a, b, c)
		if n := candidates(sample, &t, least); n < least {
			best, least = t, n
		}
	}
	if (all-least)*thirdPays < len(sample) {
		return pairAt(needle, a, b)
	}
	return best
}

// rankIn ranks bytes by how often they occur in the sample.
func rankIn(sample []byte) (rank [256]uint32) {
	for _, c := range sample {
		rank[c]++
	}
	return rank
}

// choosePair returns the two of the offsets with the fewest candidates in the sample, and the
// number of those.
func choosePair(needle []byte, offsets []int, sample []byte, rank *[256]uint32) (a, b, n int) {
	a, b = rarePair(needle, rank)
	p := pairAt(needle, a, b)
	n = candidates(sample, &p, len(sample))
	for i, x := range offsets {
		for _, y := range offsets[:i] {
			p := pairAt(needle, x, y)
			if k := candidates(sample, &p, n); k < n {
				a, b, n = x, y, k
			}
		}
	}
	return a, b, n
}

// thirdPays is the average distance of false candidates, in bytes, from which on they cost less
// than searching for a third byte.
const thirdPays = 1024

// triedBytes is how many of the needle's bytes are tried in pairs.
const triedBytes = 8

// rarest returns the offsets of the needle's rarest bytes.
func rarest(needle []byte, rank *[256]uint32) []int {
	offsets := make([]int, min(len(needle), maxTripleOffset+1))
	for i := range offsets {
		offsets[i] = i
	}
	slices.SortStableFunc(offsets, func(a, b int) int {
		return cmp.Compare(rank[needle[a]], rank[needle[b]])
	})
	return offsets[:min(len(offsets), triedBytes)]
}

// candidates counts the candidates of t in b, up to most.
func candidates(b []byte, t *Triple, most int) (n int) {
	for at := 0; n < most; n++ {
		i := indexTriple(b[at:], t)
		if i < 0 {
			break
		}
		at += i + 1
	}
	return n
}

// pairAt returns the triple of two bytes of the needle.
func pairAt(needle []byte, a, b int) Triple {
	return tripleAt(needle, a, b, max(a, b))
}

func tripleAt(needle []byte, a, b, c int) Triple {
	o := [3]int{a, b, c}
	slices.Sort(o[:])
	return Triple{
		B1: needle[o[0]], B2: needle[o[1]], B3: needle[o[2]],
		Off1: o[0], Off2: o[1], Off3: o[2],
		Len: len(needle),
	}
}

// rareTriple returns the triple of the needle's rarest bytes.
func rareTriple(needle []byte, rank *[256]uint32) Triple {
	a, b := rarePair(needle, rank)
	return tripleAt(needle, a, b, third(needle, a, b, rank))
}

// rarePair returns the offsets of the needle's rarest byte and of the rarest of the others. It
// takes the same byte twice only if there is nothing else, since bytes tend to repeat.
func rarePair(needle []byte, rank *[256]uint32) (first, second int) {
	head := needle[:min(len(needle), maxTripleOffset+1)]
	for i, c := range head {
		if rank[c] < rank[head[first]] {
			first = i
		}
	}
	second = -1
	for i, c := range head {
		if c != head[first] && (second < 0 || rank[c] < rank[head[second]]) {
			second = i
		}
	}
	if second < 0 {
		// One byte, repeated: its ends see furthest past a repetition that is too short.
		return 0, len(head) - 1
	}
	return first, second
}

// third returns the offset of the rarest byte that is not one of those at a and b, or the greater
// of these if there is none.
func third(needle []byte, a, b int, rank *[256]uint32) int {
	none := max(a, b)
	best := none
	for i, c := range needle[:min(len(needle), maxTripleOffset+1)] {
		if c != needle[a] && c != needle[b] && (best == none || rank[c] < rank[needle[best]]) {
			best = i
		}
	}
	return best
}
