package run

import (
	"github.com/linefork/linefork/internal/decode"
	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/charset"
)

// ErrDamaged is for an input that is a damaged archive. What it holds before the damage
// is still read.
var ErrDamaged = unpack.ErrDamaged

// encoding is an Encoding that was looked up.
type encoding struct {
	charset.Encoding
	marks bool // a byte order mark of UTF-16 decides
	utf8  bool // is what is written
}

func (e *Encoding) lookUp() (found encoding, err error) {
	found = encoding{marks: e.Name == "" && !e.Raw, utf8: e.OutputUTF8}
	if e.Name != "" {
		found.Encoding, err = charset.Lookup(e.Name)
	}
	return found, err
}

// isUTF16 reports whether all inputs are in UTF-16.
func (e *encoding) isUTF16() bool {
	return e.Kind == charset.UTF16 || e.Kind == charset.UTF16LE || e.Kind == charset.UTF16BE
}

// charsetName is that in which workers find the inputs, "" for UTF-8.
func (e *encoding) charsetName() string {
	if e.Charset == nil {
		return ""
	}
	return e.Name
}

// recoder is for what is written, nil where that is as it stands in the inputs.
func (e *encoding) recoder() *merge.Recoder {
	if !e.utf8 {
		return nil
	}
	return &merge.Recoder{Charset: e.Charset, Replace: true}
}

// decoder recognizes archives and inputs in UTF-16; nil if there is nothing to
// recognize. What is written is in UTF-8, or as the inputs.
func (o *Options) decoder(e *encoding, utf8 bool) split.Decode {
	workers := o.processes()
	if o.Mode == worker.Serial {
		workers = 1
	}
	d := &decode.Options{Archives: o.Decompress, Workers: workers, Marks: e.marks, UTF8: utf8}
	d.UTF16, d.Known = e.Kind, e.isUTF16()
	return d.Decode()
}
