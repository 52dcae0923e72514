//go:build unix

package split

import (
	"io"
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"
)

// live reads an input that may block. A blocked read can be ended.
type live struct {
	f  *os.File
	fd int

	wake, end *os.File     // a pipe: closing end wakes a blocked reader
	read      atomic.Int64 // bytes so far

	mu     sync.Mutex // held while reading
	ended  bool
	closed bool
}

func newLive(f *os.File) (*live, error) {
	wake, end, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	return &live{f: f, fd: int(f.Fd()), wake: wake, end: end}, nil
}

// Read waits until there is something to read. After stop or close it returns errStopped. The end
// of a terminal is told once, and must not be asked for again.
func (l *live) Read(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return 0, errStopped
	case l.ended:
		return 0, io.EOF
	case !l.wait():
		return 0, errStopped
	}
	n, err := l.f.Read(b)
	l.ended = err == io.EOF
	return n, failedAt(l.read.Add(int64(n)), err)
}

// wait returns true once a read would not block, and false once stop was called.
func (l *live) wait() bool {
	fds := []unix.PollFd{
		{Fd: int32(l.fd), Events: unix.POLLIN},
		{Fd: int32(l.wake.Fd()), Events: unix.POLLIN},
	}
	for {
		if _, err := unix.Poll(fds, -1); err != unix.EINTR {
			return fds[1].Revents == 0
		}
	}
}

// drained reports whether a read would block.
func (l *live) drained() bool {
	fds := []unix.PollFd{{Fd: int32(l.fd), Events: unix.POLLIN}}
	for {
		if n, err := unix.Poll(fds, 0); err != unix.EINTR {
			return err == nil && n == 0
		}
	}
}

// stop ends a blocked Read and all later ones. Any goroutine may call it.
func (l *live) stop() { l.end.Close() }

// close does what stop does, and returns when no Read is running.
func (l *live) close() {
	l.stop()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.wake.Close()
}
