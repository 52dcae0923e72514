//go:build unix && !aix && !solaris

package output

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// A file is in use while it is locked. The lock belongs to a second descriptor of the file, since the
// first one is closed before the file gets its name: some disks say only then that they are full.

// use says that f is in use until what it returns is closed, even if f is closed before. It waits
// for others that look at it. The error is that of a file system without locks.
func use(f *os.File) (io.Closer, error) { return lockAgain(f, unix.LOCK_EX) }

// tryUse is use without waiting: it returns nil where f is in use.
func tryUse(f *os.File) (io.Closer, error) {
	inUse, err := lockAgain(f, unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, nil
	}
	return inUse, err
}

// InUse reports whether a run uses f, which was opened for this.
func InUse(f *os.File) bool {
	return errors.Is(flockFile(f, unix.LOCK_SH|unix.LOCK_NB), unix.EWOULDBLOCK)
}

func flockFile(f *os.File, how int) error {
	for {
		if err := unix.Flock(int(f.Fd()), how); err != unix.EINTR {
			return err
		}
	}
}

func lockAgain(f *os.File, how int) (io.Closer, error) {
	if err := flockFile(f, how); err != nil {
		return nil, err
	}
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), f.Name()), nil
}
