//go:build unix

package wire

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// mostErrno is not below the largest error number of any system.
const mostErrno = 1 << 12

// errnoName returns the symbolic name of an error number, "" if it has none.
func errnoName(n syscall.Errno) string { return unix.ErrnoName(n) }

// errnoNamed returns the error number of a symbolic name.
func errnoNamed(name string) (syscall.Errno, bool) {
	for n := syscall.Errno(1); n < mostErrno; n++ {
		if unix.ErrnoName(n) == name {
			return n, name != ""
		}
	}
	return 0, false
}
