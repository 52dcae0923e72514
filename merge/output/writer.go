package output

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"syscall"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/window"
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

// Write writes b, in steps if it is long: the system would have all of it in memory at once, also
// where it is mapped.
func (e *encoder) Write(b []byte) (n int, err error) {
	for len(b) > window.Step && err == nil {
		var k int
		k, err = e.write(b[:window.Step])
		n += k
		b = b[k:]
		window.Passed(k)
	}
	if err == nil {
		var k int
		k, err = e.write(b)
		n += k
	}
	return n, err
}

func (e *encoder) write(b []byte) (int, error) {
	if e.order != nil {
		return e.utf16.Write(b)
	}
	n, err := e.out.Write(b)
	if errors.Is(err, syscall.EFAULT) {
		m, err := e.copied(b[n:])
		return n + m, err
	}
	return n, err
}

// copied writes a copy of b, which the system could not read: b is mapped from a file that has
// become shorter, which is not an error of the output. The copying faults, for whoever mapped the
// file to catch.
func (e *encoder) copied(b []byte) (n int, err error) {
	piece := make([]byte, 4<<10)
	for n < len(b) && err == nil {
		var k int
		k, err = e.out.Write(piece[:copy(piece, b[n:])])
		n += k
	}
	return n, err
}

func (e *encoder) set(order binary.ByteOrder) {
	if e.order = order; order != nil {
		e.utf16 = charset.NewUTF16Writer(e.out, order)
	}
}
