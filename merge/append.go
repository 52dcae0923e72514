package merge

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"

	"github.com/linefork/linefork/worker/charset"
)

// Append returns an output that is added to the end of the file at path when
// it is committed. Until then it waits in a temporary file, so that runs that
// append to one file work side by side; then each in turn takes an exclusive
// lock (flock) on the file, which all runs respect, and adds its bytes in one
// piece. If that fails the file is cut back to what it was. A header is
// written only to a file that is empty.
func Append(path string) (Output, error) {
	out, target, _, err := place(path)
	if out != nil || err != nil {
		return out, err
	}
	f, err := createTemp(target, nil)
	if err != nil {
		return nil, err
	}
	return &addition{temp: temp{File: f}, target: target}, nil
}

type addition struct {
	temp
	target string
	header []byte
	order  binary.ByteOrder // of the first row, where that is in UTF-16
}

func (a *addition) Header(b []byte) error {
	a.header = append(a.header, b...)
	return nil
}

// encoding says that what is written next is in UTF-16, in this byte order, or
// that it is not, if order is nil.
func (a *addition) encoding(order binary.ByteOrder) error {
	written, err := a.Seek(0, io.SeekCurrent)
	if written == 0 {
		a.order = order
	}
	return err
}

var committing atomic.Int32

// Committing tells whether some output is being added to a file just now: the
// one moment when the process should not be ended.
func Committing() bool { return committing.Load() > 0 }

// Commit waits for the lock until ctx is done.
func (a *addition) Commit(ctx context.Context) error {
	if a.done {
		return nil
	}
	defer a.Abort()
	lock, err := a.lock(ctx)
	if err != nil {
		return err
	}
	defer lock.Unlock()
	f, err := os.OpenFile(a.target, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	committing.Add(1)
	defer committing.Add(-1)
	if err := a.copyTo(f, size); err != nil {
		if undo := f.Truncate(size); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	return f.Close()
}

// lock locks the target. While this waited for the lock, another program may
// have put a new file in its place; then that one is wanted.
func (a *addition) lock(ctx context.Context) (*flock.Flock, error) {
	path := lockPath(a.target)
	for {
		lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o666))
		if _, err := lock.TryLockContext(ctx, 5*time.Millisecond); err != nil {
			return nil, err
		}
		locked, err := lock.Stat()
		if err == nil {
			var current fs.FileInfo
			if current, err = os.Stat(path); err == nil && os.SameFile(locked, current) {
				return lock, nil
			}
		}
		lock.Unlock()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}

// lockPath is the file that is locked for the target: the target itself, but
// beside it on Windows, where a lock keeps even its holder's other handles
// from the locked bytes.
func lockPath(target string) string {
	if runtime.GOOS == "windows" {
		dir, base := filepath.Split(target)
		return filepath.Join(dir, "."+base+tempInfix+"lock")
	}
	return target
}

// copyTo appends what was written to f, which has size bytes.
func (a *addition) copyTo(f *os.File, size int64) error {
	added, err := a.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	before := a.header
	switch {
	case size > 0 && added == 0:
		return nil
	case size > 0:
		// A last line without its end must not run into the first row.
		before = []byte{'\n'}
		if a.order != nil {
			before, _ = charset.AppendUTF16(nil, before, a.order, true)
		}
		last := make([]byte, len(before))
		if _, err := f.ReadAt(last, max(0, size-int64(len(last)))); err != nil && err != io.EOF {
			return err
		}
		if bytes.Equal(last, before) {
			before = nil
		}
	}
	if _, err := f.Write(before); err != nil {
		return err
	}
	if _, err := a.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = io.Copy(f, a.File)
	return err
}
