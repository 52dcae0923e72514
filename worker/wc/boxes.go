package wc

//go:generate go test -run ^TestBoxesTable$ . -update boxes_table.go

// boxes says which characters need no lookup, because they are word characters that lie in a box: a
// product of sets of nibbles of the first three bytes. There are eight boxes, each a bit in the
// entries of six tables; a character lies in those whose bits are set in the entries of all its
// nibbles. The bytes after the lead byte may be other than continuation bytes; resolve checks that.
// Assembly relies on this layout. The boxes themselves, in boxes_table.go, are computed and
// verified by the tests: trying all characters takes some 20 ms on one core of a 2023 Xeon, too
// long for the start of a process.
type boxes struct {
	leadLow, leadHigh     [16]uint8
	secondLow, secondHigh [16]uint8
	thirdLow, thirdHigh   [16]uint8
}

// The bits of the boxes by what they hold. Assembly knows these.
const (
	boxesTwo   = 0x07 // characters of two bytes, one column wide
	boxesThree = 0xF8 // of three bytes
	boxesWide  = 0xF0 // of these, two columns wide if widths matter
)

// of returns the bits of the boxes that hold the character b starts with.
func (x *boxes) of(b [3]byte) uint8 {
	return x.leadLow[b[0]&0xF] & x.leadHigh[b[0]>>4] &
		x.secondLow[b[1]&0xF] & x.secondHigh[b[1]>>4] &
		x.thirdLow[b[2]&0xF] & x.thirdHigh[b[2]>>4]
}
