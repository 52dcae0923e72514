package unpack

import (
	"bufio"
	"errors"
	"io"
)

// input reads an archive. It is used by the splitter, or by the job that decompresses a piece as it
// is read: only one of them at a time.
type input struct {
	*bufio.Reader
	format Format
	src    io.Reader
	waits  func() bool
	read   int64 // bytes read from src
	ended  bool  // src is at its end
	err    error // of src, except io.EOF
	// pause, if set, is called before a read of src that would block.
	pause func()
}

// inputBuffer has room for the longest BGZF member.
const inputBuffer = 256 << 10

func newInput(f Format, src io.Reader, waits func() bool) *input {
	in := &input{format: f, src: src, waits: waits}
	in.Reader = bufio.NewReaderSize((*counted)(in), inputBuffer)
	return in
}

// counted is the input below its buffer.
type counted input

func (c *counted) Read(b []byte) (int, error) {
	if c.pause != nil && c.waits != nil && c.waits() {
		c.pause()
	}
	n, err := c.src.Read(b)
	c.read += int64(n)
	if err == io.EOF {
		c.ended = true
	} else if err != nil {
		c.err = err
	}
	return n, err
}

// offset is the offset of the next byte in the archive.
func (in *input) offset() int64 { return in.read - int64(in.Buffered()) }

// idle reports whether reading the next byte would block.
func (in *input) idle() bool { return in.waits != nil && in.Buffered() == 0 && in.waits() }

// fail returns the error to report for err, which occurred at offset off of the archive. If the
// archive is truncated, or cannot be read, that is the error.
func (in *input) fail(off int64, err error) error {
	short := err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF)
	switch {
	case err == nil || err == errClosed || errors.As(err, new(*Error)):
		return err
	case in.err != nil:
		return in.err
	case short && in.ended:
		off, err = in.read, io.ErrUnexpectedEOF
	case short:
		err = errLength
	}
	return &Error{in.format, off, err}
}

// header returns the next n bytes without consuming them. The error is io.EOF if there are none.
func (in *input) header(n int) ([]byte, error) {
	b, err := in.Peek(n)
	if err == io.EOF && len(b) > 0 {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

// zeros skips NULs and returns their number; err is io.EOF if nothing follows them.
func (in *input) zeros() (n int64, err error) {
	for {
		b, err := in.ReadByte()
		switch {
		case err != nil:
			return n, err
		case b != 0:
			return n, in.UnreadByte()
		}
		n++
	}
}

// pieceReader reads one piece of an archive up to its end, which it finds from the lengths stored
// in it.
type pieceReader struct {
	in *input
	// next returns the length of the next section, with its header, and io.EOF after the last one.
	next func() (int64, error)
	left int64 // bytes of the current section
	err  error
}

func (w *pieceReader) Read(b []byte) (n int, err error) {
	for w.left == 0 && w.err == nil {
		w.left, w.err = w.next()
	}
	if w.left == 0 {
		return 0, w.err
	}
	n, err = w.in.Read(b[:min(int64(len(b)), w.left)])
	w.left -= int64(n)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		w.err, w.left = err, 0
	}
	return n, err
}
