package wc

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strconv"

	"pgregory.net/rapid"
)

// rounds returns how often a random test repeats what it does: n times, or more with the
// environment variable WC_ROUNDS.
func rounds(n int) int {
	if f, err := strconv.Atoi(os.Getenv("WC_ROUNDS")); err == nil && f > 0 {
		return n * f
	}
	return n
}

// fragments are pieces of input that make up text of every kind.
var fragments = []string{
	"a", "word", "two words", "1234567890,abcdef,3.14", " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "\f", "\v", "\b",
	"\x00", "\x01", "\x1b[1m", "\x7f", "\x80", "\xa0", "\xbf", "\xc0", "\xc1", "\xfe", "\xff", "\xc0\x80", "\xc1\xbf",
	// Two bytes: letters, no-break space, control, combining, unassigned.
	"é", "ß", "Привет", "Ελλ", "\u00a0", "\u0085", "\u0080", "\u0301", "e\u0301", "\u0378", "\u00ad", "\u0600", "\u07ff",
	"\xc3", "\xd0", "\xdf",
	// Three bytes.
	"\u0800", "\u1680", "\u2000", "\u2003", "\u2007", "\u200b", "\u200f", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060",
	"“x”", "—", "€", "\u3000", "日本", "漢字", "かな", "カナ", "한국어", "ก็", "नमस्ते", "\ufeff", "\uffff", "\ue000", "\ufffd",
	"\u1100", "\u3099", "\xe0", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe0\xa0", "\xe2\x82", "\xe4\xb8", "\xe4", "\xed\xa0\x80",
	"\xed\xbf\xbf", "\xed\x9f", "\xe4A", "\xe4\xb8A", "\xe4\xb8\xc3\xa9",
	// Four bytes.
	"😀", "👩🏽", "𝒳", "\U0002f800", "\U000e0001", "\U0010ffff", "\U00100000", "\xf0", "\xf0\x90", "\xf0\x9f\x98", "\xf0\x8f\xbf\xbf",
	"\xf4\x90\x80\x80", "\xf7\xbf\xbf\xbf", "\xf5\x80\x80\x80", "\xf0\x9f\x98A", "\xf1\x80",
	// Five and six.
	"\xf8\x88\x80\x80\x80", "\xf8\x87\xbf\xbf\xbf", "\xfb\xbf\xbf\xbf\xbf", "\xf8\x88\x80\x80", "\xf9\x80",
	"\xfc\x84\x80\x80\x80\x80", "\xfc\x83\xbf\xbf\xbf\xbf", "\xfd\xbf\xbf\xbf\xbf\xbf", "\xfc\x84\x80\x80\x80", "\xfd",
}

// soupGen draws input of up to a few kilobytes.
func soupGen() *rapid.Generator[[]byte] {
	return rapid.Custom(func(t *rapid.T) []byte {
		one := rapid.OneOf(
			rapid.SampledFrom(fragments),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 1, 8), func(b []byte) string { return string(b) }),
			rapid.Map(rapid.Rune(), func(r rune) string { return string(r) }),
		)
		var b []byte
		for range rapid.IntRange(0, 40).Draw(t, "pieces") {
			f := []byte(one.Draw(t, "piece"))
			n := rapid.SampledFrom([]int{1, 1, 1, 2, 3, 17, 64, 200}).Draw(t, "times")
			b = append(b, bytes.Repeat(f, n)...)
		}
		return b
	})
}

// soup returns n bytes or a few more, of one of several kinds.
func soup(r *rand.Rand, n int) []byte {
	var b []byte
	taste := r.IntN(7)
	few := make([]string, 1+r.IntN(12))
	for i := range few {
		few[i] = fragments[r.IntN(len(fragments))]
	}
	for len(b) < n {
		switch taste {
		case 0: // bytes
			b = append(b, byte(r.Uint32()))
		case 1: // everything
			b = append(b, fragments[r.IntN(len(fragments))]...)
		case 2: // a few things
			b = append(b, few[r.IntN(len(few))]...)
		case 3: // code points of the basic plane
			b = append(b, string(rune(r.IntN(0x10000)))...)
		case 4: // ASCII with all its controls
			b = append(b, byte(r.IntN(0x80)))
		case 5: // mostly letters
			if r.IntN(40) == 0 {
				b = append(b, fragments[r.IntN(len(fragments))]...)
			} else {
				b = append(b, "abcdefg hijk\tlm\n"[r.IntN(16)])
			}
		case 6: // long stretches of ASCII
			if r.IntN(1000) == 0 {
				b = append(b, fragments[r.IntN(len(fragments))]...)
			} else {
				b = append(b, "\n\nab \x01\x7f\v"[r.IntN(8)])
			}
		}
	}
	return b
}
