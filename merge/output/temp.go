package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// temp is a file that waits to become, or to be added to, another one. Where the system can make
// one, it has no name before it is whole, so that nothing is left of a run that is killed.
type temp struct {
	file    *os.File
	target  string
	name    string      // "" while it has none
	inUse   io.Closer   // holds the lock that says so; nil where there are no such locks
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
	removeStale(target)
	t := &temp{target: target, info: info}
	var err error
	if t.file, err = createFirst(filepath.Dir(target), perm); err == nil {
		t.inUse, _ = use(t.file)
	} else {
		if t.file, t.inUse, err = createBeside(target, perm); err != nil {
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

// createBeside creates a file with a new name beside target, and says that it is in use.
func createBeside(target string, perm fs.FileMode) (*os.File, io.Closer, error) {
	for {
		f, err := os.OpenFile(nameBeside(target), os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		switch {
		case errors.Is(err, fs.ErrExist):
			continue
		case err != nil:
			return nil, nil, err
		}
		inUse, err := use(f)
		if err != nil {
			return f, nil, nil
		}
		// Before that, another run may have taken it for a stale one.
		if named, err := hasName(f, f.Name()); named || err != nil {
			return f, inUse, nil
		}
		inUse.Close()
		f.Close()
	}
}

// nameBeside returns a name beside target that nobody can guess.
func nameBeside(target string) string {
	dir, prefix := prefixBeside(target)
	return filepath.Join(dir, fmt.Sprintf("%s%016x", prefix, rand.Uint64()))
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
		t.release()
	}
}

// keep leaves the file where it is when the output ends.
func (t *temp) keep() { t.name = "" }

// release says that the file is not in use any more.
func (t *temp) release() {
	if t.inUse != nil {
		t.inUse.Close()
	}
}
