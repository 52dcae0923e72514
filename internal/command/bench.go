package command

import (
	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/merge/output"
)

func (p *program) bench(c *args.Bench) error {
	o := c.Options
	o.Stdout, o.Stderr, o.Creating = p.Stdout, p.Stderr, p.Hold
	return bench.Run(p.ctx, o)
}

func (p *program) generate(c *args.Generate) error {
	if _, err := taxi.Write(p.Stdout, c.Options); err != nil {
		return &output.Error{Err: err}
	}
	return nil
}
