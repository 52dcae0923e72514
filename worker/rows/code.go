package rows

import "github.com/linefork/linefork/worker/wire"

// Code implements [wire.Message].
func (s *Spec) Code(c *wire.Codec) {
	wire.List(c, &s.Where, func(c *wire.Codec, w *Condition) { w.Code(c) })
	c.Bool(&s.Invert)
	c.Bool(&s.Tally)
	s.Dialect.Code(c)
	c.String(&s.Charset)
	c.Bool(&s.Spans)
	c.Bool(&s.Each)
}

// Code implements [wire.Message].
func (d *Dialect) Code(c *wire.Codec) {
	wire.Int(c, &d.Delimiter)
	wire.Int(c, &d.Quote)
	wire.Int(c, &d.Escape)
}

// Code implements [wire.Message].
func (w *Condition) Code(c *wire.Codec) {
	wire.Value(c, &w.In)
	c.Bool(&w.Numeric)
}

// Code implements [wire.Message]: the keys end to end, their lengths, and of which kind
// they are.
func (k *Keys) Code(c *wire.Codec) {
	var data []byte
	var lengths []uint32
	if !c.Reading() {
		data, lengths = k.Raw()
	}
	wire.Bytes(c, &data)
	wire.List(c, &lengths, wire.Int)
	if c.Reading() && !c.Failed() && !k.SetRaw(data, lengths) {
		c.Fail("%d keys in %d bytes", len(lengths), len(data))
	}
	wire.Int(c, &k.text)
	wire.Int(c, &k.number)
	if min(k.text, k.number) < 0 || max(k.text, k.number) > k.Len() {
		c.Fail("keys %d and %d of %d", k.text, k.number, k.Len())
	}
}

// Code implements [wire.Message].
func (t *Task) Code(c *wire.Codec) {
	wire.List(c, &t.Columns, wire.Int)
	wire.Enum(c, &t.Start, Lines)
	wire.Int(c, &t.Max)
	wire.Int(c, &t.MaxSpans)
}

// Code implements [wire.Message].
func (r *Result) Code(c *wire.Codec) {
	r.Head.Code(c)
	r.Alt.Code(c)
	r.Rest.Code(c)
	wire.Int(c, &r.Tail)
	c.Bool(&r.Converged)
	wire.Int(c, &r.Open)
	wire.Int(c, &r.OpenLine)
	wire.Int(c, &r.Lines)
	c.Bool(&r.Stopped)
	c.Bool(&r.GivenUp)
}

// Code implements [wire.Message].
func (p *Part) Code(c *wire.Codec) {
	wire.Int(c, &p.Rows)
	wire.Bytes(c, &p.Spans)
	wire.Bytes(c, &p.Data)
	wire.Bytes(c, &p.Tally)
	c.Bool(&p.TooLong)
}
