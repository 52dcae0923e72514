//go:build unix

package split

import (
	"io/fs"
	"syscall"
)

// Identify returns the ID of the file that info describes.
func Identify(info fs.FileInfo) ID {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return ID{Device: uint64(st.Dev), Inode: uint64(st.Ino)}
	}
	return ID{}
}
