package syntax

import (
	"slices"
	"unicode/utf8"
)

//go:generate sh -c "cd _generate/table && cc -O1 -o table table.c && LC_ALL=C.UTF-8 ./table >../../table.go; rm -f table"

// asciiClass returns which bytes below U+0080 are in the class of that name, or
// nil if there is no such class.
func asciiClass(name string) func(b byte) bool {
	switch name {
	case "alnum":
		return isAlnum
	case "alpha":
		return isAlpha
	case "blank":
		return func(b byte) bool { return b == ' ' || b == '\t' }
	case "cntrl":
		return func(b byte) bool { return b < ' ' || b == 0x7f }
	case "digit":
		return isDigit
	case "graph":
		return isGraph
	case "lower":
		return isLower
	case "print":
		return func(b byte) bool { return isGraph(b) || b == ' ' }
	case "punct":
		return func(b byte) bool { return isGraph(b) && !isAlnum(b) }
	case "space":
		return func(b byte) bool { return b == ' ' || '\t' <= b && b <= '\r' }
	case "upper":
		return isUpper
	case "xdigit":
		return func(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'f' }
	}
	return nil
}

// runeClass returns the characters from U+0080 on of a class, in order. Neither
// digits nor hexadecimal digits are among them, and every letter is alphabetic.
func runeClass(name string) []RuneRange {
	switch name {
	case "alnum", "alpha":
		return alphaRunes
	case "blank":
		return blankRunes
	case "cntrl":
		return cntrlRunes
	case "graph":
		return subtract(printRunes, spaceRunes)
	case "lower":
		return lowerRunes
	case "print":
		return printRunes
	case "punct":
		return subtract(subtract(printRunes, spaceRunes), alphaRunes)
	case "space":
		return spaceRunes
	case "upper":
		return upperRunes
	}
	return nil
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
func isLower(b byte) bool { return 'a' <= b && b <= 'z' }
func isUpper(b byte) bool { return 'A' <= b && b <= 'Z' }
func isAlpha(b byte) bool { return isLower(b) || isUpper(b) }
func isAlnum(b byte) bool { return isAlpha(b) || isDigit(b) }
func isGraph(b byte) bool { return ' ' < b && b < 0x7f }

// inRanges tells whether r is in ranges, which are in order.
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

// beyondASCII is all characters that are not ASCII, surrogates those code points
// that are no characters.
var (
	beyondASCII = []RuneRange{{utf8.RuneSelf, 0xd7ff}, {0xe000, utf8.MaxRune}}
	surrogates  = []RuneRange{{0xd800, 0xdfff}}
)
