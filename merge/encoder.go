package merge

import (
	"encoding/binary"
	"io"

	"github.com/linefork/linefork/worker/charset"
)

// encoder is a writer of UTF-8 that gives what was decoded from UTF-16 back in
// UTF-16.
type encoder struct {
	out   io.Writer
	order binary.ByteOrder     // nil: bytes are written as they are
	utf16 *charset.UTF16Writer // to out
}

func (e *encoder) Write(b []byte) (int, error) {
	if e.order == nil {
		return e.out.Write(b)
	}
	return e.utf16.Write(b)
}

// set sets the encoding of what is written from now on.
func (e *encoder) set(order binary.ByteOrder) {
	if e.order = order; order != nil {
		e.utf16 = charset.NewUTF16Writer(e.out, order)
	}
}

// orderOf returns the byte order of an input in UTF-16 that is to be shown in
// UTF-16, nil for others. It is known when the first range is.
func orderOf(in Input) binary.ByteOrder {
	if d, ok := in.Decoder().(interface{ ByteOrder() binary.ByteOrder }); ok {
		return d.ByteOrder()
	}
	return nil
}
