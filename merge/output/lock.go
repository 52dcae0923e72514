package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

const (
	lockInterval = 5 * time.Millisecond // between two trials of a lock that another holds
	lockPatience = time.Second          // until somebody is told that it is waited for
)

// lock opens the target, which it makes if need be, and locks it. The file that is
// locked is the one that is written to, and has the name at that time: while this waited,
// another program may have put a new file there, and then that one is wanted. The error
// is that of the file system, a *LockedError, or why ctx is done.
func lock(ctx context.Context, target string, o *Options) (f *os.File, unlock func(), err error) {
	w := lockWait{Options: o}
	if o.Waiting != nil {
		timer := time.NewTimer(lockPatience)
		defer timer.Stop()
		w.silent = timer.C
	}
	if o.LockTimeout > 0 {
		timer := time.NewTimer(o.LockTimeout)
		defer timer.Stop()
		w.late = timer.C
	}
	for {
		if f, err = os.OpenFile(target, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
			return nil, nil, err
		}
		if unlock, err = w.wait(ctx, f, target); err != nil {
			f.Close()
			return nil, nil, err
		}
		named, err := hasName(f, target)
		if named {
			return f, unlock, nil
		}
		f.Close()
		unlock()
		if err != nil {
			return nil, nil, err
		}
	}
}

// LockedError means that another process held the lock of an output for too long.
type LockedError struct {
	Holder int // the process; 0 if it is not known
	For    time.Duration
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("%s for more than %v", LockedBy(e.Holder), e.For)
}

// LockedBy says who holds a lock.
func LockedBy(holder int) string {
	if holder == 0 {
		return "locked by another process"
	}
	return fmt.Sprintf("locked by process %d", holder)
}

// lockWait is a waiting for a lock.
type lockWait struct {
	*Options
	silent <-chan time.Time // somebody is to be told that it is waited for
	late   <-chan time.Time // it is not waited for any longer
}

// wait takes the lock of f, the file at target.
func (w *lockWait) wait(ctx context.Context, f *os.File, target string) (unlock func(), err error) {
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if unlock, err = tryLock(f, target); unlock != nil || err != nil {
			return unlock, err
		}
		select {
		case <-ctx.Done():
		case <-w.silent:
			w.Waiting(holder(f))
		case <-w.late:
			return nil, &LockedError{holder(f), w.LockTimeout}
		case <-time.After(lockInterval):
		}
	}
}

// hasName reports whether f is the file at path.
func hasName(f *os.File, path string) (bool, error) {
	opened, err := f.Stat()
	if err != nil {
		return false, err
	}
	current, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && os.SameFile(opened, current), err
}
