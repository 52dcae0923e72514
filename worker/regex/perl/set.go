package perl

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// foldMax is the last rune that has another case, as in regexp/syntax.
const foldMax = 0x1e943

// builder collects the characters of a set, as ranges of runes or of bytes.
type builder struct {
	utf    bool
	ranges []syntax.RuneRange
}

func (b *builder) add(lo, hi rune) {
	b.ranges = append(b.ranges, syntax.RuneRange{Lo: lo, Hi: hi})
}

func (b *builder) addFolded(lo, hi rune) {
	b.add(lo, hi)
	if !b.utf {
		for c := max(lo, 'A'); c <= min(hi, 'z'); c++ {
			if other := c ^ 0x20; isLetter(c) {
				b.add(other, other)
			}
		}
		return
	}
	for c := max(lo, 'A'); c <= min(hi, foldMax); c++ {
		for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
			b.add(f, f)
		}
	}
}

// addAll adds ranges, or everything else.
func (b *builder) addAll(ranges []syntax.RuneRange, negate bool) {
	if negate {
		ranges = complement(normalize(slices.Clone(ranges)), b.last())
	}
	b.ranges = append(b.ranges, ranges...)
}

// addSet adds the characters of a set.
func (b *builder) addSet(s *syntax.Set) {
	for c := range 256 {
		if s.HasByte(byte(c)) {
			b.add(rune(c), rune(c))
		}
	}
	b.ranges = append(b.ranges, s.Runes...)
}

// last returns the last character there is.
func (b *builder) last() rune {
	if b.utf {
		return unicode.MaxRune
	}
	return 0xff
}

// set returns the characters added, or all others.
func (b *builder) set(negate bool) *syntax.Set {
	ranges := normalize(b.ranges)
	if negate {
		ranges = complement(ranges, b.last())
	}
	s := new(syntax.Set)
	for _, r := range ranges {
		lo, hi := r.Lo, min(r.Hi, b.last())
		for ; lo <= hi && (lo < utf8.RuneSelf || !b.utf); lo++ {
			s.AddByte(byte(lo))
		}
		if lo <= hi {
			s.Runes = appendRunes(s.Runes, lo, hi)
		}
	}
	return s
}

// charSet is a set of characters with a table by their first bytes.
type charSet struct {
	*syntax.Set
	of  [256]member
	dot bool // it has all of ASCII except LF
}

type member uint8

const (
	isNot   member = iota
	isOne          // the byte is a character of the set
	isMaybe        // it may start one
)

func newCharSet(s *syntax.Set, utf bool) *charSet {
	t := &charSet{Set: s}
	for b := range 256 {
		switch {
		case utf && b >= utf8.RuneSelf:
			if len(s.Runes) > 0 {
				t.of[b] = isMaybe
			}
		case s.HasByte(byte(b)):
			t.of[b] = isOne
		}
	}
	t.dot = s.Bytes[0] == ^uint64(1<<'\n') && s.Bytes[1] == ^uint64(0)
	return t
}

const surrogateMin, surrogateMax = 0xd800, 0xdfff

// appendRunes leaves out the surrogates, which are not characters.
func appendRunes(runes []syntax.RuneRange, lo, hi rune) []syntax.RuneRange {
	if lo < surrogateMin && hi >= surrogateMin {
		runes = append(runes, syntax.RuneRange{Lo: lo, Hi: surrogateMin - 1})
	}
	if lo <= surrogateMax && hi >= surrogateMin {
		lo = surrogateMax + 1
	}
	if lo <= hi {
		runes = append(runes, syntax.RuneRange{Lo: lo, Hi: hi})
	}
	return runes
}

// normalize sorts ranges and joins adjacent ones, in place.
func normalize(ranges []syntax.RuneRange) []syntax.RuneRange {
	slices.SortFunc(ranges, func(a, b syntax.RuneRange) int { return int(a.Lo - b.Lo) })
	n := 0
	for _, r := range ranges {
		if n > 0 && r.Lo <= ranges[n-1].Hi+1 {
			ranges[n-1].Hi = max(ranges[n-1].Hi, r.Hi)
			continue
		}
		ranges[n] = r
		n++
	}
	return ranges[:n]
}

// complement returns what is not in ranges, which are normalized, up to last.
func complement(ranges []syntax.RuneRange, last rune) []syntax.RuneRange {
	var out []syntax.RuneRange
	next := rune(0)
	for _, r := range ranges {
		if next < r.Lo {
			out = append(out, syntax.RuneRange{Lo: next, Hi: r.Lo - 1})
		}
		next = r.Hi + 1
	}
	if next <= last {
		out = append(out, syntax.RuneRange{Lo: next, Hi: last})
	}
	return out
}

// clip leaves out what is above last.
func clip(ranges []syntax.RuneRange, last rune) []syntax.RuneRange {
	for len(ranges) > 0 && ranges[len(ranges)-1].Lo > last {
		ranges = ranges[:len(ranges)-1]
	}
	if n := len(ranges); n > 0 {
		ranges[n-1].Hi = min(ranges[n-1].Hi, last)
	}
	return ranges
}

// hasRune reports whether r, from U+0080 on, is in runes.
func hasRune(runes []syntax.RuneRange, r rune) bool {
	lo, hi := 0, len(runes)
	for lo < hi {
		i := int(uint(lo+hi) >> 1)
		if runes[i].Hi < r {
			lo = i + 1
		} else {
			hi = i
		}
	}
	return lo < len(runes) && runes[lo].Lo <= r
}

// alone returns the only byte of a set that has no other character.
func alone(s *syntax.Set) (byte, bool) {
	n, at := 0, 0
	for i, w := range s.Bytes {
		n += bits.OnesCount64(w)
		if w != 0 {
			at = 64*i + bits.TrailingZeros64(w)
		}
	}
	return byte(at), n == 1 && len(s.Runes) == 0
}

// folded returns the characters that r stands for if case is ignored.
func folded(r rune, utf bool) *syntax.Set {
	b := builder{utf: utf}
	b.addFolded(r, r)
	return b.set(false)
}

func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }
func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isWord(c byte) bool   { return c == '_' || isDigit(rune(c)) || isLetter(rune(c)) }

func ranges(pairs ...rune) []syntax.RuneRange {
	out := make([]syntax.RuneRange, 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, syntax.RuneRange{Lo: pairs[i], Hi: pairs[i+1]})
	}
	return out
}

// escapeRanges returns what \d, \h, \s, \v and \w stand for.
func escapeRanges(c byte) []syntax.RuneRange {
	switch c {
	case 'd':
		return ranges('0', '9')
	case 's':
		return ranges('\t', '\r', ' ', ' ')
	case 'w':
		return ranges('0', '9', 'A', 'Z', '_', '_', 'a', 'z')
	case 'h':
		return ranges('\t', '\t', ' ', ' ', 0xa0, 0xa0, 0x1680, 0x1680, 0x180e, 0x180e,
			0x2000, 0x200a, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000)
	default: // 'v'
		return ranges('\n', '\r', 0x85, 0x85, 0x2028, 0x2029)
	}
}

// posixRanges returns the characters of [:name:], or nil if there is no such name.
func posixRanges(name string) []syntax.RuneRange {
	switch name {
	case "alpha":
		return ranges('A', 'Z', 'a', 'z')
	case "lower":
		return ranges('a', 'z')
	case "upper":
		return ranges('A', 'Z')
	case "alnum":
		return ranges('0', '9', 'A', 'Z', 'a', 'z')
	case "ascii":
		return ranges(0, 0x7f)
	case "blank":
		return ranges('\t', '\t', ' ', ' ')
	case "cntrl":
		return ranges(0, 0x1f, 0x7f, 0x7f)
	case "digit":
		return ranges('0', '9')
	case "graph":
		return ranges('!', '~')
	case "print":
		return ranges(' ', '~')
	case "punct":
		return ranges('!', '/', ':', '@', '[', '`', '{', '~')
	case "space":
		return ranges('\t', '\r', ' ', ' ')
	case "word":
		return ranges('0', '9', 'A', 'Z', '_', '_', 'a', 'z')
	case "xdigit":
		return ranges('0', '9', 'A', 'F', 'a', 'f')
	}
	return nil
}
