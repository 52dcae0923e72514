package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// read hands the content of a file that an option names to do; - is standard input.
// Reads end when the run is to end.
func (p *program) read(name string, do func(f *os.File, r io.Reader) error) error {
	f := p.Stdin
	if name == "-" {
		p.Hold() // it may wait
	} else {
		var err error
		if f, err = os.Open(name); err != nil {
			return err
		}
		defer f.Close()
	}
	r, err := split.NewReader(p.ctx, f)
	if err != nil {
		return err
	}
	defer r.Close()
	return do(f, r)
}

// patterns reads a file of patterns that an option of grep names.
func (p *program) patterns(name string) (b []byte, err error) {
	err = p.read(name, func(_ *os.File, r io.Reader) error {
		b, err = patternList.read(r)
		return err
	})
	if err != nil {
		return nil, args.Message(name + ": " + reason(err))
	}
	return b, nil
}

var errEmptyName = args.Message("invalid zero-length file name")

// files0 reads the names of inputs, each ended by NUL.
func (p *program) files0(list string) (inputs []run.Input, sized bool, err error) {
	var b []byte
	err = p.read(list, func(f *os.File, r io.Reader) error {
		info, err := f.Stat()
		if err != nil {
			return err
		}
		// wc reads a list of this kind whole before it begins, others not.
		sized = info.Mode().IsRegular() && info.Size() <= 10<<20
		b, err = nameList.read(r)
		return err
	})
	switch {
	case errors.As(err, new(limitError)):
		return nil, false, fmt.Errorf("%s: %w", gnu.Quote(list, p.locale), err)
	case err != nil && p.ctx.Err() != nil:
		return nil, false, err
	case err != nil:
		return nil, false, fmt.Errorf("cannot open %s for reading: %s",
			gnu.QuoteAlways(list, p.locale), gnu.Reason(err))
	case len(b) == 0:
		return nil, sized, nil
	}
	for i, name := range bytes.Split(bytes.TrimSuffix(b, []byte{0}), []byte{0}) {
		in := p.inputs([]string{string(name)}, "-", false)[0]
		switch {
		case in.Name == "":
			where := gnu.Quote(list, p.locale)
			in.Err = args.Message(fmt.Sprintf("%s:%d: %s", where, i+1, errEmptyName))
		case list == "-" && in.Name == "-":
			in.Err = args.Message("when reading file names from stdin, no file name of '-' allowed")
		}
		inputs = append(inputs, in)
	}
	return inputs, sized, nil
}

// keys returns the keys that a command line of filter gives.
func (p *program) keys(c *args.Filter) (*rows.Keys, error) {
	keys := new(rows.Keys)
	for _, key := range c.Keys {
		if err := keys.Put([]byte(key), c.Numeric); err != nil {
			return nil, usageError("filter", err)
		}
	}
	for _, name := range c.KeysFiles {
		err := p.read(name, func(_ *os.File, r io.Reader) error {
			return keys.PutLines(r, c.Numeric)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", gnu.Quote(name, p.locale), worded{err})
		}
	}
	if e, _ := charset.Lookup(c.Encoding.Name); e.Charset != nil {
		if err := keys.CheckUTF8(); err != nil {
			return nil, usageError("filter", err)
		}
	}
	return keys, nil
}
