package split

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// What may become of an input between its opening and its reading. A worker that
// reports one of them need not be asked again.
var (
	// ErrReplaced is for a path that no longer names the file that was opened.
	ErrReplaced = errors.New("file was replaced while it was read")
	// ErrTruncated is for a file that became shorter; see [TruncatedError].
	ErrTruncated = errors.New("file shrank while it was read")
	// ErrChanged is for a file that has another size or modification time than its
	// [Identity].
	ErrChanged = errors.New("file was changed while it was read")
)

// TruncatedError says where the bytes of an input end now that it had when it was
// opened. It is an [ErrTruncated].
type TruncatedError struct {
	Size   int64 // bytes that are left
	Offset int64 // fileOffset of a byte that was to be read
}

func (e *TruncatedError) Error() string {
	return fmt.Sprintf("file shrank to %d bytes while it was read, at byte %d", e.Size, e.Offset)
}

// Is reports whether target is ErrTruncated.
func (e *TruncatedError) Is(target error) bool { return target == ErrTruncated }

// Unreadable returns why bytes of f that were there when it was opened cannot be
// read through a mapping now: a [TruncatedError], or an error that wraps EIO.
func Unreadable(f *os.File, fileOffset int64) error {
	if info, err := f.Stat(); err == nil && info.Size() <= fileOffset {
		return &TruncatedError{Size: info.Size(), Offset: fileOffset}
	}
	return fmt.Errorf("%w at byte %d", syscall.EIO, fileOffset)
}
