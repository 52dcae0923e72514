//go:build unix

package worker

import (
	"io/fs"

	"golang.org/x/sys/unix"
)

// readSmall reads a file into b, which has room for one byte more than a small file. It avoids
// package os, whose files cost half as much again as the system calls.
func readSmall(path string, b []byte) (n int, err error) {
	fail := func(op string, err error) (int, error) {
		return 0, &fs.PathError{Op: op, Path: path, Err: err}
	}
	// Without O_NONBLOCK, opening a FIFO would wait for a writer.
	fd, err := again(func() (int, error) {
		return unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	})
	if err != nil {
		return fail("open", err)
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return fail("stat", err)
	}
	// Files in /proc only claim to be empty.
	if st.Mode&unix.S_IFMT != unix.S_IFREG || st.Size >= int64(len(b)) {
		return 0, errApart
	}
	for n < len(b) {
		k, err := again(func() (int, error) { return unix.Read(fd, b[n:]) })
		if err != nil {
			return fail("read", err)
		}
		if k == 0 {
			return n, nil
		}
		n += k
	}
	return 0, errApart
}

// again repeats a system call while signals interrupt it.
func again(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); err != unix.EINTR {
			return n, err
		}
	}
}
