package decode

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync/atomic"

	"github.com/linefork/linefork/split"
)

// archived reads the content of an archive, which may be UTF-16.
type archived struct {
	split.Decoder
	o    *Options
	live bool

	header []byte // was read to detect the encoding
	known  bool
	text   atomic.Pointer[utf16Decoder] // nil if it is not UTF-16
}

func (a *archived) Read(b []byte) (int, error) {
	for !a.known {
		piece := make([]byte, len(b)) // a longer one would change what the next reads return
		n, err := a.Decoder.Read(piece)
		a.header = append(a.header, piece[:n]...)
		read, more := a.o.text(a.header)
		if a.known = !more || err != nil; !a.known {
			continue
		}
		if read != nil {
			var waits func() bool
			if a.live {
				waits = a.Decoder.Idle
			}
			in := io.MultiReader(bytes.NewReader(a.header), a.Decoder)
			a.text.Store(read(in, waits).(*utf16Decoder))
		} else if err != nil && len(a.header) == 0 {
			return 0, err
		}
	}
	if d := a.text.Load(); d != nil {
		return d.Read(b)
	}
	if len(a.header) > 0 {
		n := copy(b, a.header)
		a.header = a.header[n:]
		return n, nil
	}
	return a.Decoder.Read(b)
}

// Idle implements [split.Decoder].
func (a *archived) Idle() bool {
	if d := a.text.Load(); d != nil {
		return d.Idle()
	}
	return (a.known && len(a.header) == 0 || !a.known) && a.Decoder.Idle()
}

// Close closes both decoders.
func (a *archived) Close() error {
	if d := a.text.Load(); d != nil {
		d.Close()
	}
	return a.Decoder.Close()
}

// Undecoded is that of utf16Decoder, or -1 if the content is not UTF-16.
func (a *archived) Undecoded() int64 {
	if d := a.text.Load(); d != nil {
		return d.Undecoded()
	}
	return -1
}

// ByteOrder implements [split.Decoder].
func (a *archived) ByteOrder() binary.ByteOrder {
	if d := a.text.Load(); d != nil {
		return d.ByteOrder()
	}
	return nil
}
