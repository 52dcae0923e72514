package output

import (
	"context"
	"errors"
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
// is that of the file system, or why ctx is done. If it takes long, waiting is called once.
func lock(ctx context.Context, target string, waiting func()) (f *os.File, unlock func(), err error) {
	var silent <-chan time.Time
	if waiting != nil {
		timer := time.NewTimer(lockPatience)
		defer timer.Stop()
		silent = timer.C
	}
	for {
		if f, err = os.OpenFile(target, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
			return nil, nil, err
		}
		if unlock, err = waitForLock(ctx, f, target, silent, waiting); err != nil {
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

// waitForLock takes the lock of f, the file at target, unless ctx is done. It calls waiting
// when something comes from silent.
func waitForLock(
	ctx context.Context, f *os.File, target string, silent <-chan time.Time, waiting func(),
) (unlock func(), err error) {
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if unlock, err = tryLock(f, target); unlock != nil || err != nil {
			return unlock, err
		}
		select {
		case <-ctx.Done():
		case <-silent:
			waiting()
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
