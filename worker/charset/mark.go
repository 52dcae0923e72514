package charset

import "bytes"

// HasMark tells whether an input begins with a byte order mark of UTF-16; two
// bytes of it are enough.
func HasMark(header []byte) bool {
	return bytes.HasPrefix(header, []byte{0xFF, 0xFE}) || bytes.HasPrefix(header, []byte{0xFE, 0xFF})
}
