package wc

import "testing"

func TestTable(t *testing.T) {
	for noBreakIs, u := range map[class]*unicode{space: loadUnicode(), word: loadPosixUnicode()} {
		for c := uint32(0); c <= maxDecoded; c++ {
			want := referenceClass(rune(c))
			if want&kind == noBreak {
				want = want&columns | noBreakIs
			}
			if got := u.of(c); got != want {
				t.Errorf("U+%04X: got %#x, want %#x", c, got, want)
			}
		}
		t.Logf("%d pages, %d rows", u.used, u.rows.used)
	}
}

// What lies in a box must be a word character, of the width of the box.
func TestBoxes(t *testing.T) {
	for i, x := range []*boxes{&wordBoxes, &widthBoxes} {
		settled := 0
		for lead := 0x80; lead <= 0xFF; lead++ {
			for rest := range 1 << 12 {
				b := [3]byte{byte(lead), byte(0x80 | rest>>6), byte(0x80 | rest&0x3F)}
				k := x.of(b)
				if k == 0 {
					continue
				}
				settled++
				c, size := referenceDecode(b[:])
				if size != 2 && k&boxesTwo != 0 || size != 3 && k&boxesThree != 0 {
					t.Errorf("%x is not a character of such a length", b)
				}
				if got := referenceClass(c); got&kind != word {
					t.Errorf("U+%04X is not a word character", c)
				} else if i == 1 && (got&columns == 0 || got&columns == 2 != (k&boxesWide != 0)) {
					t.Errorf("U+%04X takes %d columns", c, got&columns)
				}
			}
		}
		if settled < 0x8000 {
			t.Errorf("only %d characters are in a box", settled)
		}
	}
	// All boxes are used except that of scripts with mixed widths.
	for _, s := range []string{"é", "я", "«", "日", "—", "か", "。", "，"} {
		b := [3]byte{}
		copy(b[:], s)
		if wordBoxes.of(b) == 0 || widthBoxes.of(b) == 0 {
			t.Errorf("%s is not in a box", s)
		}
	}
	if wordBoxes.of([3]byte{0xE0, 0xA4, 0x95}) == 0 {
		t.Error("Devanagari is not in a box")
	}
}
