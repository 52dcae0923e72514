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

// RemoveSpools has nothing to do: what a run that ends early leaves vanishes
// with it.
func RemoveSpools() {}

func punchHole(f *os.File, off, n int64) {
	// A failure costs memory, not correctness.
	_ = unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, off, n)
}

// enlargePipe lets a writer run further ahead; it fails where f is no pipe.
func enlargePipe(f *os.File) { _, _ = unix.FcntlInt(f.Fd(), unix.F_SETPIPE_SZ, spoolChunk) }

// fdPath is a path under which this process and its children can open the
// very file that f is, whatever became of its name. There may be nothing:
// without /proc, or for a standard input that another user opened.
func fdPath(f *os.File) string { return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), f.Fd()) }
