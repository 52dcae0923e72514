package command

import (
	"fmt"
	"os"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// options are those of a run, but for its inputs and its progress.
func (p *program) options(c *args.Common, decompress bool) run.Options {
	p.log = logger(p.Stderr, c.LogLevel)
	o := run.Options{
		Decompress: decompress,
		CLocale:    p.locale != locale.UTF8,
		Mode:       worker.Mode(c.Mode),
		Processes:  c.Processes,
		RangeSize:  c.RangeSize,
		Retries:    c.Retries,
		Timeout:    c.Timeout,
		Log:        p.log,
		Report:     p.report,
		Hold:       p.Hold,
	}
	if o.Mode == "" && o.Processes > 0 {
		o.Mode = worker.Processes
	}
	if o.Retries == 0 {
		o.Retries = -1
	}
	if o.Timeout == 0 {
		o.Timeout = -1
	}
	b := newProgress(c.Progress, p.System)
	p.clear = b.clear
	o.Started, o.Progress = b.begin, b.add
	return o
}

// inputs are the files that operands name: - is standard input, called stdin, and so
// are none if there need to be some.
func (p *program) inputs(operands []string, stdin string, atLeastOne bool) []run.Input {
	if len(operands) == 0 && atLeastOne {
		operands = []string{"-"}
	}
	inputs := run.Paths(operands...)
	for i, name := range operands {
		if name == "-" {
			inputs[i] = run.Input{Name: stdin, File: p.Stdin}
		}
	}
	return inputs
}

// find is which files are read.
func (p *program) find(w *args.Walk) (run.Find, error) {
	find := run.Find{
		Directories: w.Directories, FollowLinks: w.FollowLinks, Devices: w.Devices,
	}
	for _, rule := range w.Rules {
		if rule.From == "" {
			find.Rules = append(find.Rules, rule.Rule)
			continue
		}
		b, err := p.readAll(rule.From)
		if err != nil {
			return find, args.Message(rule.From + ": " + reason(err))
		}
		find.Rules = append(find.Rules, walk.ParseExcludeFrom(b)...)
	}
	return find, nil
}

// csv is how inputs are read as CSV.
func csv(c *args.CSV, col *args.Column, e *args.Encoding) run.CSV {
	dialect := c.Dialect()
	return run.CSV{
		Dialect: &dialect, Lax: c.Lax, Header: col.HasHeader(),
		Encoding: run.Encoding{Name: e.Input.Name, OutputUTF8: e.OutputUTF8},
	}
}

func column(c *args.Column) run.Column { return run.Column{Number: c.Number, Name: c.Name} }

// open opens the output that the options ask for.
func (p *program) open(o *args.Output) (out output.Output, err error) {
	options := output.Options{
		Standard: []*os.File{p.Stdout, p.Stderr}, Creating: p.Hold, Committing: p.Committing,
	}
	switch {
	case o.File == "" || o.File == "-":
		out = output.Stream(p.Stdout)
	case o.Append:
		out, err = output.Append(o.File, options)
	default:
		out, err = output.Create(o.File, options)
	}
	if err != nil {
		return nil, p.outputFailed(o, err)
	}
	return out, nil
}

func (p *program) outputFailed(o *args.Output, err error) error {
	return fmt.Errorf("%s: %w", gnu.Quote(o.File, p.locale), worded{err})
}
