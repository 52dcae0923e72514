package gnu

import (
	"errors"
	"io/fs"
	"os"
)

// Reason returns why a system call failed, in the words of glibc's strerror, such as "No such file
// or directory", without the operation and file that err names. For an error that does not come
// from the system it returns the error's text.
func Reason(err error) string {
	if err == nil {
		return ""
	}
	if text, ok := strerror(err); ok {
		return text
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "No such file or directory"
	case errors.Is(err, fs.ErrPermission):
		return "Permission denied"
	case errors.Is(err, fs.ErrExist):
		return "File exists"
	}
	return bare(err).Error()
}

// bare strips the operation and the file name from err.
func bare(err error) error {
	for {
		switch e := err.(type) {
		case *fs.PathError:
			err = e.Err
		case *os.LinkError:
			err = e.Err
		case *os.SyscallError:
			err = e.Err
		default:
			return err
		}
	}
}
