//go:build linux || openbsd || dragonfly || solaris

package split

import (
	"io/fs"
	"syscall"
)

// changeTime returns when the inode that info describes was last changed, in nanoseconds since
// 1970.
func changeTime(info fs.FileInfo) int64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return st.Ctim.Nano()
	}
	return 0
}
