package output

import (
	"errors"
	"os"
	"syscall"
)

// SyncError means that what was written could not be forced to the disk, as Options.Sync wants it.
type SyncError struct {
	// Written means that the target has its new content, but may not have it after a power failure.
	// Otherwise it is unchanged.
	Written bool
	Err     error
}

func (e *SyncError) Error() string { return e.What() + ": " + e.Err.Error() }
func (e *SyncError) Unwrap() error { return e.Err }

// What says what has happened, without the reason.
func (e *SyncError) What() string {
	if e.Written {
		return "written, but cannot sync"
	}
	return "cannot sync its new content"
}

// fsync forces f to the disk. Tests make it fail.
var fsync = (*os.File).Sync

// toDisk forces f to the disk, while the target is unchanged or can be cut back.
func toDisk(f *os.File) error {
	if err := fsync(f); err != nil {
		return &SyncError{Err: err}
	}
	return nil
}

// unsyncable reports whether err says that a file of that kind cannot be forced to the disk: a pipe, a
// terminal, or a folder on some network file systems.
func unsyncable(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported)
}
