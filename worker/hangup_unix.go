//go:build unix

package worker

import (
	"os"

	"golang.org/x/sys/unix"
)

// onHangUp calls f when the other end of the pipe p is closed, even in the middle of a task. The
// kernel closes it however the coordinator ends; nobody waits for an answer then.
func onHangUp(p *os.File, f func()) {
	fd := int32(p.Fd())
	go func() {
		for {
			fds := []unix.PollFd{{Fd: fd, Events: unix.POLLHUP}}
			if _, err := unix.Poll(fds, -1); err == nil && fds[0].Revents != 0 {
				f()
				return
			}
		}
	}()
}
