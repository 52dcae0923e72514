package split

import (
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// TestDrainedDuringSignals looks at an empty pipe while signals arrive, as they do when a child ends
// and when the runtime preempts a goroutine. Otherwise the end of what a pipe has delivered would
// wait for more.
func TestDrainedDuringSignals(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	l, err := newLive(r)
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	thread := unix.Gettid()
	done := make(chan struct{})
	defer close(done)
	go func() {
		for {
			select {
			case <-done:
				return
			default:
				_ = unix.Tgkill(os.Getpid(), thread, unix.SIGURG) // which the runtime expects
			}
		}
	}()
	for i := range 300_000 {
		if !l.drained() {
			t.Fatalf("not drained at look %d", i)
		}
	}
}
