package charset

import (
	"bytes"
	"slices"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// tables are what an encoding is decoded with. They are built when the encoding is looked up, by
// decoding every code there is.
type tables struct {
	singles  [256]packed      // characters of one byte, or Invalid
	complete bool             // no byte is Invalid
	pairs    *[1 << 15]packed // by pairIndex; 0 if not a character
	roles    [256]role
	jis0212  []uint16                     // of three bytes in EUC-JP; 0 if not a character
	gbBasic  func() []uint16              // of four bytes in GB18030
	longer   func(b []byte) (packed, int) // reads one of the previous two, if there are any
}

// role says where in a character a byte may be.
type role uint8

const (
	leading  role = 1 << iota // not the last one
	trailing                  // not the first one
)

// pairIndex is for a lead of at least 0x80.
func pairIndex(lead, trail byte) uint16 { return uint16(lead&0x7f)<<8 | uint16(trail) }

// noPairs is for encodings that have only characters of one byte.
var noPairs [1 << 15]packed

func (c *Charset) build() {
	t := &tables{pairs: &noPairs}
	c.tables = t
	d := c.source.NewDecoder()
	t.buildSingles(d)
	if c.c1 {
		for v := 0x80; v <= 0x9F; v++ {
			t.singles[v] = packRune(rune(v))
		}
	}
	t.complete = !slices.Contains(t.singles[:], Invalid)
	if c.form != oneByte {
		t.buildPairs(d)
	}
	switch c.form {
	case shiftJIS:
		t.addShiftJIS()
	case eucJP:
		t.buildEUCJP(d)
	case gbk:
		t.addGBK()
	case gb18030:
		t.addGBK()
		t.buildGB18030(d)
	}
}

// decodeAll decodes codes, each followed by LF, and calls text with the index and the text of each.
func decodeAll(d *encoding.Decoder, codes []byte, text func(i int, s []byte)) {
	all, err := d.Bytes(codes)
	if err != nil {
		panic(err) // decoders write U+FFFD for errors
	}
	for i := 0; len(all) > 0; i++ {
		s, rest, _ := bytes.Cut(all, []byte{'\n'})
		text(i, s)
		all = rest
	}
}

// pack returns text packed, or Invalid if it starts with U+FFFD, which decoders write for a code
// that is not a character.
func pack(s []byte) packed {
	if r, _ := utf8.DecodeRune(s); r == utf8.RuneError {
		return Invalid
	}
	var e packed
	for i, v := range s {
		e |= packed(v) << (8 * i)
	}
	return e
}

func (t *tables) buildSingles(d *encoding.Decoder) {
	var codes []byte
	for v := 0x80; v <= 0xff; v++ {
		codes = append(codes, byte(v), '\n')
	}
	for v := range 0x80 {
		t.singles[v] = packed(v)
	}
	decodeAll(d, codes, func(i int, s []byte) { t.singles[0x80+i] = pack(s) })
}

func (t *tables) buildPairs(d *encoding.Decoder) {
	t.pairs = new([1 << 15]packed)
	const firstTrail = 0x30
	var codes []byte
	var index []uint16
	for lead := 0x80; lead <= 0xff; lead++ {
		if t.singles[lead] != Invalid {
			continue
		}
		for trail := firstTrail; trail <= 0xff; trail++ {
			codes = append(codes, byte(lead), byte(trail), '\n')
			index = append(index, pairIndex(byte(lead), byte(trail)))
		}
	}
	decodeAll(d, codes, func(i int, s []byte) {
		if e := pack(s); e != Invalid {
			t.addPair(index[i], e)
		}
	})
}

func (t *tables) addPair(at uint16, e packed) {
	t.pairs[at] = e
	t.roles[0x80|at>>8] |= leading
	t.roles[at&0xff] |= trailing
}

// packRune returns r packed. It is not ASCII.
func packRune(r rune) packed {
	switch {
	case r < 0x800:
		return packed(0xC0|r>>6) | packed(0x80|r&0x3F)<<8
	case r < 0x10000:
		return packed(0xE0|r>>12) | packed(0x80|r>>6&0x3F)<<8 | packed(0x80|r&0x3F)<<16
	}
	return packed(0xF0|r>>18) | packed(0x80|r>>12&0x3F)<<8 |
		packed(0x80|r>>6&0x3F)<<16 | packed(0x80|r&0x3F)<<24
}

// JIS X 0212, in EUC-JP: 0x8F and two bytes of 0xA1-0xFE.

const jisRow = 0xFE - 0xA1 + 1

func (t *tables) buildEUCJP(d *encoding.Decoder) {
	var codes []byte
	for b := 0xA1; b <= 0xFE; b++ {
		for c := 0xA1; c <= 0xFE; c++ {
			codes = append(codes, 0x8F, byte(b), byte(c), '\n')
		}
	}
	t.jis0212 = make([]uint16, jisRow*jisRow)
	decodeAll(d, codes, func(i int, s []byte) {
		if r, _ := utf8.DecodeRune(s); r != utf8.RuneError {
			t.jis0212[i] = uint16(r)
			t.roles[0x8F] |= leading
			t.roles[codes[4*i+1]] |= leading | trailing
			t.roles[codes[4*i+2]] |= trailing
		}
	})
	t.longer = t.jisX0212
}

func (t *tables) jisX0212(b []byte) (packed, int) {
	if len(b) < 3 || b[0] != 0x8F || b[1] < 0xA1 || b[1] == 0xFF || b[2] < 0xA1 || b[2] == 0xFF {
		return Invalid, 1
	}
	r := t.jis0212[int(b[1]-0xA1)*jisRow+int(b[2]-0xA1)]
	if r == 0 {
		return Invalid, 1
	}
	return packRune(rune(r)), 3
}

// GB18030 numbers its codes of four bytes in the order of their bytes. From 0 on they are, in
// order, the characters of the basic plane that do not have a code of two bytes, and from
// gbSupplement on all those of the other planes.

const (
	gbBasicLen   = 39420
	gbSupplement = (0x90 - 0x81) * 10 * 126 * 10

	// Since 2005, this code and the two-byte code 0xA8BC are those of U+E7C7 and U+1E3F, and not
	// the other way round.
	gbSwapped = 7457
)

// gbCode returns the code of four bytes with number i, as a big-endian number.
func gbCode(i int) code {
	return code(0x81+i/12600)<<24 | code('0'+i/1260%10)<<16 |
		code(0x81+i/10%126)<<8 | code('0'+i%10)
}

func (t *tables) buildGB18030(d *encoding.Decoder) {
	for v := 0x81; v <= 0xFE; v++ {
		t.roles[v] |= leading | trailing
	}
	for v := '0'; v <= '9'; v++ {
		t.roles[v] |= leading | trailing
	}
	// Most texts have none of these characters, and building this takes 1.5 ms on one core of a
	// 2023 Xeon.
	t.gbBasic = sync.OnceValue(func() []uint16 {
		codes := make([]byte, 0, 5*gbBasicLen)
		for i := range gbBasicLen {
			codes = append(gbCode(i).append(codes), '\n')
		}
		basic := make([]uint16, gbBasicLen)
		decodeAll(d, codes, func(i int, s []byte) {
			r, _ := utf8.DecodeRune(s)
			basic[i] = uint16(r)
		})
		basic[gbSwapped] = 0xE7C7
		return basic
	})
	t.longer = t.fourBytes
}

func (t *tables) fourBytes(b []byte) (packed, int) {
	if len(b) < 4 ||
		b[0] < 0x81 || b[0] == 0xFF || b[1]-'0' > 9 ||
		b[2] < 0x81 || b[2] == 0xFF || b[3]-'0' > 9 {
		return Invalid, 1
	}
	i := ((int(b[0]-0x81)*10+int(b[1]-'0'))*126+int(b[2]-0x81))*10 + int(b[3]-'0')
	switch {
	case i < gbBasicLen:
		return packRune(rune(t.gbBasic()[i])), 4
	case i >= gbSupplement && i-gbSupplement < 0x100000:
		return packRune(rune(i - gbSupplement + 0x10000)), 4
	}
	return Invalid, 1
}
