package command

import (
	"runtime"
	"runtime/debug"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/wc"
)

// unnamed is how messages call a standard input that nobody named.
const unnamed = "standard input"

func (p *program) count(c *args.Count) error {
	inputs, sized, err := p.countInputs(c)
	if err != nil {
		return err
	}
	o := p.options(&c.Common, counts(c))
	o.Inputs = inputs
	if o.Find, err = p.find(&c.Walk); err != nil {
		return err
	}
	if c.ByKey() {
		return p.countBy(c, o)
	}
	want := c.Want
	if want == 0 || c.Records {
		want |= wc.Lines
	}
	out := p.stdout()
	t := &print.Counts{
		Keys: want.Names(), JSON: c.JSON, Total: c.Total, Inputs: len(inputs), Out: out,
	}
	if t.Locale = p.locale; c.Records {
		t.Keys[0] = "records"
	}
	begin, processors := o.Started, runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(processors)
	if !c.Decompress {
		// The coordinator of a count does next to nothing. What it saves by not looking
		// for work on a second thread, at each result, is 3 % of a run.
		o.ChildrenStarted = func() { runtime.GOMAXPROCS(1) }
	}
	o.Started = func(s run.Start) {
		begin(s)
		if !sized {
			s.Infos = nil
		}
		if c.Total != "only" {
			t.Width = gnu.Width(s.Infos, len(t.Keys))
		}
	}
	if c.Directories == walk.Recurse {
		o.Report = func(m run.Message) {
			if !m.Warning {
				t.Failed()
			}
			p.report(m)
		}
	}
	_, posixly := p.LookupEnv("POSIXLY_CORRECT")
	co := run.CountOptions{
		Options: o, Want: want, Final: c.Final, PosixlyCorrect: posixly,
		Output: out.Info(),
		Counted: func(in run.Input, n wc.Counts) error {
			if in.File != nil && in.Name == unnamed {
				return t.Row("-", false, n.Wanted(want))
			}
			return t.Row(in.Name, true, n.Wanted(want))
		},
	}
	var total wc.Counts
	if c.Records {
		total, err = run.CountRecords(p.ctx, co, c.CSV.CSV)
	} else {
		total, err = run.Count(p.ctx, co)
	}
	if err == nil {
		err = t.Totals(total.Wanted(want))
	}
	switch {
	case err != nil:
		return p.writeFailed(err)
	case p.failed:
		return Status(1)
	}
	p.hintAtArchive(&c.Common, inputs)
	return nil
}

// counts is what a command line counts.
func counts(c *args.Count) string {
	switch {
	case c.ByKey():
		return "rows"
	case c.Records:
		return "records"
	}
	return "lines"
}

// countInputs are the inputs that a command line of count asks for. They are not
// sized if they came one by one, so that what they are chooses no layout.
func (p *program) countInputs(c *args.Count) (inputs []run.Input, sized bool, err error) {
	if c.Files0 {
		return p.files0(c.Files0From)
	}
	stdin := "-"
	switch {
	case c.ByKey():
		stdin = stdinName
	case len(c.Files) == 0:
		stdin = unnamed
	}
	inputs = p.inputs(c.Files, stdin, c.Directories != walk.Recurse)
	for i := range inputs {
		if inputs[i].Name == "" {
			inputs[i].Err = errEmptyName
		}
	}
	return inputs, true, nil
}

func (p *program) countBy(c *args.Count, o run.Options) error {
	out, err := p.open(&c.Output)
	if err != nil {
		return err
	}
	defer out.Abort()
	// Tables are large and hold no pointers: to wait for garbage of their size would
	// double the memory, and to look for it costs next to nothing.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	err = run.CountBy(p.ctx, run.CountByOptions{
		Options: o, CSV: c.CSV.CSV, By: c.Column, Order: c.Sort, Out: out,
	})
	switch {
	case err != nil:
		return p.writeFailed(err)
	case p.failed:
		return Status(1)
	}
	if err := out.Commit(p.ctx); err != nil {
		return p.outputFailed(&c.Output, err)
	}
	p.hintAtArchive(&c.Common, o.Inputs)
	return nil
}
