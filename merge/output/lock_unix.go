//go:build unix && !aix && !solaris

package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock of f, which is released when f is closed. Where another has
// it, unlock is nil.
func tryLock(f *os.File, _ string) (unlock func(), err error) {
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	switch {
	case err == nil:
		return func() {}, nil
	case errors.Is(err, unix.EWOULDBLOCK):
		return nil, nil
	}
	return nil, os.NewSyscallError("flock", err)
}

// lockPath is the file that is locked for the target.
func lockPath(target string) string { return target }
