package command

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/regex/syntax"
)

func (p *program) grep(c *args.Grep) error {
	p.plain, p.silent = true, c.NoMessages
	o := p.options(&c.Common, c.Decompress)
	var err error
	if o.Find, err = p.find(&c.Walk); err != nil {
		return err
	}
	sources, err := p.readPatterns(c)
	if err != nil {
		return err
	}
	stdin := c.Label
	if stdin == stdinName && c.JSON && !c.Count && c.Listing == args.ListNone {
		stdin = jsonStdinName
	}
	o.Inputs = p.inputs(c.Files, stdin, o.Find.Directories != walk.Recurse)
	g := run.GrepOptions{
		Options:  o,
		Encoding: run.Encoding{Name: c.Encoding.Input.Name, OutputUTF8: c.OutputUTF8},
		Pattern:  p.pattern(c, sources), Invert: c.Invert, Binary: c.Binary,
		Limited: c.Limited, Max: c.MaxCount,
		Format: p.format(c), Quiet: c.Quiet, JSON: c.JSON,
		Before: firstSet(c.Before, c.Context), After: firstSet(c.After, c.Context),
		Groups: max(c.Before, c.After, c.Context) >= 0,
		Out:    output.Stream(p.Stdout),
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
		return patternError(sources, wrong.Err)
	case err != nil:
		return err
	case p.failed && !(c.Quiet && selected):
		return Status(2)
	case !selected:
		return Status(1)
	}
	return nil
}

// pattern is what is searched for.
func (p *program) pattern(c *args.Grep, sources []source) regex.Spec {
	s := regex.Spec{
		Language: c.Language, FoldCase: c.IgnoreCase, Words: c.Words, Lines: c.Lines, Null: c.NullData, CRLF: c.CRLF,
	}
	var all []byte // each pattern with a newline after it
	for _, source := range sources {
		all = append(all, source.patterns...)
	}
	s.None = len(all) == 0
	s.Patterns = bytes.TrimSuffix(all, []byte{'\n'})
	return s
}

// format is how lines are written. File names stand before them if there may be
// several files.
func (p *program) format(c *args.Grep) print.Format {
	f := print.Format{
		Count: c.Count, Matching: print.Listing(c.Listing),
		Filename: c.Filename, LineNumber: c.LineNumber, ByteOffset: c.ByteOffset,
		NullName: c.NullName, InitialTab: c.InitialTab, OnlyMatching: c.OnlyMatching,
		Separator: &c.Separator, NoSeparator: c.NoSeparator, LineBuffered: c.LineBuffered,
		Colors: p.colors(c.Color),
	}
	if !c.FilenameGiven {
		recurses := c.Directories == walk.Recurse
		f.Filename = len(c.Files) > 1 || recurses && (len(c.Files) == 0 || isDir(c.Files[0]))
	}
	return f
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

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
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

// source is one -e or -f, and what it gave.
type source struct {
	args.Pattern
	patterns []byte // each with a newline after it
}

// readPatterns gathers the patterns of a command line.
func (p *program) readPatterns(c *args.Grep) ([]source, error) {
	var sources []source
	for _, given := range c.Patterns {
		b := []byte(given.Text + "\n")
		if given.IsFile {
			var err error
			if b, err = p.readAll(given.Text); err != nil {
				return nil, args.Message(given.Text + ": " + reason(err))
			}
			if c.CRLF {
				b = bytes.ReplaceAll(b, []byte("\r\n"), []byte{'\n'})
			}
			if len(b) > 0 && b[len(b)-1] != '\n' {
				b = append(b, '\n')
			}
		}
		sources = append(sources, source{given, b})
	}
	return sources, nil
}

// patternError words what is wrong with patterns, a line for each that is; one that
// came from a file is named by its line.
func patternError(sources []source, err error) error {
	errs := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		errs = joined.Unwrap()
	}
	var lines []string
	for _, err := range errs {
		line := err.Error()
		if e := (*syntax.Error)(nil); errors.As(err, &e) {
			line = origin(sources, e.Index) + line
		}
		lines = append(lines, line)
	}
	return args.Message(strings.Join(lines, "\nlinefork: "))
}

// origin says where pattern number i, from 0, was read, if that was in a file.
func origin(sources []source, i int) string {
	for _, s := range sources {
		n := bytes.Count(s.patterns, []byte{'\n'})
		if i < n {
			if !s.IsFile {
				return ""
			}
			return fmt.Sprintf("%s:%d: ", s.Text, i+1)
		}
		i -= n
	}
	return ""
}
