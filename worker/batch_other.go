//go:build !unix

package worker

import (
	"errors"
	"io"

	"github.com/linefork/linefork/internal/folder"
)

// readSmall reads a file into b, which has room for one byte more than a small file.
func readSmall(folders *folder.Opener, place folder.Place, b []byte) (n int, err error) {
	f, err := folders.Open(place)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, errApart
	}
	n, err = io.ReadFull(f, b)
	switch {
	case err == nil:
		return 0, errApart
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return n, nil
	}
	return 0, errApart // what was read is not lost there
}
