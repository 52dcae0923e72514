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

// temp is a file that waits to become, or to be added to, another one. Where the system can make
// one, it has no name before it is whole, so that nothing is left of a run that is killed.
type temp struct {
	file    *os.File
	target  string
	name    string      // "" while it has none
	info    fs.FileInfo // of the target; nil if there is none
	written int64       // bytes
	sync    bool        // force it to the disk
	done    bool        // the output has ended
}

// newTemp creates a file that may be renamed to target, which info is of. At no time may anybody
// open it who may not open the target.
func newTemp(target string, info fs.FileInfo) (*temp, error) {
	perm := fs.FileMode(0o600)
	if info == nil {
		perm = 0o666
	}
	t := &temp{target: target, info: info}
	var err error
	if t.file, err = createFirst(filepath.Dir(target), perm); err != nil {
		if t.file, err = createBeside(target, perm); err != nil {
			return nil, err
		}
		t.name = t.file.Name()
	}
	if info == nil {
		return t, nil
	}
	keepAttributes(t.file, target, info)
	if err := t.file.Chmod(info.Mode().Perm()); err != nil {
		t.Abort()
		return nil, err
	}
	return t, nil
}

// createFirst is what is tried first. Tests make it fail.
var createFirst = createUnnamed

// link gives the file a name beside the target, if it has none.
func (t *temp) link() error {
	for t.name == "" {
		name := nameBeside(t.target)
		err := linkUnnamed(t.file, name)
		if err == nil {
			t.name = name
		} else if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// createBeside creates a file with a new name beside target.
func createBeside(target string, perm fs.FileMode) (*os.File, error) {
	for {
		f, err := os.OpenFile(nameBeside(target), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// nameBeside returns a name beside target that nobody can guess.
func nameBeside(target string) string {
	dir, base := filepath.Split(target)
	base = base[:min(len(base), 200)] // names may have 255 bytes
	return filepath.Join(dir, fmt.Sprintf(".%s%s%016x", base, tempInfix, rand.Uint64()))
}

// syncFile forces what was written to the disk, if that is wanted.
func (t *temp) syncFile() error {
	if !t.sync {
		return nil
	}
	return toDisk(t.file)
}

// syncNames forces the names beside the target to the disk, if that is wanted.
func (t *temp) syncNames() error {
	if !t.sync {
		return nil
	}
	return syncFolder(filepath.Dir(t.target))
}

// syncWritten is syncNames when the target has its new content.
func (t *temp) syncWritten() error {
	err := t.syncNames()
	if e := (*SyncError)(nil); errors.As(err, &e) {
		e.Written = true
	}
	return err
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
		if t.name != "" {
			os.Remove(t.name)
		}
	}
}

// keep leaves the file where it is when the output ends.
func (t *temp) keep() { t.name = "" }

const tempInfix = ".linefork-"

// IsTemporary reports whether a file's name is one that a run in progress, or
// one that was killed, gave to a temporary file beside its output.
func IsTemporary(base string) bool {
	return strings.HasPrefix(base, ".") && strings.Contains(base, tempInfix)
}
