package charset

import (
	"math/bits"
	"sync"

	"golang.org/x/text/encoding"
)

// Invalid stands, in text that was converted to UTF-8, for a byte that is not part of a character.
// It never occurs in valid UTF-8.
const Invalid = 0xFF

// Charset is an encoding of text other than UTF-8 and UTF-16, in which the bytes 0x00 to 0x7F are
// ASCII unless they are a later byte of a character; LF and NUL never are. Lookup returns one. It
// may be used by several goroutines.
type Charset struct {
	name   string
	names  string // normalized, between spaces
	source encoding.Encoding
	form   form
	c1     bool // 0x80-0x9F are control characters, which source omits

	once sync.Once
	*tables

	codesOnce sync.Once
	codes     *codes // for Literal
}

// form says which characters of several bytes an encoding has.
type form uint8

const (
	oneByte  form = iota
	twoBytes      // two bytes as well
	shiftJIS      // the same
	gbk           // the same
	eucJP         // two as well, and three after 0x8F
	gb18030       // two as well, and four: 0x81-0xFE, digit, 0x81-0xFE, digit
)

func single(name string, source encoding.Encoding, names string) Charset {
	return Charset{name: name, source: source, names: names}
}

func iso(name string, source encoding.Encoding, names string) Charset {
	return Charset{name: name, source: source, names: names, c1: true}
}

func multi(name string, source encoding.Encoding, f form, names string) Charset {
	return Charset{name: name, source: source, form: f, names: names}
}

// Next appends to dst, as UTF-8, the first character of b, or Invalid for a byte that does not
// start one, and returns how many bytes of b it takes. b is not empty and starts at a character
// boundary. A character of Big5 may be two code points.
func (c *Charset) Next(dst, b []byte) (text []byte, size int) {
	e, size := c.first(b)
	for n := utf8Len(e); n > 0; n-- {
		dst = append(dst, byte(e))
		e >>= 8
	}
	return dst, size
}

// Trailing reports whether v may be the second or a later byte of a character.
func (c *Charset) Trailing(v byte) bool { return c.roles[v]&trailing != 0 }

// Boundary returns the last character boundary in the line up to offset i, or i if that is not
// within the line. There must be one at offset from, which is not after i. The time depends on the
// distance from i back to the last byte before or after which there can only be a boundary, such as
// an ASCII letter or a space, or to from if that is closer.
func (c *Charset) Boundary(line []byte, from, i int) int {
	if c.form == oneByte || i >= len(line) {
		return i
	}
	at := i
	// Of two adjacent bytes within a character, at least one is not ASCII.
	for at > from && (line[at-1]|line[at]) >= 0x80 &&
		c.roles[line[at-1]]&leading != 0 && c.roles[line[at]]&trailing != 0 {
		at--
	}
	for at < i {
		_, size := c.first(line[at:])
		if at+size > i {
			break
		}
		at += size
	}
	return at
}

// first returns the first character of b, packed, or Invalid, and its size.
func (t *tables) first(b []byte) (packed, int) {
	if b[0] >= 0x80 && len(b) >= 2 {
		if e := t.pairs[pairIndex(b[0], b[1])]; e != 0 {
			return e, 2
		}
	}
	return t.other(b)
}

// other is first for anything but a character of two bytes.
func (t *tables) other(b []byte) (packed, int) {
	if e := t.singles[b[0]]; e != Invalid || t.longer == nil {
		return e, 1
	}
	return t.longer(b)
}

// packed is the UTF-8 text of a character: its bytes, the first one lowest, then zeros. Five bytes
// would not fit but do not occur.
type packed uint32

// utf8Len returns the number of bytes. It is at least 1, since NUL has one.
func utf8Len(e packed) int { return (bits.Len32(uint32(e|1)) + 7) / 8 }
