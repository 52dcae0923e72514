package charset

import "unicode/utf8"

// Literal returns the bytes that encode the UTF-8 text s: wherever s starts in text of this
// encoding, these bytes start, and wherever they start at a character boundary, they encode s. If a
// character of s has no code or several, ok is false, and s cannot be searched for as bytes.
func (c *Charset) Literal(s []byte) (encoded []byte, ok bool) {
	for len(s) > 0 {
		r, size := utf8.DecodeRune(s)
		switch {
		case r < utf8.RuneSelf:
			encoded = append(encoded, byte(r))
		case r == utf8.RuneError && size == 1:
			return nil, false
		default:
			c.codesOnce.Do(c.buildCodes)
			k := c.codes.of(r)
			if k == noCode || k == manyCodes {
				return nil, false
			}
			encoded = k.append(encoded)
		}
		s = s[size:]
	}
	return encoded, true
}

// code is the bytes of a character that is not ASCII, as a big-endian number.
type code uint32

const (
	noCode    code = 0
	manyCodes code = 1
)

// append appends the bytes; the first one is never zero.
func (k code) append(dst []byte) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		if k>>shift != 0 {
			dst = append(dst, byte(k>>shift))
		}
	}
	return dst
}

// codes finds the code of a character.
type codes struct {
	basic      [0x10000]code // of the basic plane
	other      map[rune]code // of the other planes
	supplement bool          // of the other planes, as in GB18030
}

// of returns the code of r, which is not ASCII.
func (t *codes) of(r rune) code {
	if r < 0x10000 {
		return t.basic[r]
	}
	k := t.other[r]
	if t.supplement {
		return merge(k, gbCode(int(r)-0x10000+gbSupplement))
	}
	return k
}

// merge returns the code of a character that has both the codes a and b.
func merge(a, b code) code {
	if a == noCode {
		return b
	}
	return manyCodes
}

// add adds k as a code of the text e. Two code points in one character make each of them unfit for
// a search.
func (t *codes) add(e packed, k code) {
	var text [4]byte
	n := utf8Len(e)
	for i := range text {
		text[i] = byte(e >> (8 * i))
	}
	r, size := utf8.DecodeRune(text[:n])
	if size < n {
		k = manyCodes
		t.basic[r] = k
		r, _ = utf8.DecodeRune(text[size:n])
	}
	if r < 0x10000 {
		t.basic[r] = merge(t.basic[r], k)
	} else {
		t.other[r] = merge(t.other[r], k)
	}
}

func (c *Charset) buildCodes() {
	t := &codes{other: map[rune]code{}, supplement: c.form == gb18030}
	c.codes = t
	for v := 0x80; v <= 0xFF; v++ {
		if e := c.singles[v]; e != Invalid {
			t.add(e, code(v))
		}
	}
	for i, e := range c.pairs {
		if e != 0 {
			t.add(e, code(0x8000|i))
		}
	}
	for i, r := range c.jis0212 {
		if r != 0 {
			t.add(packRune(rune(r)), code(0x8F<<16|(0xA1+i/jisRow)<<8|(0xA1+i%jisRow)))
		}
	}
	if c.form == gb18030 {
		for i, r := range c.gbBasic() {
			t.add(packRune(rune(r)), gbCode(i))
		}
	}
}
