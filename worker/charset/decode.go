package charset

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

const (
	wordLen  = 8
	chunkLen = 4 * wordLen
	highBits = 0x8080808080808080
)

// word loads the first eight bytes of b; the first one becomes the lowest.
func word(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// isASCII reports whether the first chunkLen bytes of b are ASCII.
func isASCII(b []byte) bool {
	b = b[:chunkLen]
	return (word(b)|word(b[8:])|word(b[16:])|word(b[24:]))&highBits == 0
}

// asciiPrefix returns how many bytes of a word are ASCII before the first that is not.
func asciiPrefix(w uint64) int { return bits.TrailingZeros64(w&highBits) / 8 }

const (
	// dst grows for this many bytes of text at a time.
	blockSize = 4 << 10
	// What goes beyond the end of a block, or is written after the text as the rest of a word, is
	// less than slack.
	slack = 3 * wordLen
)

// room returns how many bytes of UTF-8 n bytes of text may take, including slack. A byte becomes at
// most three.
func room(n int) int { return 3*n + slack }

// AppendUTF8 appends the text b, which starts at a character boundary, as UTF-8. Each byte that is
// not part of a character becomes Invalid. An ASCII byte after an incomplete character stays as it
// is, so that the LFs and NULs in b and those appended correspond one to one. An incomplete
// character at the end is invalid. AppendUTF8 may change more bytes of dst between its length and
// its capacity than it appends.
func (c *Charset) AppendUTF8(dst, b []byte) []byte {
	dst = slices.Grow(dst, len(b)+len(b)/2+room(min(len(b), blockSize)))
	n := len(dst)
	for i := 0; i < len(b); {
		end := min(i+blockSize, len(b))
		dst = slices.Grow(dst[:n], room(end-i))
		if c.form == oneByte {
			n += c.decodeBytes(dst[n:cap(dst)], b[i:end])
			i = end
		} else {
			d, s := c.decodeBlock(dst[n:cap(dst)], b[i:], end-i)
			n += d
			i += s
		}
	}
	return dst[:n]
}

// decodeBytes decodes the block b, of characters of one byte, to d, which has room for it, and
// returns how many bytes it has written.
func (t *tables) decodeBytes(d, b []byte) int {
	i, n := 0, 0
	for i+chunkLen <= len(b) {
		if isASCII(b[i:]) {
			*(*[chunkLen]byte)(d[n:]) = *(*[chunkLen]byte)(b[i:])
			i += chunkLen
			n += chunkLen
			continue
		}
		for _, v := range b[i : i+chunkLen] {
			e := t.singles[v]
			binary.LittleEndian.PutUint32(d[n:], uint32(e))
			n += utf8Len(e)
		}
		i += chunkLen
	}
	for _, v := range b[i:] {
		e := t.singles[v]
		binary.LittleEndian.PutUint32(d[n:], uint32(e))
		n += utf8Len(e)
	}
	return n
}

// decodeBlock decodes the characters that start in b[:block] to d, which has room for them, and
// returns how many bytes it has written and read.
func (t *tables) decodeBlock(d, b []byte, block int) (n, i int) {
	for i < block {
		v := b[i]
		if v >= 0x80 {
			if i+1 < len(b) {
				if e := t.pairs[pairIndex(v, b[i+1])]; e != 0 {
					binary.LittleEndian.PutUint32(d[n:], uint32(e))
					n += utf8Len(e)
					i += 2
					continue
				}
			}
			e, size := t.other(b[i:])
			binary.LittleEndian.PutUint32(d[n:], uint32(e))
			n += utf8Len(e)
			i += size
			continue
		}
		if i+wordLen > len(b) {
			d[n] = v
			i++
			n++
			continue
		}
		w := word(b[i:])
		binary.LittleEndian.PutUint64(d[n:], w)
		k := asciiPrefix(w)
		i += k
		n += k
		if k == wordLen {
			for i+chunkLen <= block && isASCII(b[i:]) {
				*(*[chunkLen]byte)(d[n:]) = *(*[chunkLen]byte)(b[i:])
				i += chunkLen
				n += chunkLen
			}
		}
	}
	return n, i
}

// Valid reports whether each byte of b is part of a character. b starts at a character boundary.
func (c *Charset) Valid(b []byte) bool {
	if c.form == oneByte {
		return c.validBytes(b)
	}
	for i := 0; i < len(b); {
		if i+chunkLen <= len(b) && isASCII(b[i:]) {
			i += chunkLen
			continue
		}
		// Up to the end of the chunk, or of the character that extends beyond it.
		for end := min(i+chunkLen, len(b)); i < end; {
			if b[i] < 0x80 {
				i++
				continue
			}
			if i+1 < len(b) && c.pairs[pairIndex(b[i], b[i+1])] != 0 {
				i += 2
				continue
			}
			e, size := c.other(b[i:])
			if e == Invalid {
				return false
			}
			i += size
		}
	}
	return true
}

// validBytes is Valid for characters of one byte.
func (t *tables) validBytes(b []byte) bool {
	if t.complete {
		return true
	}
	for len(b) >= chunkLen {
		if !isASCII(b) && !t.validChunk(b[:chunkLen]) {
			return false
		}
		b = b[chunkLen:]
	}
	return t.validChunk(b)
}

func (t *tables) validChunk(b []byte) bool {
	for _, v := range b {
		if t.singles[v] == Invalid {
			return false
		}
	}
	return true
}
