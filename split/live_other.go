//go:build !unix

package split

import (
	"os"
	"sync/atomic"
)

// live reads an input that may block. On this platform a blocked read cannot be woken; it is the
// last one.
type live struct {
	f       *os.File
	stopped atomic.Bool
}

func newLive(f *os.File) (*live, error) { return &live{f: f}, nil }

// Read waits until there is something to read. After stop or close it returns errStopped.
func (l *live) Read(b []byte) (int, error) {
	if l.stopped.Load() {
		return 0, errStopped
	}
	return l.f.Read(b)
}

func (l *live) stop()  { l.stopped.Store(true) }
func (l *live) close() { l.stop() }

// drained always returns true, so that whatever a read returns is passed on at once.
func (l *live) drained() bool { return true }
