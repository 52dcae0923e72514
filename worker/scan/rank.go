package scan

// Sample adds the bytes of b to the histogram rank, for [NewFinder]. Some
// hundred KiB of a file, best from several places, tell its rare bytes well
// enough.
func Sample(rank *[256]uint32, b []byte) {
	for _, c := range b {
		rank[c]++
	}
}

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

// rarePair chooses the pair for a needle of two or more bytes: its rarest byte
// and then the rarest of the others. The same byte twice is taken only if there
// is nothing else, for bytes like to stand in runs.
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
	if first > second {
		first, second = second, first
	}
	return Pair{
		B1: head[first], Off1: first,
		B2: head[second], Off2: second,
		Len: len(needle),
	}
}
