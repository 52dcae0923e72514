package command

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"github.com/linefork/linefork/internal/gnu"
)

// files0 reads the names of the inputs, each ended by NUL. Those that are no
// names are told of and left out.
func (run *counter) files0(list string) ([]string, error) {
	f := os.Stdin
	if list != "-" {
		var err error
		if f, err = os.Open(list); err != nil {
			return nil, run.noList(list, err)
		}
		defer f.Close()
	}
	info, err := f.Stat()
	if err != nil {
		return nil, run.noList(list, err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, run.noList(list, err)
	}
	// wc reads a list of this kind whole before it begins, others not.
	run.unsized = !info.Mode().IsRegular() || info.Size() > 10<<20
	if b = bytes.TrimSuffix(b, []byte{0}); len(b) == 0 {
		return nil, nil
	}
	var names []string
	for i, name := range bytes.Split(b, []byte{0}) {
		run.operands++
		switch {
		case len(name) == 0:
			run.input(fmt.Sprintf("%s:%d", list, i+1), errEmptyName)
		case list == "-" && string(name) == "-":
			run.failed = true
			fmt.Fprintln(os.Stderr, "linefork: when reading file names from stdin, no file name of '-' allowed")
		default:
			names = append(names, string(name))
		}
	}
	return names, nil
}

func (run *counter) noList(list string, err error) error {
	return fmt.Errorf("cannot open %s for reading: %s", gnu.QuoteAlways(list, run.reporter.locale), gnu.Reason(err))
}
