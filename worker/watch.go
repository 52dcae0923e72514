package worker

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// watch ends a child that is silent for too long, or that does not get on for too long. Only time
// counts in which this process ran: a machine that was suspended, or a coordinator that was stopped,
// must not lose its workers.
type watch struct {
	silent, still atomic.Int64  // looks since a sign of life, and since the last progress
	late          atomic.Bool   // f was called
	fired         chan struct{} // closed when f is called; nil if it never is

	mu    sync.Mutex // held while f runs
	timer *time.Timer
	over  bool
}

// looks is how many times in a timeout the watch looks.
const looks = 16

// newWatch returns a watch that calls f, once and on another goroutine, after timeout of silence,
// or after units times that without progress. Callers must call stop.
func newWatch(timeout time.Duration, units int64, f func()) *watch {
	w := &watch{fired: make(chan struct{})}
	most := int64(looks)
	if units <= math.MaxInt64/looks {
		most *= units
	}
	step := max(timeout/looks, time.Millisecond)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.timer = time.AfterFunc(step, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		switch {
		case w.over:
		case w.silent.Add(1) >= looks, w.still.Add(1) >= most:
			w.late.Store(true)
			close(w.fired)
			f()
		default:
			w.timer.Reset(step)
		}
	})
	return w
}

// alive says that there was a sign of life.
func (w *watch) alive() { w.silent.Store(0) }

// moved says that there was progress.
func (w *watch) moved() { w.still.Store(0) }

// stop ends the watch. Once it has returned, f is not running and will not be.
func (w *watch) stop() {
	w.timer.Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
}
