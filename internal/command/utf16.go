package command

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync/atomic"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
)

// detect tells by the first bytes of an input whether it is in UTF-16. If more is
// true, more of them are needed to tell, unless there are no more.
func (e *encodings) detect(header []byte) (kind charset.Kind, is, more bool) {
	switch {
	case e.isUTF16():
		return e.input.Kind, len(header) > 0, len(header) < 2
	case !e.marks:
		return 0, false, false
	case len(header) < 2:
		return 0, false, len(header) == 0 || header[0] == 0xFE || header[0] == 0xFF
	}
	return charset.UTF16, charset.HasUTF16Mark(header), false
}

// decodes tells whether inputs may have to be decoded before they are cut.
func (e *encodings) decodes() bool { return e.marks || e.isUTF16() }

// decodeText recognizes UTF-16.
func (o *common) decodeText(header []byte) (read split.NewDecoder, more bool) {
	kind, is, more := o.encoding.detect(header)
	if !is {
		return nil, more
	}
	order := kind.ByteOrder(header)
	return func(in io.Reader, waits func() bool) split.Decoder {
		return &utf16Decoder{
			UTF16Reader: charset.NewUTF16Reader(in, kind, o.decoders()),
			waits:       waits, order: order, inUTF8: o.encoding.utf8 || o.encoding.json,
		}
	}, false
}

// utf16Decoder reads an input in UTF-16 as UTF-8. A byte order mark stays, unless
// nothing is behind it, or what is written is in UTF-8 and needs none.
type utf16Decoder struct {
	*charset.UTF16Reader
	waits  func() bool // nil for a file
	order  binary.ByteOrder
	inUTF8 bool // is what is written
	begun  bool
}

// ByteOrder is that in which what is written is, nil for UTF-8; see package merge.
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

// keepsMark reports whether an input was decoded from UTF-16 with its byte order
// mark, which is not part of its text. It is known when the first range is.
func keepsMark(src split.Source) bool {
	return src.ByteOrder() != nil
}

// Idle tells that Read may have to wait for more of a live input.
func (d *utf16Decoder) Idle() bool { return d.waits != nil && d.Empty() && d.waits() }

// archived reads what an archive holds, which may be in UTF-16.
type archived struct {
	split.Decoder
	o    *common
	live bool

	header []byte // was read to tell
	told   bool
	text   atomic.Pointer[utf16Decoder] // nil if it is not
}

func (a *archived) Read(b []byte) (int, error) {
	for !a.told {
		piece := make([]byte, len(b)) // more would change what the next reads give
		n, err := a.Decoder.Read(piece)
		a.header = append(a.header, piece[:n]...)
		read, more := a.o.decodeText(a.header)
		if a.told = !more || err != nil; !a.told {
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

func (a *archived) Idle() bool {
	if d := a.text.Load(); d != nil {
		return d.Idle()
	}
	return (a.told && len(a.header) == 0 || !a.told) && a.Decoder.Idle()
}

func (a *archived) Close() error {
	if d := a.text.Load(); d != nil {
		d.Close()
	}
	return a.Decoder.Close()
}

// ByteOrder is as that of utf16Decoder.
func (a *archived) ByteOrder() binary.ByteOrder {
	if d := a.text.Load(); d != nil {
		return d.ByteOrder()
	}
	return nil
}
