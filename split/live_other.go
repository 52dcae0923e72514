//go:build !unix

package split

import (
	"os"
	"sync/atomic"
)

// live reads an input that may have to be waited for. A read that waits cannot
// be woken here: it is the last one.
type live struct {
	f       *os.File
	stopped atomic.Bool
}

func newLive(f *os.File) (*live, error) { return &live{f: f}, nil }

// Read reads what is there, and waits for that. After stop or close its error
// is errStopped.
func (l *live) Read(b []byte) (int, error) {
	if l.stopped.Load() {
		return 0, errStopped
	}
	return l.f.Read(b)
}

func (l *live) stop()  { l.stopped.Store(true) }
func (l *live) close() { l.stop() }

// drained is always true: every read is handed over at once.
func (l *live) drained() bool { return true }
