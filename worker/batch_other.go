//go:build !unix

package worker

import (
	"errors"
	"io"
	"os"

	"github.com/linefork/linefork/split"
)

// readSmall reads a file into b, which has room for one byte more than a small
// file.
func readSmall(path string, b []byte) (n int, id split.ID, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, id, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, id, err
	}
	if !info.Mode().IsRegular() {
		return 0, id, errLarge
	}
	n, err = io.ReadFull(f, b)
	switch {
	case err == nil:
		return 0, id, errLarge
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return n, split.Identify(info), nil
	}
	return 0, id, err
}
