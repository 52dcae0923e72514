package run

import (
	"bytes"
	"errors"

	"github.com/linefork/linefork/split"
)

// lineEndsLook is how many bytes of an input are looked at for its line ends.
const lineEndsLook = 4 << 10

// ErrOnlyCR is a warning: the input is a single record.
var ErrOnlyCR = errors.New("lines end with carriage returns only, which end no record here")

// warnOfCR warns, once, of an input whose lines end in CR alone; b is how it begins.
func (t *table) warnOfCR(in *input, b []byte) {
	if !t.warnedOfCR && t.endsInCR(b) {
		t.warnedOfCR = true
		t.report(Message{Input: in.name, Err: ErrOnlyCR, Warning: true})
	}
}

// warnOfCRIn is warnOfCR for an input without a header, of which r is the first range.
// Nothing behind r is looked at: of a pipe it may not be there yet.
func (t *table) warnOfCRIn(in *input, r split.Range) {
	if t.warnedOfCR {
		return
	}
	b := make([]byte, min(lineEndsLook, r.Len()))
	n, _ := in.src.ReadAt(b, r.Start)
	t.warnOfCR(in, b[:n])
}

// endsInCR reports whether lines at the start of an input end in CR alone: there is no
// LF, and outside quotes a CR that something follows.
func (t *table) endsInCR(b []byte) bool {
	b = t.withoutMark(b)
	if bytes.IndexByte(b, '\n') >= 0 {
		return false
	}
	b = bytes.TrimRight(b[:min(len(b), lineEndsLook)], "\r")
	for i, c := range b {
		if c != '\r' {
			continue
		}
		if _, _, closed := t.FieldsOf(t.encoding.Charset, b[:i]); closed {
			return true
		}
	}
	return false
}
