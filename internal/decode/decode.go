// Package decode recognizes archives and text in UTF-16, and decodes them: [Options.Decode] is what
// package split needs for that.
package decode

import (
	"io"

	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
)

// Options say what to recognize.
type Options struct {
	Archives bool // by their first bytes, whatever their names
	Marks    bool // UTF-16, by its byte order mark
	// UTF16 is the form of UTF-16 of all inputs, if Known is set.
	UTF16 charset.Kind
	Known bool
	// UTF8 says that the output is UTF-8, without a mark.
	UTF8    bool
	Workers int // goroutines that decode at the same time
}

// Decode returns a function that recognizes inputs, or nil if there is nothing to recognize.
func (o *Options) Decode() split.Decode {
	switch {
	case o.Archives:
		return o.archive
	case o.decodes():
		return o.text
	}
	return nil
}

func (o *Options) decodes() bool { return o.Marks || o.Known }

// archive recognizes archives, and UTF-16.
func (o *Options) archive(header []byte) (read split.NewDecoder, more bool) {
	format, more := unpack.Detect(header)
	switch {
	case more:
		read, _ = o.text(header)
		return read, true
	case format == unpack.Plain:
		return o.text(header)
	}
	return func(in io.Reader, waits func() bool) split.Decoder {
		r := unpack.NewReader(format, in, unpack.Options{Workers: o.Workers, Waits: waits})
		if o.decodes() {
			return &archived{o: o, Decoder: r, live: waits != nil}
		}
		return r
	}, false
}

// text recognizes UTF-16.
func (o *Options) text(header []byte) (read split.NewDecoder, more bool) {
	kind, is, more := o.detect(header)
	if !is {
		return nil, more
	}
	order := kind.ByteOrder(header)
	return func(in io.Reader, waits func() bool) split.Decoder {
		return &utf16Decoder{
			UTF16Reader: charset.NewUTF16Reader(in, kind, o.Workers),
			waits:       waits, order: order, inUTF8: o.UTF8,
		}
	}, false
}

// detect reports whether an input is UTF-16, given its first bytes. If more is true, more of them
// are needed, unless the input ends there.
func (o *Options) detect(header []byte) (kind charset.Kind, is, more bool) {
	switch {
	case o.Known:
		return o.UTF16, len(header) > 0, len(header) < 2
	case !o.Marks:
		return 0, false, false
	case len(header) < 2:
		return 0, false, len(header) == 0 || header[0] == 0xFE || header[0] == 0xFF
	}
	return charset.UTF16, charset.HasUTF16Mark(header), false
}
