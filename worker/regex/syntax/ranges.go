package syntax

import "unicode/utf8"

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
				rest = append(rest, RuneRange{Lo: r.Lo, Hi: cut.Lo - 1})
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
	beyondASCII = []RuneRange{{Lo: utf8.RuneSelf, Hi: 0xd7ff}, {Lo: 0xe000, Hi: utf8.MaxRune}}
	surrogates  = []RuneRange{{Lo: 0xd800, Hi: 0xdfff}}
)
