package split

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// What may happen to an input between opening and reading it. A task that fails with one of these
// is not worth another try.
var (
	// ErrReplaced means that a path no longer names the file that was opened.
	ErrReplaced = errors.New("file was replaced while it was read")
	// ErrTruncated means that a file became shorter; see [TruncatedError].
	ErrTruncated = errors.New("file shrank while it was read")
	// ErrChanged means that a file is no longer in the state that its [Identity] describes.
	ErrChanged = errors.New("file was changed while it was read")
)

// ReadError reports that an input cannot be read to its end. What stands before Offset was read.
type ReadError struct {
	Offset int64 // fileOffset of the first byte that cannot be read
	Err    error // why
}

func (e *ReadError) Error() string { return fmt.Sprintf("%v at byte %d", e.Err, e.Offset) }
func (e *ReadError) Unwrap() error { return e.Err }

// TruncatedError reports that an input is now shorter than when it was opened. It is an
// [ErrTruncated].
type TruncatedError struct {
	Size   int64 // of the file now, in bytes
	Offset int64 // fileOffset of the first byte that cannot be read: Size, as a rule
}

func (e *TruncatedError) Error() string {
	return fmt.Sprintf("file shrank to %d bytes while it was read, at byte %d", e.Size, e.Offset)
}

// Is reports whether target is ErrTruncated.
func (e *TruncatedError) Is(target error) bool { return target == ErrTruncated }

// ReadableTo returns the fileOffset up to which an input could be read, if err is a [*ReadError] or a
// [*TruncatedError].
func ReadableTo(err error) (fileOffset int64, ok bool) {
	var read *ReadError
	var truncated *TruncatedError
	switch {
	case errors.As(err, &read):
		return read.Offset, true
	case errors.As(err, &truncated):
		return truncated.Offset, true
	}
	return 0, false
}

// Unreadable returns why bytes in [start, end), which existed when f was opened, cannot be read: a
// [*TruncatedError] or a [*ReadError] with the first of them that cannot, or [ErrChanged] if all are
// there again. Every byte before that one is read: which byte of a mapping faulted first depends on
// the order in which they were looked at.
func Unreadable(f *os.File, start, end int64) error {
	b := make([]byte, min(1<<20, max(end-start, 0)))
	for at := start; at < end; {
		n, err := f.ReadAt(b[:min(int64(len(b)), end-at)], at)
		if at += int64(n); err != nil {
			return readError(f, at, err)
		}
	}
	return ErrChanged
}

// readError returns the error for err, which a read of f that ended at fileOffset has returned.
func readError(f *os.File, fileOffset int64, err error) error {
	if err != io.EOF {
		return &ReadError{Offset: fileOffset, Err: withoutPath(err)}
	}
	info, err := f.Stat()
	switch {
	case err != nil:
		return err
	case info.Size() > fileOffset: // again
		return ErrChanged
	}
	return &TruncatedError{Size: info.Size(), Offset: info.Size()}
}

// failedAt returns the error for err, which a read of a stream has returned, at this offset in it.
func failedAt(offset int64, err error) error {
	if err == nil || err == io.EOF || errors.Is(err, syscall.EISDIR) {
		return err
	}
	return &ReadError{Offset: offset, Err: withoutPath(err)}
}

// withoutPath returns what an error of a file says about it: its path may be one that users do not
// know.
func withoutPath(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}
