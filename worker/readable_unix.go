//go:build unix && !linux

package worker

import (
	"os"

	"golang.org/x/sys/unix"
)

// readable reports whether a read of p would not wait.
func readable(p *os.File) bool {
	fds := []unix.PollFd{{Fd: int32(p.Fd()), Events: unix.POLLIN}}
	for {
		if n, err := unix.Poll(fds, 0); err != unix.EINTR {
			return err == nil && n > 0
		}
	}
}
