//go:build unix

package command

import (
	"time"

	"golang.org/x/sys/unix"
)

// ownCPU is the processor time that this process has used, or 0 if that is not known.
func ownCPU() time.Duration {
	var u unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
