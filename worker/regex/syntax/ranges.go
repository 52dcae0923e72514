package syntax

import (
	"slices"
	"unicode/utf8"
)

// inRanges reports whether r is in ranges, which are in order.
func inRanges(ranges []RuneRange, r rune) bool {
	_, found := slices.BinarySearchFunc(ranges, r, func(in RuneRange, r rune) int {
		switch {
		case in.Hi < r:
			return -1
		case in.Lo > r:
			return 1
		}
		return 0
	})
	return found
}

// subtract returns what is in a but not in b. Both are in order.
func subtract(a, b []RuneRange) []RuneRange {
	var rest []RuneRange
	for _, r := range a {
		for len(b) > 0 && b[0].Hi < r.Lo {
			b = b[1:]
		}
		for _, cut := range b {
			if cut.Lo > r.Hi {
				break
			}
			if cut.Lo > r.Lo {
				rest = append(rest, RuneRange{r.Lo, cut.Lo - 1})
			}
			r.Lo = cut.Hi + 1
		}
		if r.Lo <= r.Hi {
			rest = append(rest, r)
		}
	}
	return rest
}

// beyondASCII is all characters that are not ASCII, surrogates the code points that are not
// characters.
var (
	beyondASCII = []RuneRange{{utf8.RuneSelf, 0xd7ff}, {0xe000, utf8.MaxRune}}
	surrogates  = []RuneRange{{0xd800, 0xdfff}}
)
