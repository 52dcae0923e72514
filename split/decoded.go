package split

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync"
)

// Decode recognizes an input by its first bytes, and returns what reads what it
// holds, or nil for an input that is read as it is. More says that more bytes
// are needed to tell; what is returned is then for an input that ends there.
type Decode func(header []byte) (read NewDecoder, more bool)

// NewDecoder begins to read in. Waits, nil for a file, tells whether a read of in
// would wait.
type NewDecoder func(in io.Reader, waits func() bool) Decoder

// Decoder gives what an input holds. It may use the input until it is closed or
// has given an error.
type Decoder interface {
	io.ReadCloser
	// Idle reports whether Read may have to wait for more of a live input.
	Idle() bool
	// ByteOrder is that of the UTF-16 which the input was decoded from and is to
	// be shown in, nil for others. It is known when Read has returned.
	ByteOrder() binary.ByteOrder
}

// decodedPiece is what is read at a time of what a file holds, in bytes. What is
// known behind a range (see Source.Known) is then the same in every run, and
// whole blocks of this length, which is GNU grep's.
const decodedPiece = 96 << 10

// decoded reads what an input holds, or the input itself.
type decoded struct {
	in     *live
	live   bool
	decode Decode // not yet asked
	ahead  []byte // of the input, which is read as it is

	mu     sync.Mutex // of what close uses, which may come at any time
	r      Decoder
	closed bool
}

// Read fills b as far as it can from a file, and gives what is there of a live
// input.
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

// look reads as much of a live input as is needed to tell what it is. It may be
// called again, and for nil.
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
		more = more && err != io.EOF // the next read says so again
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
