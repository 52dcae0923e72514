//go:build !unix

package split

import (
	"os"
	"sync/atomic"
)

// waiter knows when to stop. A read that waits cannot be woken here: it is the
// last one.
type waiter struct{ stopped atomic.Bool }

func newWaiter(*os.File) (*waiter, error) { return new(waiter), nil }

func (w *waiter) wait() bool { return !w.stopped.Load() }
func (w *waiter) stop()      { w.stopped.Store(true) }
func (w *waiter) close()     {}
