package split

import "errors"

// ID identifies a file across processes: its device and inode numbers. On
// platforms without them it is zero, and equal for all files.
type ID struct{ Device, Inode uint64 }

// ErrReplaced is for a path that no longer names the file that was opened.
var ErrReplaced = errors.New("file was replaced while it was read")
