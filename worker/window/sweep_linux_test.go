package window

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unsafe"
)

// resident returns how many bytes of a window are resident in this process.
func resident(t *testing.T, w *Window) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	from := uintptr(unsafe.Pointer(unsafe.SliceData(w.memory)))
	_, rest, found := strings.Cut(string(b), fmt.Sprintf("\n%x-%x ", from, from+uintptr(len(w.memory))))
	if !found {
		t.Fatal("the window is not mapped as a whole")
	}
	_, rest, _ = strings.Cut(rest, "\nRss:")
	line, _, _ := strings.Cut(rest, "kB")
	n, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return n << 10
}

// read reads a window and returns how much of it is resident then.
func read(t *testing.T, w *Window) int {
	t.Helper()
	if bytes.IndexByte(w.Data, 'x') >= 0 {
		t.Fatal("the window has other bytes")
	}
	return resident(t, w)
}

// TestPassed gives back what was read of a window, once that is enough, and nothing of one that is
// not swept.
func TestPassed(t *testing.T) {
	defer func(d time.Duration) { sweepTime = d }(sweepTime)
	sweepTime = time.Hour
	const size = 1 << 20
	f, _ := write(t, make([]byte, size))
	var windows [2]*Window
	for i := range windows {
		w, err := f.Map(0, size)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		if n := read(t, w); n < size {
			t.Fatalf("%d bytes are resident", n)
		}
		windows[i] = w
	}
	w, other := windows[0], windows[1]
	w.Sweep()
	w.Sweep() // to no effect
	Passed(sweepBytes - 1)
	if n := resident(t, w); n < size {
		t.Errorf("%d bytes are resident before enough was passed", n)
	}
	Passed(1)
	if n := resident(t, w); n > 0 {
		t.Errorf("%d bytes are resident after enough was passed", n)
	}
	if n := resident(t, other); n < size {
		t.Errorf("%d bytes are resident of a window that is not swept", n)
	}
	w.Close()
	if n := len(sweeping.windows); n > 0 || sweeping.swept.Load() > 0 {
		t.Errorf("%d windows are still swept", n)
	}
}

// TestSweep gives back what was read of a window after some time, again and again.
func TestSweep(t *testing.T) {
	const size = 1 << 20
	f, _ := write(t, make([]byte, size))
	for range 2 {
		w, err := f.Map(0, size)
		if err != nil {
			t.Fatal(err)
		}
		w.Sweep()
		for range 3 {
			read(t, w)
			for resident(t, w) > 0 {
				time.Sleep(time.Millisecond)
			}
		}
		w.Close()
	}
}

// TestSecondPass starts anew in a window that was read once: nothing of the first pass stays.
func TestSecondPass(t *testing.T) {
	const size = releaseStep + 2<<20
	f, path := write(t, nil)
	f.Close()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	f, err := Open(locate(t, path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w, err := f.Map(0, size)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	read(t, w)
	w.Release(releaseStep)
	if n := resident(t, w); n == 0 {
		t.Error("what is still to be read was given back")
	}
	w.Release(0)
	if n := resident(t, w); n > 0 {
		t.Errorf("%d bytes are resident", n)
	}
}
