package command

import (
	"os"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/split"
)

// hasHole tells whether a file has a hole behind an offset, which reads as NULs.
func hasHole(src split.Source, behind int64) bool {
	// Another open file, since seeking in that of standard input would be seen
	// by those who share it.
	f, err := os.Open(src.Locator().Path)
	if err != nil {
		return false
	}
	defer f.Close()
	at, err := unix.Seek(int(f.Fd()), behind, unix.SEEK_HOLE)
	return err == nil && at < src.Size()
}
