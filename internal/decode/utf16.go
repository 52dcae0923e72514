package decode

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/linefork/linefork/worker/charset"
)

// utf16Decoder reads UTF-16 as UTF-8. It keeps a byte order mark, unless nothing follows it or the
// output is UTF-8.
type utf16Decoder struct {
	*charset.UTF16Reader
	waits  func() bool // nil for a file
	order  binary.ByteOrder
	inUTF8 bool // the output is UTF-8
	begun  bool
}

// ByteOrder is the byte order of the output, nil for UTF-8.
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

// Idle reports whether Read may block until a live input delivers more.
func (d *utf16Decoder) Idle() bool { return d.waits != nil && d.Empty() && d.waits() }
