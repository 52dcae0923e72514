package command

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// options are those of a run, but for its inputs. It counts what it finds.
func (p *program) options(c *args.Common, finds string) run.Options {
	handler := slog.NewTextHandler(p.to, &slog.HandlerOptions{Level: c.LogLevel})
	p.progress = &progress{program: p, when: c.Progress, stats: c.Stats, finds: finds}
	o := c.Options
	o.Log, o.Report, o.Hold = slog.New(handler), p.report, p.Hold
	o.Started = p.progress.begin
	o.CLocale = p.locale != locale.UTF8
	if o.Mode == "" && o.Processes > 0 {
		o.Mode = worker.Processes
	}
	o.Retries, o.Timeout = cmp.Or(o.Retries, -1), cmp.Or(o.Timeout, -1) // there 0 is the default
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
			p.typed = p.typed || terminal.Is(p.Stdin)
		}
	}
	return inputs
}

// find is which files are read.
func (p *program) find(w *args.Walk) (run.Find, error) {
	find := w.Find
	for _, rule := range w.Rules {
		if rule.From == "" {
			find.Rules = append(find.Rules, rule.Rule)
			continue
		}
		b, err := p.patterns(rule.From)
		if err != nil {
			return find, err
		}
		find.Rules = append(find.Rules, walk.ParseExcludeFrom(b)...)
	}
	return find, nil
}

// open opens the output that the options ask for.
func (p *program) open(o *args.Output) (out output.Output, err error) {
	options := output.Options{
		Standard: []*os.File{p.Stdout, p.Stderr}, Creating: p.Hold, Committing: p.Committing,
		Waiting:     func(holder int) { p.say(o.File, output.LockedBy(holder)+", waiting") },
		LockTimeout: o.LockTimeout, Sync: o.Sync,
	}
	switch {
	case o.File == "" || o.File == "-":
		out = p.stdout()
	case o.Append:
		out, err = output.Append(o.File, options)
	default:
		out, err = output.Create(o.File, options)
	}
	if err != nil {
		return nil, p.outputFailed(o, err)
	}
	p.direct = o.File != "" && o.File != "-" && !out.Deferred()
	return out, nil
}

func (p *program) outputFailed(o *args.Output, err error) error {
	return fmt.Errorf("%s: %w", gnu.Quote(o.File, p.locale), worded{err})
}
