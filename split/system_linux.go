package split

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// createSpool makes a file in memory, which vanishes with the processes that
// hold it, and the path under which this process's children can open it.
func createSpool() (*os.File, string, error) {
	fd, err := unix.MemfdCreate("linefork-spool", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, "", os.NewSyscallError("memfd_create", err)
	}
	path := fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), fd)
	return os.NewFile(uintptr(fd), path), path, nil
}

func removeSpool(string) {}

func punchHole(f *os.File, off, n int64) {
	// A failure costs memory, not correctness.
	_ = unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, off, n)
}

// drained tells whether a read of f would wait.
func drained(f *os.File) bool {
	fds := []unix.PollFd{{Fd: int32(f.Fd()), Events: unix.POLLIN}}
	n, err := unix.Poll(fds, 0)
	return err == nil && n == 0
}

// enlargePipe lets a writer run further ahead; it fails where f is no pipe.
func enlargePipe(f *os.File) { _, _ = unix.FcntlInt(f.Fd(), unix.F_SETPIPE_SZ, spoolChunk) }

// openedPath is a path that leads to the file that f is, and whether that is
// sure; path is the one it was opened under.
func openedPath(f *os.File, path string) (string, bool) {
	link := fmt.Sprintf("/proc/self/fd/%d", f.Fd())
	if _, err := os.Stat(link); err != nil {
		return path, false
	}
	return link, true
}

// stdinPath is the path under which this process's children can open the file
// that is its standard input, or "" where they cannot.
func stdinPath() string {
	path := fmt.Sprintf("/proc/%d/fd/0", os.Getpid())
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	f.Close()
	return path
}
