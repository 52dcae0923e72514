package rows

import (
	"slices"
	"strings"
	"testing"
)

// TestScanSweep scans every input of a few bytes from the alphabet that the
// dialect is about.
func TestScanSweep(t *testing.T) {
	length := 6
	if testing.Short() {
		length = 5
	}
	const alphabet = "\"\n,k\r"
	for i, keys := range [][]string{{"k"}, {"k", ""}, {"\""}} {
		for how := range 16 {
			if how&8 != 0 && i > 0 {
				continue
			}
			c := &trial{where: in(1+how&1, keys...), delimiter: ',', spans: true, invert: how&2 != 0, each: how&4 != 0, max: uint64(how & 8 >> 3)}
			s := c.compile(t).Scanner()
			sweep(alphabet, length-min(i, 1), nil, func(b []byte) {
				c.input = b
				c.check(t, s)
			})
		}
	}
}

// TestScanSweepWhere does so with no condition, with several, and with some that
// hold for no record.
func TestScanSweepWhere(t *testing.T) {
	length := 5
	if testing.Short() {
		length = 4
	}
	k, q := in(1, "k"), in(2, "", "k", "\"")
	for _, where := range [][]clause{
		nil,
		in(1),                                    // never
		slices.Concat(k, in(2)),                  // never
		slices.Concat(k, in(2, "k")),             // two that could be searched
		slices.Concat(q, k),                      // the second is searched
		slices.Concat(k, in(1, "k", "")),         // of one column
		slices.Concat(k, in(1, "kk")),            // which exclude each other
		slices.Concat(q, in(1, "\n", "", "k,k")), // none is searched
		slices.Concat(q, k, in(3, "", "k"), in(1, "k", "kk")),
	} {
		for how := range 8 {
			c := &trial{where: where, delimiter: ',', spans: true, invert: how&1 != 0, each: how&2 != 0, max: uint64(how >> 2)}
			s := c.compile(t).Scanner()
			sweep("\"\n,k\r", length, nil, func(b []byte) {
				c.input = b
				c.check(t, s)
			})
		}
	}
}

// TestScanSweepEscape does so where there is an escape, and where no byte quotes.
func TestScanSweepEscape(t *testing.T) {
	length := 5
	if testing.Short() {
		length = 4
	}
	for how := range 8 {
		c := &trial{where: in(1+how&1, "k", "\n"), delimiter: ',', escape: '\\', spans: true, each: true, invert: how&2 != 0, noQuote: how&4 != 0}
		s := c.compile(t).Scanner()
		sweep("\"\n,k\r\\", length, nil, func(b []byte) {
			c.input = b
			c.check(t, s)
		})
	}
}

// TestScanOffsets has every short input after others of all lengths about 64,
// inside quotes and outside, and before an end of about as many bytes.
func TestScanOffsets(t *testing.T) {
	length := 4
	if testing.Short() {
		length = 3
	}
	for how := range 4 {
		c := &trial{where: in(1+how&1, "k", "kk"), delimiter: ',', spans: true, each: true, invert: how&2 != 0}
		s := c.compile(t).Scanner()
		for _, lead := range []string{"", "\"", "\"\",", "k\n", "k\"\n"} {
			for n := 60; n <= 65; n++ {
				before := []byte(lead + strings.Repeat("x", n-len(lead)))
				after := strings.Repeat("x,", n/2) + "\"\n\"k\"\nk,k\n"
				sweep("\"\n,k\r", length, before, func(b []byte) {
					c.input = append(b[:len(b):len(b)], after...)
					c.check(t, s)
				})
			}
		}
	}
}

// sweep calls f with the prefix and up to length bytes more, all that there are
// from the alphabet.
func sweep(alphabet string, length int, prefix []byte, f func([]byte)) {
	f(prefix)
	for i := range len(alphabet) {
		if length == 0 {
			return
		}
		sweep(alphabet, length-1, append(prefix[:len(prefix):len(prefix)], alphabet[i]), f)
	}
}
