package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/split"
)

// operand is one input of count.
type operand struct {
	name    string
	unnamed bool  // standard input that nobody named: "-", but not printed
	err     error // it names no input
}

// label is how messages call the operand.
func (o operand) label() string {
	if o.unnamed {
		return "standard input"
	}
	return o.name
}

func (run *counter) open(o operand) (split.Source, error) {
	if o.err != nil {
		return nil, o.err
	}
	return run.common.open(o.name)
}

func (o operand) stat() (fs.FileInfo, error) {
	if o.err != nil {
		return nil, o.err
	}
	return statInput(o.name)
}

var errEmptyName = message("invalid zero-length file name")

// operands returns the inputs that the command line asks for.
func (run *counter) operands(c *cli.Context) ([]operand, error) {
	names := c.Args().Slice()
	switch {
	case c.IsSet("files0-from") && len(names) > 0:
		return nil, usageError(c, "extra operand '%s': file operands cannot be combined with --files0-from", names[0])
	case c.IsSet("files0-from"):
		return run.files0(c)
	case len(names) == 0:
		return []operand{{name: "-", unnamed: true}}, nil
	}
	var operands []operand
	for _, name := range names {
		o := operand{name: name}
		if name == "" {
			o.err = errEmptyName
		}
		operands = append(operands, o)
	}
	return operands, nil
}

// files0 reads the names of the inputs, each ended by NUL.
func (run *counter) files0(c *cli.Context) ([]operand, error) {
	list := c.String("files0-from")
	fail := func(err error) ([]operand, error) {
		return nil, fmt.Errorf("cannot open %s for reading: %s", gnu.QuoteAlways(list, run.reporter.locale), gnu.Reason(err))
	}
	f := os.Stdin
	if list != "-" {
		var err error
		if f, err = os.Open(list); err != nil {
			return fail(err)
		}
		defer f.Close()
	}
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	b, err := io.ReadAll(interruptible{c.Context, f})
	if c.Context.Err() != nil {
		return nil, err
	}
	if err != nil {
		return fail(err)
	}
	// wc reads a list of this kind whole before it begins, others not.
	run.unsized = !info.Mode().IsRegular() || info.Size() > 10<<20
	if len(b) == 0 {
		return nil, nil
	}
	var operands []operand
	for i, name := range bytes.Split(bytes.TrimSuffix(b, []byte{0}), []byte{0}) {
		o := operand{name: string(name)}
		switch {
		case o.name == "":
			o.err = message(fmt.Sprintf("%s:%d: %s", gnu.Quote(list, run.reporter.locale), i+1, errEmptyName))
		case list == "-" && o.name == "-":
			o.err = message("when reading file names from stdin, no file name of '-' allowed")
		}
		operands = append(operands, o)
	}
	return operands, nil
}

// message is an error that names what it is about itself.
type message string

func (m message) Error() string { return string(m) }

// isMessage tells whether err is, or wraps, a message.
func isMessage(err error) bool { return errors.As(err, new(message)) }
