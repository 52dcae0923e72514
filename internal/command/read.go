package command

import (
	"bufio"
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

// openList opens a file that an option names; - is standard input. Its reads end when
// the run is to end.
func (p *program) openList(name string) (r io.Reader, f *os.File, stop func(), err error) {
	f, stop = p.Stdin, func() {}
	if name != "-" {
		if f, err = os.Open(name); err != nil {
			return nil, nil, nil, err
		}
	}
	in, err := split.NewReader(p.ctx, f)
	if err != nil {
		return nil, nil, nil, err
	}
	return in, f, func() {
		in.Close()
		if f != p.Stdin {
			f.Close()
		}
	}, nil
}

func (p *program) readAll(name string) ([]byte, error) {
	r, _, stop, err := p.openList(name)
	if err != nil {
		return nil, err
	}
	defer stop()
	return io.ReadAll(r)
}

var errEmptyName = args.Message("invalid zero-length file name")

// files0 reads the names of inputs, each ended by NUL.
func (p *program) files0(list string) (inputs []run.Input, sized bool, err error) {
	fail := func(err error) ([]run.Input, bool, error) {
		if p.ctx.Err() != nil {
			return nil, false, err
		}
		return nil, false, fmt.Errorf("cannot open %s for reading: %s", gnu.QuoteAlways(list, p.locale), gnu.Reason(err))
	}
	r, f, stop, err := p.openList(list)
	if err != nil {
		return fail(err)
	}
	defer stop()
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return fail(err)
	}
	// wc reads a list of this kind whole before it begins, others not.
	sized = info.Mode().IsRegular() && info.Size() <= 10<<20
	if len(b) == 0 {
		return nil, sized, nil
	}
	for i, name := range bytes.Split(bytes.TrimSuffix(b, []byte{0}), []byte{0}) {
		in := p.inputs([]string{string(name)}, "-", false)[0]
		switch {
		case in.Name == "":
			in.Err = args.Message(fmt.Sprintf("%s:%d: %s", gnu.Quote(list, p.locale), i+1, errEmptyName))
		case list == "-" && in.Name == "-":
			in.Err = args.Message("when reading file names from stdin, no file name of '-' allowed")
		}
		inputs = append(inputs, in)
	}
	return inputs, sized, nil
}

// keys returns the keys that a command line of filter gives.
func (p *program) keys(c *args.Filter) (*rows.Keys, error) {
	k := &keys{Keys: new(rows.Keys), numeric: c.Numeric}
	for _, key := range c.Keys {
		if err := k.add([]byte(key)); err != nil {
			return nil, usageError("filter", err)
		}
	}
	for _, name := range c.KeysFiles {
		if err := p.readKeys(k, name); err != nil {
			return nil, fmt.Errorf("%s: %w", gnu.Quote(name, p.locale), worded{err})
		}
	}
	return k.Keys, nil
}

// keys takes keys, as bytes or as numbers.
type keys struct {
	*rows.Keys
	numeric bool
}

var errTooManyKeys = errors.New("more than 1 GiB of keys")

func (k *keys) add(key []byte) error {
	if !k.numeric {
		if !k.Add(key) {
			return errTooManyKeys
		}
		return nil
	}
	if !k.AddNumber(key) {
		return fmt.Errorf("key %q is not a number", key)
	}
	return nil
}

// readKeys adds the lines of a file in UTF-8, or by its byte order mark in UTF-16. LF
// and CR LF end a line; a mark is not part of the first.
func (p *program) readKeys(k *keys, name string) error {
	in, _, stop, err := p.openList(name)
	if err != nil {
		return err
	}
	defer stop()
	r := bufio.NewReaderSize(in, 1<<20)
	if head, _ := r.Peek(2); charset.HasUTF16Mark(head) {
		text := charset.NewUTF16Reader(r, charset.UTF16, 1)
		defer text.Close()
		r = bufio.NewReaderSize(text, 1<<20)
	}
	var line []byte
	for number := 1; ; number++ {
		for err = bufio.ErrBufferFull; err == bufio.ErrBufferFull; {
			var piece []byte
			piece, err = r.ReadSlice('\n')
			if line = append(line, piece...); len(line) > rows.MaxKeys {
				return errTooManyKeys
			}
		}
		if err != nil && err != io.EOF {
			return err
		}
		if number == 1 {
			line = bytes.TrimPrefix(line, charset.UTF8Mark)
		}
		if len(line) > 0 {
			if err := k.add(bytes.TrimSuffix(bytes.TrimSuffix(line, []byte{'\n'}), []byte{'\r'})); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		if err == io.EOF {
			return nil
		}
		line = line[:0]
	}
}
