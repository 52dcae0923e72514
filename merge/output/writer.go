package output

import (
	"bufio"
	"encoding/binary"
	"io"

	"github.com/linefork/linefork/worker/charset"
)

// Writer is a buffer before an output that takes UTF-8, and gives what was
// decoded from UTF-16 back in UTF-16. Its errors are those of the output.
type Writer struct {
	*bufio.Writer
	out     Output
	encoder encoder
}

const bufferSize = 256 << 10 // bytes

// NewWriter returns a Writer to out, of text that is written as it is.
func NewWriter(out Output) *Writer {
	w := &Writer{out: out, encoder: encoder{out: out}}
	w.Writer = bufio.NewWriterSize(&w.encoder, bufferSize)
	return w
}

// Encoding says that what is written next becomes UTF-16 of this byte order or,
// for nil, stays as it is.
func (w *Writer) Encoding(order binary.ByteOrder) error {
	if order == w.encoder.order {
		return nil
	}
	if err := w.Flush(); err != nil {
		return err
	}
	w.encoder.set(order)
	w.out.Encoding(order)
	return nil
}

// encoder encodes what a Writer has collected.
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

func (e *encoder) set(order binary.ByteOrder) {
	if e.order = order; order != nil {
		e.utf16 = charset.NewUTF16Writer(e.out, order)
	}
}
