package command

import (
	"bytes"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
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
	for _, source := range run.patterns {
		if !source.file {
			all = append(append(all, source.text...), '\n')
			continue
		}
		b, err := readPatternFile(c, source.text)
		if err != nil {
			return nil, message(source.text + ": " + reason(err))
		}
		if all = append(all, b...); len(b) > 0 && b[len(b)-1] != '\n' {
			all = append(all, '\n')
		}
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
