package command

import (
	"github.com/linefork/linefork/bench"
	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/command/args"
)

func (p *program) bench(c *args.Bench) error {
	return bench.Run(p.ctx, bench.Options{
		File: c.File, Size: c.Size, Key: c.Key, Column: c.Column, Jobs: c.Jobs,
		Runs: c.Runs, Warmup: c.Warmup, JSON: c.JSON, Stdout: p.Stdout, Stderr: p.Stderr, Creating: p.Hold,
	})
}

func (p *program) generate(c *args.Generate) error {
	_, err := taxi.Write(p.Stdout, taxi.Options{Size: c.Size, Rows: c.Rows, Seed: c.Seed, Header: c.Header})
	return outputError(err)
}
