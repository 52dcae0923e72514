package rows

import (
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/span"
)

// encode returns the keys in an encoding, or nil if one of them does not have
// exactly one form there.
func (k *Keys) encode(e *charset.Charset) *Keys {
	encoded := &Keys{}
	for i := range k.Len() {
		key, ok := e.Literal(k.At(i))
		if !ok || !encoded.Add(key) {
			return nil
		}
	}
	return encoded
}

// Ambiguous reports whether a byte that has a meaning in the dialect may also be
// part of a character. Ranges are decoded whole then, and should be short.
func Ambiguous(c *charset.Charset, d Dialect) bool {
	return c.Trailing(d.Delimiter) || d.Quote != 0 && c.Trailing(d.Quote) || d.Escape != 0 && c.Trailing(d.Escape)
}

// inUTF8 returns a value of encoding e in UTF-8, in scratch if need be.
func inUTF8(e *charset.Charset, value []byte, scratch *[]byte) []byte {
	if scan.IsASCII(value) {
		return value
	}
	*scratch = e.AppendUTF8((*scratch)[:0], value)
	return *scratch
}

// FieldsOf is [Dialect.Fields] of a record in an encoding, nil for UTF-8; the
// values are in UTF-8.
func (d Dialect) FieldsOf(c *charset.Charset, b []byte) (values [][]byte, end int, ok bool) {
	if c == nil {
		return d.Fields(b)
	}
	p := places{b: b, text: c.AppendUTF8(nil, b)}
	values, end, ok = d.Fields(p.text)
	return values, p.of(end), ok
}

// decodedScanner scans ranges that have to be decoded.
type decodedScanner struct {
	charset *charset.Charset
	*Scanner
	text []byte
}

func (s *decodedScanner) Scan(b []byte, t Task) Result {
	s.text = s.charset.AppendUTF8(s.text[:0], b)
	t.Release, t.FileStart = nil, false
	r := s.Scanner.Scan(s.text, t)
	p := &places{b: b, text: s.text}
	for _, part := range []*Part{&r.Head, &r.Alt, &r.Rest} {
		p.move(part, s.m.Each)
	}
	for _, off := range []*int64{&r.Tail, &r.Open} {
		if *off >= 0 {
			*off = int64(p.of(int(*off)))
		}
	}
	return r
}

// places finds where in a range something stands that was found in its text.
type places struct {
	b, text      []byte
	at, atInText int // just past the same LF
}

// of returns the offset in the range for one in the text, both at a line's start
// or at the end.
func (p *places) of(inText int) int {
	if inText == len(p.text) {
		return len(p.b)
	}
	if inText < p.atInText {
		p.at, p.atInText = 0, 0
	}
	for n := scan.Count(p.text[p.atInText:inText], '\n'); n > 0; n-- {
		p.at = passing(nil).either(p.b, p.at, '\n', '\n') + 1
	}
	p.atInText = inText
	return p.at
}

// move makes a part of the text one of the range.
func (p *places) move(part *Part, numbered bool) {
	e, data := span.Encoder{Numbered: numbered}, span.Bytes{}
	for s := range part.Spans.All(numbered) {
		s.Start, s.End = int64(p.of(int(s.Start))), int64(p.of(int(s.End)))
		e.Add(s)
		data.Add(p.b[s.Start:s.End])
	}
	part.Spans = e.List()
	part.Data = data.Of(part.Spans)
}
