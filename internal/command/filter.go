package command

import (
	"fmt"
	"unicode/utf8"

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
	if err := checkKeys(keys, &c.Encoding); err != nil {
		return usageError("filter", err)
	}
	o := p.options(&c.Common, c.Decompress)
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
		selected, err = run.Filter(p.ctx, run.FilterOptions{
			Options: o, CSV: csv(&c.CSV, &c.Column, &c.Encoding),
			Where:  []run.Condition{{Column: column(&c.Column), Condition: rows.Condition{In: keys, Numeric: c.Numeric}}},
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
	if selected == 0 {
		return Status(1)
	}
	return nil
}

// checkKeys returns an error if a key is not in UTF-8, as it has to be where the inputs
// have an encoding.
func checkKeys(keys *rows.Keys, e *args.Encoding) error {
	if e.Input.Charset == nil {
		return nil
	}
	for i := range keys.Len() {
		if key := keys.At(i); !utf8.Valid(key) {
			return fmt.Errorf("key %q is not in UTF-8, as it must be where inputs are in another encoding", key)
		}
	}
	return nil
}

func usageError(command string, err error) error {
	return &getopt.UsageError{Command: command, Message: err.Error()}
}
