package wc

import "github.com/linefork/linefork/worker/wire"

// Code names the fields that travel.
func (c *Counts) Code(w *wire.Codec) {
	wire.Int(w, &c.Lines)
	wire.Int(w, &c.Words)
	wire.Int(w, &c.Chars)
	wire.Int(w, &c.Bytes)
	wire.Int(w, &c.MaxWidth)
}
