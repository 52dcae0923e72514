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
	var b []byte
	var err error
	if list == "-" {
		b, err = io.ReadAll(os.Stdin)
	} else {
		b, err = os.ReadFile(list)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot open %s for reading: %s", gnu.QuoteAlways(list, run.reporter.locale), gnu.Reason(err))
	}
	b = bytes.TrimSuffix(b, []byte{0})
	if len(b) == 0 {
		return nil, nil
	}
	var names []string
	for i, name := range bytes.Split(b, []byte{0}) {
		switch {
		case len(name) == 0:
			run.input(fmt.Sprintf("%s:%d", list, i+1), errEmptyName)
		case list == "-" && string(name) == "-":
			run.failed = true
			fmt.Fprintf(os.Stderr, "linefork: when reading file names from stdin, no file name of '-' allowed\n")
		default:
			names = append(names, string(name))
		}
	}
	return names, nil
}
