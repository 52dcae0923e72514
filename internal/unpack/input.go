package unpack

import (
	"bufio"
	"errors"
	"io"
)

// input is an archive as its splitter reads it, or a part that is decompressed
// as it is read: one of them at a time.
type input struct {
	*bufio.Reader
	format Format
	src    io.Reader
	waits  func() bool
	read   int64 // bytes taken from src
	ended  bool  // there are no more
	err    error // of src, but not io.EOF
	// pause, if set, is called before a read of src that would wait.
	pause func()
}

// inputBuffer holds at least the longest member of BGZF.
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

// offset is that of the next byte, in the archive.
func (in *input) offset() int64 { return in.read - int64(in.Buffered()) }

// idle tells whether the next byte would have to be waited for.
func (in *input) idle() bool { return in.waits != nil && in.Buffered() == 0 && in.waits() }

// fail words an error at a byte of the archive. Where the archive is cut off, or
// cannot be read, that is the reason.
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

// header returns the next n bytes, without moving on; io.EOF if there are none.
func (in *input) header(n int) ([]byte, error) {
	b, err := in.Peek(n)
	if err == io.EOF && len(b) > 0 {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

// zeros passes over the NULs that come next and returns their number; err is
// io.EOF if nothing else follows.
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

// walker reads a part of the archive up to its end, which it finds by the sizes
// in it.
type walker struct {
	in *input
	// next returns the length of the next piece, its header included, and
	// io.EOF behind the last one.
	next func() (int64, error)
	left int64 // of the piece in hand
	err  error
}

func (w *walker) Read(b []byte) (n int, err error) {
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
