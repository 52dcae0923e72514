package window

import (
	"sync"
	"sync/atomic"
	"time"
)

// Windows that are swept are given back as a whole, again and again: every few milliseconds, and
// after so many bytes that were passed at once. At memory speed, both are some 20 MiB.
const sweepBytes = 16 << 20

// sweepTime is a constant, except in tests.
var sweepTime = 2 * time.Millisecond

// sweeper sweeps windows, all those of the process together: it is the process that takes memory.
type sweeper struct {
	swept  atomic.Int32 // windows
	passed atomic.Int64 // bytes since the last sweep

	mu      sync.Mutex // held while windows are given back
	windows map[*Window]struct{}
	stop    chan struct{} // closed when there are none left
}

var sweeping sweeper

// Sweep has the window swept until it is closed. It is for readers that cannot say how far they have
// come, such as a matcher in a record of gigabytes: the resident set stays small all the same, and
// the data can still be read. Sweep may be called again.
func (w *Window) Sweep() {
	if w.memory != nil {
		sweeping.add(w)
	}
}

// Passed says that n bytes were read at once, maybe of a window that is swept. A reader that is so
// fast that it might pass much between two sweeps calls it every few MiB. It is cheap to call often.
func Passed(n int) {
	if s := &sweeping; s.swept.Load() > 0 && s.passed.Add(int64(n)) >= sweepBytes {
		s.sweep()
	}
}

func (s *sweeper) add(w *Window) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.windows) == 0 {
		s.windows, s.stop = make(map[*Window]struct{}), make(chan struct{})
		go s.run(s.stop, sweepTime)
	}
	s.windows[w] = struct{}{}
	s.swept.Store(int32(len(s.windows)))
}

// remove has a window swept no more: its memory is about to become that of others.
func (s *sweeper) remove(w *Window) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, is := s.windows[w]; !is {
		return
	}
	delete(s.windows, w)
	s.swept.Store(int32(len(s.windows)))
	if len(s.windows) == 0 {
		close(s.stop)
	}
}

func (s *sweeper) run(stop <-chan struct{}, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			s.sweep()
		}
	}
}

func (s *sweeper) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passed.Store(0)
	for w := range s.windows {
		w.giveBack(0, len(w.memory))
	}
}
