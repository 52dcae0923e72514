package charset

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A surrogate without its other half is not a character; it is written as the three bytes that
// UTF-8 would have for it, as in WTF-8 (https://simonsapin.github.io/wtf-8/). These are not valid
// UTF-8, and AppendUTF16 converts them back to the surrogate.

const (
	surrogateMin = 0xD800 // of the first half of a pair
	surrogateLow = 0xDC00 // of the second half
	surrogateMax = 0xDFFF

	supplement = 0x10000 // the first character that takes two units
)

// ByteOrder returns the byte order of UTF-16 text that starts with head, of which two bytes are
// enough.
func (k Kind) ByteOrder(head []byte) binary.ByteOrder {
	if k == UTF16BE || k == UTF16 && len(head) >= 2 && head[0] == 0xFE && head[1] == 0xFF {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// AppendUTF16AsUTF8 appends the UTF-16 text b as UTF-8. Byte order marks are text, and unpaired
// surrogates become three bytes that are not valid UTF-8. rest is what it has not converted: an odd
// byte at the end of b and, unless b is final, the first half of a surrogate pair before it. It may
// change more bytes of dst between its length and its capacity than it appends.
func AppendUTF16AsUTF8(dst, b []byte, order binary.ByteOrder, final bool) (text, rest []byte) {
	// In a word of four units, the bits that are zero in all ASCII units, and the shift that moves
	// the ASCII bytes to the even positions.
	notASCII, shift := uint64(0xFF80FF80FF80FF80), 0
	if order == binary.BigEndian {
		notASCII, shift = 0x80FF80FF80FF80FF, 8
	}
	unit := func(i int) rune {
		if shift == 0 {
			return rune(b[i]) | rune(b[i+1])<<8
		}
		return rune(b[i+1]) | rune(b[i])<<8
	}
	dst = slices.Grow(dst, len(b)/2+room(min(len(b), blockSize)))
	n := len(dst)
	whole := len(b) &^ 1
	i := 0
	for i < whole {
		end := min(i+blockSize, whole)
		dst = slices.Grow(dst[:n], room(end-i))
		for d := dst[:cap(dst)]; i < end; {
			if i+8 <= whole {
				if w := word(b[i:]); w&notASCII == 0 {
					w >>= shift
					w |= w >> 8
					w = w&0xFFFF | w>>16&0xFFFF0000
					binary.LittleEndian.PutUint32(d[n:], uint32(w))
					i += 8
					n += 4
					continue
				}
			}
			r := unit(i)
			i += 2
			switch {
			case r < 0x80:
				d[n] = byte(r)
				n++
				continue
			case r&^0x3FF == surrogateMin:
				if i == whole {
					if !final {
						return dst[:n], b[i-2:]
					}
				} else if low := unit(i); low&^0x3FF == surrogateLow {
					r = (r-surrogateMin)<<10 + (low - surrogateLow) + supplement
					i += 2
				}
			}
			e := packRune(r)
			binary.LittleEndian.PutUint32(d[n:], uint32(e))
			n += utf8Len(e)
		}
	}
	return dst[:n], b[i:]
}

// AppendUTF16 appends the UTF-8 text s as UTF-16. It reverses AppendUTF16AsUTF8, including unpaired
// surrogates. Any other byte that is not UTF-8 becomes U+FFFD. rest is what it has not converted:
// unless s is final, the start of a character at the end of s, at most three bytes. It may change
// more bytes of dst between its length and its capacity than it appends.
func AppendUTF16(dst, s []byte, order binary.ByteOrder, final bool) (text, rest []byte) {
	big := order == binary.BigEndian
	dst = slices.Grow(dst, 2*len(s)+8)
	n := len(dst)
	d := dst[:cap(dst)]
	put := func(u uint16) {
		if big {
			u = bits.ReverseBytes16(u)
		}
		binary.LittleEndian.PutUint16(d[n:], u)
		n += 2
	}
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			if w := word(s[i:]); w&highBits == 0 {
				lo, hi := widen(uint32(w)), widen(uint32(w>>32))
				if big {
					lo, hi = lo<<8, hi<<8
				}
				binary.LittleEndian.PutUint64(d[n:], lo)
				binary.LittleEndian.PutUint64(d[n+8:], hi)
				i += 8
				n += 16
				continue
			}
		}
		r, size := decodeWTF8(s[i:])
		if size == 1 && r == utf8.RuneError && !final && !fullWTF8(s[i:]) {
			return dst[:n], s[i:]
		}
		i += size
		if r >= supplement {
			r -= supplement
			put(uint16(surrogateMin + r>>10))
			r = surrogateLow + r&0x3FF
		}
		put(uint16(r))
	}
	return dst[:n], nil
}

// widen puts a zero byte after each of the four bytes.
func widen(v uint32) uint64 {
	w := uint64(v)
	w = (w | w<<16) & 0x0000FFFF0000FFFF
	return (w | w<<8) & 0x00FF00FF00FF00FF
}

// decodeWTF8 is utf8.DecodeRune, except that it returns surrogates.
func decodeWTF8(s []byte) (r rune, size int) {
	if len(s) >= 3 && isSurrogate(s) && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRune(s)
}

// fullWTF8 is utf8.FullRune, except that it knows surrogates.
func fullWTF8(s []byte) bool {
	if len(s) == 2 && isSurrogate(s) {
		return false
	}
	return utf8.FullRune(s)
}

// isSurrogate reports whether s, of two bytes or more, starts like a surrogate.
func isSurrogate(s []byte) bool { return s[0] == 0xED && s[1]&0xE0 == 0xA0 }
