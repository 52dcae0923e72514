package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// readPatterns gathers the patterns of all -e and -f, or else takes them from
// the first operand. It returns the operands that name files.
func (run *grepper) readPatterns(c *cli.Context) (operands []string, err error) {
	p := &run.spec.Pattern
	operands = c.Args().Slice()
	if len(run.patterns) == 0 {
		if len(operands) == 0 {
			return nil, &getopt.UsageError{Command: c.Command.Name, Message: "no pattern is given"}
		}
		p.Patterns = []byte(operands[0])
		return operands[1:], nil
	}
	var all []byte // each pattern with a newline behind it
	for i := range run.patterns {
		source := &run.patterns[i]
		b := []byte(source.text + "\n")
		if source.file {
			if b, err = readPatternFile(c, source.text); err != nil {
				return nil, message(source.text + ": " + reason(err))
			}
			if p.CRLF {
				b = bytes.ReplaceAll(b, []byte("\r\n"), []byte{'\n'})
			}
			if len(b) > 0 && b[len(b)-1] != '\n' {
				b = append(b, '\n')
			}
		}
		source.lines = bytes.Count(b, []byte{'\n'})
		all = append(all, b...)
	}
	p.None = len(all) == 0
	p.Patterns = bytes.TrimSuffix(all, []byte{'\n'})
	return operands, nil
}

func readPatternFile(c *cli.Context, name string) ([]byte, error) {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return nil, err
		}
		defer f.Close()
	}
	return io.ReadAll(interruptible{c.Context, f})
}

// patternError words what is wrong with the patterns, a line for each that is;
// one that came from a file is named by its line.
func (run *grepper) patternError(err error) error {
	errs := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		errs = joined.Unwrap()
	}
	var lines []string
	for _, err := range errs {
		line := err.Error()
		if e := (*syntax.Error)(nil); errors.As(err, &e) {
			line = run.origin(e.Index) + line
		}
		lines = append(lines, line)
	}
	return message(strings.Join(lines, "\nlinefork: "))
}

// origin says where pattern number i, from 0, was read, if that was in a file.
func (run *grepper) origin(i int) string {
	for _, s := range run.patterns {
		if i < s.lines {
			if !s.file {
				return ""
			}
			return fmt.Sprintf("%s:%d: ", s.text, i+1)
		}
		i -= s.lines
	}
	return ""
}
