//go:build !unix

package split

import (
	"io"
	"os"
	"sync/atomic"
)

// live reads an input that may block. On this platform a blocked read cannot be woken; it is the
// last one.
type live struct {
	f       *os.File
	read    atomic.Int64 // bytes so far
	ended   bool
	stopped atomic.Bool
}

func newLive(f *os.File) (*live, error) { return &live{f: f}, nil }

// Read waits until there is something to read. After stop or close it returns errStopped. The end
// of a terminal is told once, and must not be asked for again.
func (l *live) Read(b []byte) (int, error) {
	switch {
	case l.stopped.Load():
		return 0, errStopped
	case l.ended:
		return 0, io.EOF
	}
	n, err := l.f.Read(b)
	l.ended = err == io.EOF
	return n, failedAt(l.read.Add(int64(n)), err)
}

func (l *live) stop()  { l.stopped.Store(true) }
func (l *live) close() { l.stop() }

// drained always returns true, so that whatever a read returns is passed on at once.
func (l *live) drained() bool { return true }
