package wc

// boxes tells which characters need no lookup, because they are word characters
// that lie in a box: a product of sets of nibbles of the first three bytes. There
// are eight boxes, each a bit in the entries of six tables; a character lies in
// those whose bits are set in the entries of all its nibbles. What follows the
// lead byte need not be checked to be continuation bytes; resolve does that.
// Assembly relies on this layout.
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

// nibbles is a set, one bit for each value.
type nibbles uint16

const anyNibble nibbles = 0xFFFF

// box is a product of sets.
type box struct {
	leadHigh, leadLow, secondHigh, secondLow, thirdHigh, thirdLow nibbles
}

func (x box) has(b [3]byte) bool {
	return x.leadHigh>>(b[0]>>4)&1 != 0 && x.leadLow>>(b[0]&0xF)&1 != 0 &&
		x.secondHigh>>(b[1]>>4)&1 != 0 && x.secondLow>>(b[1]&0xF)&1 != 0 &&
		x.thirdHigh>>(b[2]>>4)&1 != 0 && x.thirdLow>>(b[2]&0xF)&1 != 0
}

// Boxes of what is common in text but shares its lead byte with exceptions.
var (
	// U+00A1 to U+00BF without U+00B0: quotes and signs of Latin script.
	latinSigns = box{1 << 0xC, 1 << 2, 1<<0xA | 1<<0xB, anyNibble &^ 1, anyNibble, anyNibble}
	// U+2010 to U+201F and U+2030 to U+203F: dashes and quotes.
	quotes = box{1 << 0xE, 1 << 2, 1 << 8, 1 << 0, 1<<9 | 1<<0xB, anyNibble}
	// U+3000 to U+30FF: kana and punctuation, less what ends in 0, 7 and 8,
	// for the ideographic space and gaps.
	kana = box{1 << 0xE, 1 << 3, 1 << 8, 0xF, anyNibble, anyNibble &^ (1<<0 | 1<<7 | 1<<8)}
	// For widths the combining U+3099 and U+309A are exceptions as well, and
	// of the punctuation only U+3001 to U+300F is all wide.
	kanaWide        = box{1 << 0xE, 1 << 3, 1 << 8, 0xE, anyNibble, anyNibble &^ (1<<0 | 0xF<<7)}
	punctuationWide = box{1 << 0xE, 1 << 3, 1 << 8, 1 << 0, 1 << 8, anyNibble &^ 1}
	// U+FF01 to U+FF3F, less what ends in 0: fullwidth forms.
	fullwidth = box{1 << 0xE, 1 << 0xF, 1 << 0xB, 1 << 0xC, anyNibble, anyNibble &^ 1}
	// U+0900 to U+097F: Devanagari, where widths differ.
	devanagari = box{1 << 0xE, 1 << 0, 1 << 0xA, 1<<4 | 1<<5, anyNibble, anyNibble}
)

// newBoxes returns the boxes for words only, or for words and widths. A box whose
// characters do not all fit, as may be with other tables, is left out.
func newBoxes(t *classTable, widths bool) *boxes {
	b := new(boxes)
	add := func(bit uint8, x box) {
		for _, p := range []struct {
			table *[16]uint8
			set   nibbles
		}{
			{&b.leadHigh, x.leadHigh}, {&b.leadLow, x.leadLow},
			{&b.secondHigh, x.secondHigh}, {&b.secondLow, x.secondLow},
			{&b.thirdHigh, x.thirdHigh}, {&b.thirdLow, x.thirdLow},
		} {
			for i := range p.table {
				p.table[i] |= uint8(p.set>>i&1) * bit
			}
		}
	}
	settles := func(bit uint8, x box) bool {
		for c := uint32(0x80); c < 0x10000; c++ {
			b := [3]byte{byte(c>>6 | 0xC0), byte(c&0x3F | 0x80)}
			if c >= 0x800 {
				b = [3]byte{byte(c>>12 | 0xE0), byte(c>>6&0x3F | 0x80), byte(c&0x3F | 0x80)}
			}
			if !x.has(b) {
				continue
			}
			k := t.of(c)
			if k&kind != word || widths && (k&columns == 0 || k&columns == 2 != (bit&boxesWide != 0)) {
				return false
			}
		}
		return true
	}
	try := func(bit uint8, x box) {
		if settles(bit, x) {
			add(bit, x)
		}
	}
	// leads returns the lead bytes from first on that settle all by themselves.
	leads := func(bit uint8, first byte) box {
		x := box{1 << (first >> 4), 0, anyNibble, anyNibble, anyNibble, anyNibble}
		for low := range 16 {
			one := x
			one.leadLow = 1 << low
			switch first + byte(low) {
			case 0xC0, 0xC1, 0xE0, 0xED: // overlong forms and surrogates
				continue
			}
			if settles(bit, one) {
				x.leadLow |= 1 << low
			}
		}
		return x
	}
	add(0x01, leads(0x01, 0xC0))
	add(0x02, leads(0x02, 0xD0))
	try(0x04, latinSigns)
	try(0x08, quotes)
	add(0x10, leads(0x10, 0xE0))
	try(0x20, fullwidth)
	if widths {
		try(0x40, kanaWide)
		try(0x80, punctuationWide)
	} else {
		try(0x40, kana)
		try(0x80, devanagari)
	}
	return b
}

// of returns the bits of the boxes that a character lies in that begins with b.
func (x *boxes) of(b [3]byte) uint8 {
	return x.leadLow[b[0]&0xF] & x.leadHigh[b[0]>>4] &
		x.secondLow[b[1]&0xF] & x.secondHigh[b[1]>>4] &
		x.thirdLow[b[2]&0xF] & x.thirdHigh[b[2]>>4]
}
