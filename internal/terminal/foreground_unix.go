//go:build unix

package terminal

import (
	"os"

	"golang.org/x/sys/unix"
)

// inForeground reports whether the process may draw on its terminal: the shell does not write
// there now.
func inForeground(f *os.File) bool {
	group, err := unix.IoctlGetInt(int(f.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}
