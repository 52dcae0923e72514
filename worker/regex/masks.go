package regex

import (
	"math/bits"

	"github.com/linefork/linefork/worker/scan"
)

// selectRecords replaces the places in m.H, which are within records, by the
// terminators of the records that hold one. Open is 1 if the record that m
// begins in is hit already, and the result is the same for what follows m.
//
// It is done by an addition. A place is a 1 that is added to a number with a 0
// for each terminator and 1s in between. From the place on, the carry runs
// through the 1s until it is caught by the first 0, which becomes 1: the
// terminator of that record. More places in the record change the digits that
// the carry has left behind, but not the carry. And a record that goes on in
// the next number takes its carry there.
func selectRecords(m *scan.PairMasks, open uint64) uint64 {
	sum, carry := bits.Add64(^m.N, m.H, open)
	m.H = sum & m.N
	return carry
}

// untilFirst returns the bits below the lowest one of n, all if there is none.
func untilFirst(n uint64) uint64 { return n&-n - 1 }

// pair is two bytes of a string, by their offsets, that are looked for in its
// place.
type pair struct {
	at1, at2 int  // equal for a string of one byte
	whole    bool // the string is so short that its other bytes are looked for, too
}

// mostWhole is the length of such a string. Looking for a third byte in all of a
// block costs less than at the places where the others are.
const mostWhole = 4

// choosePair takes the two bytes of a string that are rarest together in the
// sample.
func choosePair(text, sample []byte) pair {
	if len(text) <= mostWhole {
		return pair{0, min(len(text)-1, 1), true}
	}
	at1, at2 := scan.PairOffsets(text, sample)
	return pair{at1: at1, at2: at2}
}
