package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// temp is a file that waits to become, or to be added to, another one.
type temp struct {
	file    *os.File
	info    fs.FileInfo // of the other one; nil if there is none
	written int64       // bytes
	done    bool        // the output has ended
}

// newTemp creates a file beside target, which info is of. At no time may anybody open it
// who may not open the target.
func newTemp(target string, info fs.FileInfo) (*temp, error) {
	if info == nil {
		f, err := createBeside(target, 0o666)
		if err != nil {
			return nil, err
		}
		return &temp{file: f}, nil
	}
	f, err := createBeside(target, 0o600)
	if err != nil {
		return nil, err
	}
	t := &temp{file: f, info: info}
	if err := f.Chmod(info.Mode().Perm()); err != nil {
		t.Abort()
		return nil, err
	}
	return t, nil
}

// createBeside creates a file with a new name beside target.
func createBeside(target string, perm fs.FileMode) (*os.File, error) {
	dir, base := filepath.Split(target)
	base = base[:min(len(base), 200)] // names may have 255 bytes
	for {
		name := filepath.Join(dir, fmt.Sprintf(".%s%s%08x", base, tempInfix, rand.Uint32()))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

func (t *temp) Write(b []byte) (int, error) {
	n, err := t.file.Write(b)
	t.written += int64(n)
	return n, wrap(err)
}

func (t *temp) Info() fs.FileInfo { return t.info }
func (t *temp) Deferred() bool    { return true }

func (t *temp) Abort() {
	if !t.done {
		t.done = true
		t.file.Close()
		os.Remove(t.file.Name())
	}
}

const tempInfix = ".linefork-"

// IsTemporary reports whether a file's name is one that a run in progress, or
// one that was killed, gave to a temporary file beside its output.
func IsTemporary(base string) bool {
	return strings.HasPrefix(base, ".") && strings.Contains(base, tempInfix)
}
