package grep

import "github.com/linefork/linefork/worker/wire"

// Code implements [wire.Message].
func (s *Spec) Code(c *wire.Codec) {
	s.Pattern.Code(c)
	c.Bool(&s.Invert)
	wire.Enum(c, &s.Binary, Text)
	c.Bool(&s.Spans)
	c.Bool(&s.Each)
	c.Bool(&s.Matches)
	c.Bool(&s.Count)
}

// Code implements [wire.Message].
func (t *Task) Code(c *wire.Codec) {
	c.Bool(&t.Mark)
	c.Bool(&t.Binary)
	wire.Int(c, &t.Ahead)
	wire.Int(c, &t.Max)
	wire.Int(c, &t.MaxSpans)
	wire.Int(c, &t.MatchesUpTo)
	c.Bool(&t.Page)
	wire.Int(c, &t.From)
}

// Code implements [wire.Message].
func (r *Result) Code(c *wire.Codec) {
	wire.Int(c, &r.Selected)
	wire.Bytes(c, &r.Spans)
	wire.Bytes(c, &r.Data)
	wire.Bytes(c, &r.Matches)
	wire.Bytes(c, &r.Unsure)
	c.String(&r.Reason)
	wire.Int(c, &r.Lines)
	c.Bool(&r.Invalid)
	c.Bool(&r.Binary)
	wire.Int(c, &r.TextEnd)
	wire.Int(c, &r.Quiet)
	c.Bool(&r.Stopped)
	wire.Int(c, &r.Next)
	c.Bool(&r.GivenUp)
}
