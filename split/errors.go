package split

import (
	"errors"
	"fmt"
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

// TruncatedError reports that an input is now shorter than when it was opened. It is an
// [ErrTruncated].
type TruncatedError struct {
	Size   int64 // of the file now, in bytes
	Offset int64 // fileOffset of the byte that could not be read
}

func (e *TruncatedError) Error() string {
	return fmt.Sprintf("file shrank to %d bytes while it was read, at byte %d", e.Size, e.Offset)
}

// Is reports whether target is ErrTruncated.
func (e *TruncatedError) Is(target error) bool { return target == ErrTruncated }

// Unreadable returns why the byte at fileOffset, which existed when f was opened, could not be read:
// a [TruncatedError], [ErrChanged] if it is there again, or an error that wraps EIO.
func Unreadable(f *os.File, fileOffset int64) error {
	if info, err := f.Stat(); err == nil && info.Size() <= fileOffset {
		return &TruncatedError{Size: info.Size(), Offset: fileOffset}
	}
	if _, err := f.ReadAt(make([]byte, 1), fileOffset); err == nil {
		return ErrChanged
	}
	return fmt.Errorf("%w at byte %d", syscall.EIO, fileOffset)
}
