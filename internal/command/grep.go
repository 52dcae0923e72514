package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/regex"
)

func (p *program) grep(c *args.Grep) error {
	p.plain, p.silent = true, c.NoMessages
	o := p.options(&c.Common, "hits")
	var err error
	if o.Find, err = p.find(&c.Walk); err != nil {
		return err
	}
	sources, err := p.sources(c.Patterns)
	if err != nil {
		return err
	}
	spec := c.Spec
	spec.SetPatterns(sources)
	stdin := c.Label
	if stdin == stdinName && c.JSON && !c.Count && c.Matching == print.ListNone {
		stdin = jsonStdinName
	}
	o.Inputs = p.inputs(c.Files, stdin, o.Find.Directories != walk.Recurse)
	g := run.GrepOptions{
		Options: o, Encoding: c.Encoding, Pattern: spec, Invert: c.Invert, Binary: c.Binary,
		Limited: c.Limited, Max: c.MaxCount, Format: p.format(c), Quiet: c.Quiet, JSON: c.JSON,
		Before: firstSet(c.Before, c.Context), After: firstSet(c.After, c.Context),
		Groups: max(c.Before, c.After, c.Context) >= 0, Out: p.stdout(),
	}
	if p.loses(p.Stdout) {
		g.Report = func(m run.Message) {
			if m.Err != run.ErrBinaryMatches { // GNU grep says nothing about it then
				p.report(m)
			}
		}
	}
	for _, w := range c.Warnings {
		p.warn(w)
	}
	selected, err := run.Grep(p.ctx, g)
	var wrong *run.PatternError
	switch {
	case errors.As(err, &wrong):
		return args.Message(strings.Join(regex.Explain(wrong.Err, sources), "\n"+p.name+": "))
	case err != nil:
		return err
	case p.failed && !(c.Quiet && selected):
		return Status(2)
	}
	if !c.Quiet {
		p.hintAtArchive(&c.Common, o.Inputs)
	}
	if !selected {
		return Status(1)
	}
	return nil
}

// firstSet is the first number that is not negative, or 0.
func firstSet(numbers ...int) int {
	for _, n := range numbers {
		if n >= 0 {
			return n
		}
	}
	return 0
}

// format is how lines are written. File names stand before them if there may be
// several files.
func (p *program) format(c *args.Grep) print.Format {
	f := c.Format
	f.Colors = p.colors(c.Color)
	if !c.FilenameGiven {
		recurses := c.Directories == walk.Recurse
		f.Filename = len(c.Files) > 1 || recurses && (len(c.Files) == 0 || mayBeDir(c.Files[0]))
	}
	return f
}

// colors are those that --color and the environment ask for.
func (p *program) colors(when string) print.Colors {
	t := p.env("TERM")
	if when == "never" || when == "auto" &&
		(t == "" || t == "dumb" || !terminal.Is(p.Stdout) || p.env("NO_COLOR") != "") {
		return print.Colors{}
	}
	old := p.env("GREP_COLOR")
	colors, usesOld := print.ParseColors(p.env("GREP_COLORS"), old)
	if usesOld {
		p.warn(fmt.Sprintf("GREP_COLOR='%s' is deprecated; use GREP_COLORS='mt=%[1]s'", old))
	}
	return colors
}

// mayBeDir reports whether a path leads to a directory, as far as that can be found out.
func mayBeDir(path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return info.IsDir()
}

// loses reports whether what is written to f is lost.
func (p *program) loses(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&fs.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err == nil && os.SameFile(null, info)
}

// sources are the patterns of a command line, and where they are from.
func (p *program) sources(patterns []args.Pattern) ([]regex.Source, error) {
	sources := make([]regex.Source, len(patterns))
	for i, given := range patterns {
		sources[i].Text = []byte(given.Text)
		if given.IsFile {
			b, err := p.patterns(given.Text)
			if err != nil {
				return nil, err
			}
			sources[i] = regex.Source{File: given.Text, Text: b}
		}
	}
	return sources, nil
}
