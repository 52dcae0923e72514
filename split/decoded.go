package split

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync"
)

// Decode looks at the first bytes of an input and returns how to decode it, or nil if the input is
// to be read as it is. If more is true, more bytes are needed to decide; read is then the answer
// for an input that ends there.
type Decode func(header []byte) (read NewDecoder, more bool)

// NewDecoder returns a decoder of in. The function waits reports whether a read of in would block;
// it is nil for a file.
type NewDecoder func(in io.Reader, waits func() bool) Decoder

// Decoder yields the decoded content of an input. It may read the input until it is closed or has
// returned an error.
type Decoder interface {
	io.ReadCloser
	// Idle reports whether Read may block until a live input delivers more.
	Idle() bool
	// ByteOrder is the byte order of the UTF-16 that the input was decoded from and is to be
	// printed in, or nil. It is known once Read has returned.
	ByteOrder() binary.ByteOrder
}

// decodedPiece is how many decoded bytes of a file are read at a time. What is known past the end
// of a range (see Source.Known) is then the same in every run, and a whole number of blocks of GNU
// grep, which are this long.
const decodedPiece = 96 << 10

// decoded reads the decoded content of an input, or the input as it is.
type decoded struct {
	in     *live
	live   bool
	decode Decode // nil once it has decided
	ahead  []byte // bytes of an undecoded input that were read to decide

	mu     sync.Mutex // guards what close uses, which may be called at any time
	r      Decoder
	closed bool
}

// Read fills b if it can when the input is a file; of a live input it returns what has arrived.
func (d *decoded) Read(b []byte) (n int, err error) {
	if err := d.look(); err != nil {
		return 0, err
	}
	switch {
	case len(d.ahead) > 0:
		n = copy(b, d.ahead)
		d.ahead = d.ahead[n:]
		return n, nil
	case d.r == nil:
		return d.in.Read(b)
	case d.live:
		return d.r.Read(b)
	}
	for n < len(b) && err == nil {
		var k int
		k, err = d.r.Read(b[n:])
		n += k
	}
	return n, err
}

// look reads as much of a live input as decode needs to decide. It may be called again, and on nil.
func (d *decoded) look() error {
	if d == nil || d.decode == nil {
		return nil
	}
	var header []byte
	for more := true; more; {
		b := make([]byte, 4<<10)
		n, err := d.in.Read(b)
		header = append(header, b[:n]...)
		var read NewDecoder
		read, more = d.decode(header)
		more = more && err != io.EOF // the next read returns it again
		switch {
		case read != nil && !more:
			d.open(read, header)
			return nil
		case err != nil && err != io.EOF:
			return err
		}
	}
	d.decode, d.ahead = nil, header
	return nil
}

func (d *decoded) open(read NewDecoder, header []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	in := io.MultiReader(bytes.NewReader(header), d.in)
	d.decode, d.r = nil, read(in, d.in.drained)
	if d.closed {
		d.r.Close()
	}
}

func (d *decoded) drained() bool {
	switch {
	case d.r != nil:
		return d.r.Idle()
	case len(d.ahead) > 0:
		return false
	}
	return d.in.drained()
}

func (d *decoded) close() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed = true; d.r != nil {
		d.r.Close()
	}
}
