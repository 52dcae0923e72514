package command

import (
	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/rows"
)

func (p *program) filter(c *args.Filter) error {
	keys, err := p.keys(c)
	if err != nil {
		return err
	}
	o := p.options(&c.Common, "hits")
	if o.Find, err = p.find(&c.Walk); err != nil {
		return err
	}
	if o.Find.Directories != walk.Recurse {
		o.Find.Directories = walk.List
	}
	o.Inputs = p.inputs(c.Files, stdinName, o.Find.Directories != walk.Recurse)
	out, err := p.open(&c.Output)
	if err != nil {
		return err
	}
	defer out.Abort()
	selected := uint64(0)
	if !c.Limited || c.MaxCount > 0 { // as grep -m 0: no input is looked at
		is := rows.Condition{In: keys, Numeric: c.Numeric}
		selected, err = run.Filter(p.ctx, run.FilterOptions{
			Options: o, CSV: c.CSV.CSV,
			Where:  []run.Condition{{Column: c.Column, Condition: is}},
			Invert: c.Invert, Count: c.Count, Max: c.MaxCount,
			WithFilename: c.Filename, LineNumber: c.LineNumber, ByteOffset: c.ByteOffset,
			Out: out,
		})
	}
	switch {
	case err != nil:
		return err
	case p.failed:
		return Status(2)
	}
	if err := out.Commit(p.ctx); err != nil {
		return p.outputFailed(&c.Output, err)
	}
	p.hintAtArchive(&c.Common, o.Inputs)
	if selected == 0 {
		return Status(1)
	}
	return nil
}

func usageError(command string, err error) error {
	return &getopt.UsageError{Command: command, Message: err.Error()}
}
