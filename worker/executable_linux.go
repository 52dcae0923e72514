package worker

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// executedAs is the path that this program was executed by, relative to the folder that was the
// working directory then; "" if it is not known.
func executedAs() string {
	const executedAs = 31 // AT_EXECFN, see getauxval(3)
	values, err := unix.Auxv()
	if err != nil {
		return ""
	}
	for i := range values {
		if values[i][0] == executedAs {
			return unix.BytePtrToString(*(**byte)(unsafe.Pointer(&values[i][1])))
		}
	}
	return ""
}
