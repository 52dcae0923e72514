package gnu

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestReason(t *testing.T) {
	_, missing := os.Open(filepath.Join(t.TempDir(), "missing"))
	tests := []struct {
		err  error
		want string
	}{
		{nil, ""},
		{missing, "No such file or directory"},
		{fmt.Errorf("reading: %w", missing), "No such file or directory"},
		{fs.ErrNotExist, "No such file or directory"},
		{&fs.PathError{Op: "open", Path: "a", Err: fs.ErrPermission}, "Permission denied"},
		{&fs.PathError{Op: "read", Path: "a", Err: io.ErrUnexpectedEOF}, "unexpected EOF"},
		{&os.LinkError{Op: "link", Old: "a", New: "b", Err: os.NewSyscallError("link", errors.New("odd"))}, "odd"},
		{errors.New("odd"), "odd"},
	}
	for _, test := range tests {
		if got := Reason(test.err); got != test.want {
			t.Errorf("Reason(%v) = %q, want %q", test.err, got, test.want)
		}
	}
}
