package decode

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/linefork/linefork/worker/charset"
)

// utf16Decoder reads an input in UTF-16 as UTF-8. A byte order mark stays, unless
// nothing is behind it, or what is written is in UTF-8 and needs none.
type utf16Decoder struct {
	*charset.UTF16Reader
	waits  func() bool // nil for a file
	order  binary.ByteOrder
	inUTF8 bool // is what is written
	begun  bool
}

// ByteOrder is that in which what is written is, nil for UTF-8.
func (d *utf16Decoder) ByteOrder() binary.ByteOrder {
	if d.inUTF8 {
		return nil
	}
	return d.order
}

func (d *utf16Decoder) Read(b []byte) (int, error) {
	n, err := d.UTF16Reader.Read(b)
	if d.begun || n == 0 {
		return n, err
	}
	d.begun = true
	if !bytes.HasPrefix(b[:n], charset.UTF8Mark) {
		return n, err
	}
	mark := len(charset.UTF8Mark)
	if d.inUTF8 {
		n = copy(b, b[mark:n])
		mark = 0
	}
	if n == mark && err == nil {
		var more int
		more, err = d.UTF16Reader.Read(b[mark:])
		if n += more; more == 0 && err == io.EOF {
			n = 0
		}
	}
	return n, err
}

// Idle reports whether Read may have to wait for more of a live input.
func (d *utf16Decoder) Idle() bool { return d.waits != nil && d.Empty() && d.waits() }
