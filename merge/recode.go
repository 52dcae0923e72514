package merge

import (
	"iter"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/wc"
)

// Recoder turns what is shown into UTF-8.
type Recoder struct {
	// Charset is the encoding of the inputs; nil for UTF-8, and for UTF-16, which
	// was decoded as it was read.
	Charset *charset.Charset
	// Replace puts U+FFFD in the place of what belongs to no character. Otherwise
	// that becomes something that is not UTF-8, either.
	Replace bool

	text []byte
}

// append appends the text b, whole characters, to dst.
func (r *Recoder) append(dst, b []byte) []byte {
	n := len(dst)
	if r.Charset == nil {
		dst = append(dst, b...)
	} else {
		dst = r.Charset.AppendUTF8(dst, b)
	}
	if !r.Replace || wc.Valid(dst[n:]) {
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

// record makes r a record in UTF-8, whose bytes are valid until the next call.
func (r *Recoder) record(rec *Record) {
	raw, matches := rec.Bytes, rec.Matches
	r.text = r.append(r.text[:0], raw)
	rec.Bytes = r.text
	if matches != nil {
		rec.Matches = r.moved(raw, matches)
	}
	rec.Origin = func(inText int64) int64 {
		c := border{r: r, raw: raw}
		c.goOn(int64(len(raw)), inText)
		return c.at
	}
}

// moved yields matches in raw as matches in its text.
func (r *Recoder) moved(raw []byte, matches iter.Seq[span.Span]) iter.Seq[span.Span] {
	return func(yield func(span.Span) bool) {
		c := border{r: r, raw: raw}
		for m := range matches {
			c.goOn(m.Start, int64(len(r.text)))
			start := c.inText
			c.goOn(m.End, int64(len(r.text)))
			if !yield(span.Span{Start: start, End: c.inText}) {
				return
			}
		}
	}
}

// border is a character border in a record and in its text.
type border struct {
	r          *Recoder
	raw        []byte
	at, inText int64
	scratch    [8]byte
}

// goOn goes on to an offset in the record or to one in its text, whichever comes
// first.
func (p *border) goOn(at, inText int64) {
	for p.at < at && p.inText < inText {
		text, size := p.r.next(p.scratch[:0], p.raw[p.at:])
		p.at += int64(size)
		p.inText += int64(len(text))
	}
}
