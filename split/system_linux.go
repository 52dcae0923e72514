package split

import (
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// createSpool makes a file in memory, which vanishes with the last process that has it open, and a
// locator by which the children of this process can open it.
func createSpool() (*os.File, Locator, error) {
	fd, err := unix.MemfdCreate("linefork-spool", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, Locator{}, os.NewSyscallError("memfd_create", err)
	}
	f := os.NewFile(uintptr(fd), "linefork-spool")
	return f, Locator{Kind: Descriptor, Path: fdPath(f)}, nil
}

// removeSpool does nothing: the file has no name.
func removeSpool(Locator) {}

// openFile opens a file for reading. It does not wait for the writer of a FIFO: a read does, and a
// read can be stopped.
func openFile(path string) (*os.File, error) {
	for {
		fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: path, Err: err}
		}
		if err := unix.SetNonblock(fd, false); err != nil {
			unix.Close(fd)
			return nil, os.NewSyscallError("fcntl", err)
		}
		return os.NewFile(uintptr(fd), path), nil
	}
}

// HasHole reports whether the file has a hole, which reads as NULs, at or after fileOffset.
func (in *Input) HasHole(fileOffset int64) bool {
	f := in.file
	if in.shared() {
		// Opened again, since others would see a seek in this one.
		var err error
		if f, err = os.Open(fdPath(f)); err != nil {
			return false
		}
		defer f.Close()
	}
	at, err := unix.Seek(int(f.Fd()), fileOffset, unix.SEEK_HOLE)
	return err == nil && at < in.info.Size()
}

func punchHole(f *os.File, fileOffset, n int64) {
	// A failure costs memory, not correctness.
	const mode = unix.FALLOC_FL_PUNCH_HOLE | unix.FALLOC_FL_KEEP_SIZE
	_ = unix.Fallocate(int(f.Fd()), mode, fileOffset, n)
}

// enlargePipe lets a writer run further ahead. It does nothing if f is not a pipe.
func enlargePipe(f *os.File) { _, _ = unix.FcntlInt(f.Fd(), unix.F_SETPIPE_SZ, spoolChunk) }

// fdPath is a path by which this process and its children can open the very file that f is,
// whatever has become of its name. Opening it fails without /proc, or for a standard input that
// another user opened.
func fdPath(f *os.File) string { return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), f.Fd()) }
