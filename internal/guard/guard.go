// Package guard tells main when a run begins to have what must be put away
// before the process may end: child processes, temporary files, a progress bar.
//
// Until then a signal may do what it does by default, and main need not catch
// it, which would take a tenth of the time of a run over a small file.
package guard

import (
	"sync"
	"sync/atomic"
)

var raise = func() {}

// OnRaise has the first call of Raise call f. It is for main, before a run.
func OnRaise(f func()) { raise = sync.OnceFunc(f) }

// Raise is called before something is made that must be put away. When it
// returns, a signal ends the run's context, no longer the process. It may be
// called often and from several goroutines.
func Raise() { raise() }

var held atomic.Int32

// Hold says that the process should not be ended now, not even by a second
// signal, until release is called.
func Hold() (release func()) {
	held.Add(1)
	return func() { held.Add(-1) }
}

// Held reports whether the process should not be ended now.
func Held() bool { return held.Load() > 0 }
