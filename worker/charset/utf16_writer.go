package charset

import (
	"encoding/binary"
	"io"
)

// UTF16Writer writes UTF-8 text as UTF-16, as AppendUTF16 does. The text may be cut anywhere; the
// start of a character is kept until more is written. It is for one goroutine.
type UTF16Writer struct {
	w     io.Writer
	order binary.ByteOrder
	rest  []byte // the start of a character
	text  []byte // to use again
}

// NewUTF16Writer writes to w, and adds no byte order mark.
func NewUTF16Writer(w io.Writer, order binary.ByteOrder) *UTF16Writer {
	return &UTF16Writer{w: w, order: order}
}

// writeSize is how many bytes of UTF-8 are encoded at a time.
const writeSize = 256 << 10

// Write writes p except the start of a character at its end. The error is that of the underlying
// writer, and the count is then 0.
func (w *UTF16Writer) Write(p []byte) (int, error) {
	for n := 0; n < len(p); {
		s := p[n:min(n+writeSize, len(p))]
		n += len(s)
		if len(w.rest) > 0 {
			s = append(w.rest, s...)
		}
		text, rest := AppendUTF16(w.text[:0], s, w.order, false)
		w.text = text
		w.rest = append([]byte(nil), rest...)
		if _, err := w.w.Write(text); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}
