package charset

import "bytes"

// UTF8Mark is the byte order mark at the start of some texts in UTF-8.
var UTF8Mark = []byte("\xef\xbb\xbf")

// HasUTF16Mark reports whether an input starts with a byte order mark of UTF-16; two bytes of it
// are enough.
func HasUTF16Mark(header []byte) bool {
	return bytes.HasPrefix(header, []byte{0xFF, 0xFE}) || bytes.HasPrefix(header, []byte{0xFE, 0xFF})
}
