package command

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// grepper is one run of grep.
type grepper struct {
	*common
	reporter
	*grepOptions
	selection merge.Selection
	listing   bool // the output is not lines of the inputs
	out       output.Output
	stdin     *grepInput  // the last one that was standard input
	pace      *split.Pace // of the ranges whose results hold places
}

func runGrep(c *cli.Context) error {
	common, err := parseCommon(c)
	if err != nil {
		return err
	}
	options, err := parseGrep(c)
	if err != nil {
		return err
	}
	if options.version {
		fmt.Fprintf(c.App.Writer, "linefork %s, with the options and answers of GNU grep 3.8\n", c.App.Version)
		return nil
	}
	if err := options.setEncoding(c, common); err != nil {
		return err
	}
	run := &grepper{common: common, grepOptions: options, out: output.Stream(os.Stdout)}
	run.reporter = reporter{locale: options.locale, plain: true, silent: options.silent}
	operands, err := run.readPatterns(c)
	if err != nil {
		return err
	}
	if run.selectsNothing() && (run.quiet || run.format.Matching != print.ListOthers) {
		if run.json {
			if err := print.NewJSON(run.out, true, false).Close(); err != nil {
				return err
			}
		}
		return Status(1) // no input is looked at
	}
	if run.spec.Parsed, err = run.spec.Pattern.Parse(); err != nil {
		return run.patternError(err)
	}
	for _, w := range append(run.warnings, run.spec.Parsed.Warnings...) {
		run.warn(w)
	}
	run.settle(operands)
	run.pace = split.NewPace(run.firstRange())
	selected, err := run.run(c.Context, operands)
	switch {
	case err != nil:
		return err
	case run.failed && !(run.quiet && selected):
		return Status(2)
	case !selected:
		return Status(1)
	}
	return nil
}

// selectsNothing tells whether it is plain, without a look at the inputs, that
// no record is selected.
func (run *grepper) selectsNothing() bool {
	p := &run.spec.Pattern
	if run.limited && run.max == 0 || p.None && !run.spec.Invert {
		return true
	}
	matchAll := !p.None && len(bytes.Trim(p.Patterns, "\n")) == 0 && !p.Lines && !p.Words
	return matchAll && run.spec.Invert
}

// run searches all inputs and tells whether a record was selected.
func (run *grepper) run(ctx context.Context, operands []string) (selected bool, err error) {
	total, known := run.total(operands)
	pool, err := run.pool(worker.Job{Grep: &run.spec}, len(operands), total)
	if err != nil {
		return false, err
	}
	defer pool.Close()
	if !known {
		total = -1
	}
	bar := run.bar(total)
	defer bar.clear()
	printer, err := run.printer()
	if err != nil {
		return false, err
	}
	run.before = func() {
		bar.clear()
		_ = printer.Flush() // a message stands behind what was found before; an error comes back
	}
	s := &grepSearch{grepper: run, ctx: ctx, pool: pool, merge: merge.NewGrep(printer, run.selection), printer: printer, bar: bar}
	if err := s.all(run.steps(operands)); err != nil && err != errEnough {
		return s.selected, err
	}
	return s.selected, printer.Close()
}
