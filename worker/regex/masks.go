package regex

import (
	"math/bits"

	"github.com/linefork/linefork/worker/scan"
)

// selectRecords replaces the bits in m.H, which mark places in records, by the terminators of the
// records with such a place. open is 1 if the record that m starts in is already hit; the result is
// the same for what follows m.
//
// It does so with an addition. A place is a 1 that is added to a number with a 0 for each
// terminator and 1s in between. From the place on, the carry runs through the 1s until it is caught
// by the first 0, which becomes 1: the terminator of that record. More places in the record change
// digits that the carry has passed, but not the carry. And a record that continues in the next
// number takes its carry there.
func selectRecords(m *scan.PairMasks, open uint64) uint64 {
	sum, carry := bits.Add64(^m.N, m.H, open)
	m.H = sum & m.N
	return carry
}

// untilFirst returns the bits below the lowest one of n, or all if there is none.
func untilFirst(n uint64) uint64 { return n&-n - 1 }

// pair is the offsets of two bytes of a string, which are searched for instead of it.
type pair struct {
	at1, at2 int  // equal for a string of one byte
	whole    bool // the string is so short that its other bytes are searched for, too
}

// mostWhole is the maximum length of such a string. Searching for a third byte in all of a block
// costs less than checking for it where the others are.
const mostWhole = 4

// choosePair chooses the two bytes of a string that are rarest together in the sample.
func choosePair(text, sample []byte) pair {
	if len(text) <= mostWhole {
		return pair{0, min(len(text)-1, 1), true}
	}
	at1, at2 := scan.PairOffsets(text, sample)
	return pair{at1: at1, at2: at2}
}
