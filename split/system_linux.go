package split

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// createSpool makes a file in memory, which vanishes with the last process that has it open.
func createSpool() (*os.File, error) {
	fd, err := unix.MemfdCreate("linefork-spool", unix.MFD_CLOEXEC)
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	return os.NewFile(uintptr(fd), "linefork-spool"), nil
}

// locate returns a locator of an open file; path is not needed.
func locate(f *os.File, info fs.FileInfo, _ string) Locator { return describe(f, info) }

const spoolsInMemory = true

// createSpoolOnDisk makes a file in the temporary folder, which has no name there for long.
func createSpoolOnDisk() (*os.File, error) {
	f, err := os.CreateTemp("", "linefork-spool-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// removeSpool does nothing: such files have no name.
func removeSpool(*os.File) {}

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
		// Opened again, since others would see a seek in this one; or put back where it stood.
		if again, err := os.Open(fdPath(f)); err == nil {
			defer again.Close()
			f = again
		} else if at, err := f.Seek(0, io.SeekCurrent); err == nil {
			defer f.Seek(at, io.SeekStart)
		}
	}
	at, err := unix.Seek(int(f.Fd()), fileOffset, unix.SEEK_HOLE)
	if err != nil || at >= in.info.Size() {
		return false
	}
	info, err := f.Stat() // the end is a hole, too, and may be nearer now
	return err == nil && at < info.Size()
}

func punchHole(f *os.File, fileOffset, n int64) {
	// A failure costs memory, not correctness.
	const mode = unix.FALLOC_FL_PUNCH_HOLE | unix.FALLOC_FL_KEEP_SIZE
	_ = unix.Fallocate(int(f.Fd()), mode, fileOffset, n)
}

// enlargePipe lets a writer run further ahead. It does nothing if f is not a pipe.
func enlargePipe(f *os.File) { _, _ = unix.FcntlInt(f.Fd(), unix.F_SETPIPE_SZ, spoolChunk) }

// fdPath is a path by which this process can open the very file that f is, whatever has become of
// its name. Opening it fails without /proc, or for a standard input that another user opened.
func fdPath(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }

// tryMap returns why no page of a file can be mapped.
func tryMap(f *os.File) error {
	page, err := unix.Mmap(int(f.Fd()), 0, os.Getpagesize(), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return os.NewSyscallError("mmap", err)
	}
	return unix.Munmap(page)
}

// reopen opens the very file that f is for reading: with a read-ahead of its own where that can be
// had, else as a duplicate. The error is a *fs.PathError.
func reopen(f *os.File) (*os.File, error) {
	fail := func(err error) (*os.File, error) {
		return nil, &fs.PathError{Op: "open", Path: "descriptor", Err: err}
	}
	if f == nil {
		return fail(fs.ErrInvalid) // it was not handed over
	}
	c, err := f.SyscallConn()
	if err != nil {
		return fail(err)
	}
	var again int
	var failed error
	err = c.Control(func(fd uintptr) { // which f cannot be closed during
		path := fmt.Sprintf("/proc/self/fd/%d", fd)
		again, failed = unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOCTTY, 0)
		if failed != nil {
			again, failed = unix.FcntlInt(fd, unix.F_DUPFD_CLOEXEC, 0)
		}
	})
	if err = cmp.Or(err, failed); err != nil {
		return fail(err)
	}
	return os.NewFile(uintptr(again), f.Name()), nil
}
