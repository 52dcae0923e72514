package output

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// createUnnamed creates a file in a folder that has no name there yet. Not every file system has
// such files, and without /proc they could not be named later.
func createUnnamed(dir string, perm fs.FileMode) (*os.File, error) {
	f, err := os.OpenFile(dir, unix.O_TMPFILE|os.O_RDWR, perm)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(fdPath(f)); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// linkUnnamed gives such a file a name.
func linkUnnamed(f *os.File, name string) error {
	err := unix.Linkat(unix.AT_FDCWD, fdPath(f), unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW)
	if err != nil {
		return &os.LinkError{Op: "link", Old: "temporary file", New: name, Err: err}
	}
	return nil
}

func fdPath(f *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", f.Fd()) }

// keepAttributes gives f, which will replace the file at path, that one's owner and extended
// attributes, access control lists among them, as far as that is permitted.
func keepAttributes(f *os.File, path string, info fs.FileInfo) {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(int(st.Uid), int(st.Gid))
	}
	names := attributes(path)
	value := make([]byte, 64<<10) // the longest
	for _, name := range names {
		if n, err := unix.Getxattr(path, name, value); err == nil {
			_ = unix.Fsetxattr(int(f.Fd()), name, value[:n], 0)
		}
	}
}

// attributes are the names of the extended attributes of a file.
func attributes(path string) (names []string) {
	list := make([]byte, 64<<10) // the longest
	n, err := unix.Listxattr(path, list)
	if err != nil {
		return nil
	}
	for start, i := 0, 0; i < n; i++ {
		if list[i] == 0 {
			names = append(names, string(list[start:i]))
			start = i + 1
		}
	}
	return names
}
