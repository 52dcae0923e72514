//go:build unix

package split

import (
	"os"

	"golang.org/x/sys/unix"
)

// waiter waits for input, and can be told to stop.
type waiter struct {
	fd        int
	wake, end *os.File // a pipe; closing its end wakes a wait
}

func newWaiter(f *os.File) (*waiter, error) {
	wake, end, err := os.Pipe()
	return &waiter{int(f.Fd()), wake, end}, err
}

// wait returns when a read would give something, the end of the input or an
// error, and false when stop was called.
func (w *waiter) wait() bool {
	fds := []unix.PollFd{{Fd: int32(w.fd), Events: unix.POLLIN}, {Fd: int32(w.wake.Fd()), Events: unix.POLLIN}}
	for {
		if _, err := unix.Poll(fds, -1); err != unix.EINTR {
			return fds[1].Revents == 0
		}
	}
}

// stop ends the wait that goes on, and all to come. It may be called once, by
// any goroutine.
func (w *waiter) stop() { w.end.Close() }

func (w *waiter) close() {
	w.end.Close()
	w.wake.Close()
}
