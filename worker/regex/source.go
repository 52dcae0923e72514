package regex

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// Source is where patterns come from.
type Source struct {
	File string // "" of patterns that were given themselves
	// Text has patterns with newlines between them; that of a File has a newline behind
	// each, but maybe the last.
	Text []byte
}

// SetPatterns sets Patterns and None to what all sources have. It looks at CRLF: then
// CR LF ends the lines of files, too.
func (s *Spec) SetPatterns(sources []Source) {
	var all []byte // with a newline behind each
	for _, source := range sources {
		text := source.Text
		if s.CRLF && source.File != "" {
			text = bytes.ReplaceAll(text, []byte("\r\n"), []byte{'\n'})
		}
		all = append(all, text...)
		if source.unended() {
			all = append(all, '\n')
		}
	}
	s.Patterns, s.None = bytes.TrimSuffix(all, []byte{'\n'}), len(all) == 0
}

// unended reports whether there is no newline behind the last pattern.
func (s *Source) unended() bool {
	return s.File == "" || len(s.Text) > 0 && s.Text[len(s.Text)-1] != '\n'
}

// Explain says what an error of Parse means, a line for each pattern that is wrong. One
// that came from a file is named by its line.
func Explain(err error, sources []Source) (lines []string) {
	errs := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		errs = joined.Unwrap()
	}
	for _, err := range errs {
		line := err.Error()
		var wrong *syntax.Error
		if errors.As(err, &wrong) {
			line = origin(sources, wrong.Index) + line
		}
		lines = append(lines, line)
	}
	return lines
}

// origin says where pattern number i, from 0, was read, if that was in a file.
func origin(sources []Source, i int) string {
	for _, s := range sources {
		n := bytes.Count(s.Text, []byte{'\n'})
		if s.unended() {
			n++
		}
		switch {
		case i >= n:
			i -= n
		case s.File == "":
			return ""
		default:
			return fmt.Sprintf("%s:%d: ", s.File, i+1)
		}
	}
	return ""
}
