package regex

import "github.com/linefork/linefork/worker/wire"

// Code names the fields that travel.
func (s *Spec) Code(c *wire.Codec) {
	wire.Enum(c, &s.Language, Perl)
	wire.Bytes(c, &s.Patterns)
	c.Bool(&s.None)
	c.Bool(&s.FoldCase)
	c.Bool(&s.Words)
	c.Bool(&s.Lines)
	c.Bool(&s.UTF8)
	c.Bool(&s.Null)
	c.Bool(&s.CRLF)
	c.String(&s.Charset)
	wire.Bytes(c, &s.Sample)
}
