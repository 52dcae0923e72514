package merge

import (
	"unicode/utf8"

	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/span"
)

// Recoder turns what is shown into UTF-8.
type Recoder struct {
	// Charset is the encoding of the inputs; nil for UTF-8, and for UTF-16, which
	// was decoded as it was read.
	Charset *charset.Charset
	// Replace puts U+FFFD instead of what belongs to no character. Otherwise that
	// becomes something that is not UTF-8, either.
	Replace bool

	text []byte
	recoded
}

// recoded is the record that was turned into text last.
type recoded struct {
	raw     []byte
	matches func() (m span.Span, more bool) // in raw
	match   border                          // where the last of them ends
	// The methods, which would be allocated anew for each record.
	origin func(inText int64) int64
	moved  func() (m span.Span, more bool)
}

// append appends the text b, whole characters, to dst.
func (r *Recoder) append(dst, b []byte) []byte {
	n := len(dst)
	if r.Charset == nil {
		dst = append(dst, b...)
	} else {
		dst = r.Charset.AppendUTF8(dst, b)
	}
	if !r.Replace || utf8.Valid(dst[n:]) {
		return dst
	}
	dst = dst[:n]
	for len(b) > 0 {
		var size int
		dst, size = r.next(dst, b)
		b = b[size:]
	}
	return dst
}

// next appends the first character of b, and returns how many bytes it takes.
func (r *Recoder) next(dst, b []byte) (text []byte, size int) {
	n := len(dst)
	if r.Charset != nil {
		text, size = r.Charset.Next(dst, b)
	} else {
		size = generalized(b)
		text = append(dst, b[:size]...)
	}
	if r.Replace && !utf8.Valid(text[n:]) {
		text = append(text[:n], "\uFFFD"...)
	}
	return text, size
}

// generalized returns the length of the first character of b, or of an unpaired
// surrogate of UTF-16, or 1.
func generalized(b []byte) int {
	if b[0] == 0xED && len(b) >= 3 && b[1]&0xE0 == 0xA0 && b[2]&0xC0 == 0x80 {
		return 3
	}
	_, size := utf8.DecodeRune(b)
	return size
}

// record makes rec a record in UTF-8, whose bytes, Matches and Origin are valid
// until the next call.
func (r *Recoder) record(rec *print.Record) {
	if r.origin == nil {
		r.origin, r.moved = r.originOf, r.nextMoved
	}
	r.raw = rec.Bytes
	r.text = r.append(r.text[:0], r.raw)
	rec.Bytes = r.text
	if rec.Matches != nil {
		r.matches, r.match, rec.Matches = rec.Matches, border{}, r.moved
	}
	rec.Origin = r.origin
}

// originOf returns the offset in the record for one in its text.
func (r *Recoder) originOf(inText int64) int64 {
	var b border
	b.advance(r, int64(len(r.raw)), inText)
	return b.at
}

// nextMoved returns the next match in the record as a match in its text.
func (r *Recoder) nextMoved() (m span.Span, more bool) {
	if m, more = r.matches(); !more {
		return m, false
	}
	b := &r.match
	b.advance(r, m.Start, int64(len(r.text)))
	start := b.inText
	b.advance(r, m.End, int64(len(r.text)))
	// Beyond the text they are only where raw has changed since it was recoded.
	most := int64(len(r.text))
	return span.Span{Start: min(start, most), End: min(b.inText, most)}, true
}

// border is a character border in a record and in its text.
type border struct {
	at, inText int64
	scratch    [8]byte
}

// advance moves the border to an offset in the record or to one in its text,
// whichever comes first.
func (b *border) advance(r *Recoder, at, inText int64) {
	for b.at < at && b.inText < inText {
		text, size := r.next(b.scratch[:0], r.raw[b.at:])
		b.at += int64(size)
		b.inText += int64(len(text))
	}
}
