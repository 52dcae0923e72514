package terminal

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/e2e/screen"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// marker is in each row of these tests.
const marker = "11865"

// rows returns rows, some of which have the key marker.
func rows(first, last int) string {
	var b strings.Builder
	for i := first; i < last; i++ {
		key := 20000 + i
		if i%7 == 0 {
			key = 11865
		}
		fmt.Fprintf(&b, "%d,%d\n", key, i)
	}
	return b.String()
}

// TestWhole runs a command over files, a pipe, and what cannot be read, with a log, on a terminal
// that is resized, with and without a bar. A worker is killed. What remains must be the same, and
// meanwhile no bar may be mixed with anything.
func TestWhole(t *testing.T) {
	begin(t)
	narrow, wide := screen.Size{Columns: 40, Rows: 12}, screen.Size{Columns: 120, Rows: 30}
	for _, mode := range []string{"processes", "threads", "serial"} {
		for _, sizes := range [][2]screen.Size{{narrow, wide}, {wide, narrow}} {
			for _, progress := range []string{"always", "workers"} {
				t.Run(fmt.Sprint(mode, sizes[0].Columns, progress), func(t *testing.T) {
					t.Parallel()
					w := whole{mode: mode, sizes: sizes}
					want, wantStatus := w.run(t, "never")
					if !slices.Contains(want, "linefork: missing: No such file or directory") ||
						!slices.ContainsFunc(want, func(l string) bool {
							return strings.Contains(l, marker)
						}) || wantStatus != 2 {
						t.Fatalf("status %d and %q without a bar", wantStatus, want)
					}
					w.watcher = func() *watcher {
						most := 1
						if progress == "workers" {
							most += w.workers()
						}
						return newWatcher(want, most, marker)
					}
					got, status := w.run(t, progress)
					if same(t, got, want); status != wantStatus {
						t.Errorf("status %d, without a bar %d", status, wantStatus)
					}
				})
			}
		}
	}
}

type whole struct {
	mode  string
	sizes [2]screen.Size // before and after

	watcher func() *watcher // nil if there is no bar
}

func (w whole) workers() int {
	if w.mode == "serial" {
		return 1
	}
	return 3
}

// run returns the lines on the screen and above, except those of the log, and the exit status.
func (w whole) run(t *testing.T, progress string) (text []string, status int) {
	t.Helper()
	for range 10 {
		if text, status, ok := w.try(t, progress); ok {
			return text, status
		}
	}
	t.Fatal("the size is not asked for anew before each drawing")
	return nil, 0
}

func (w whole) try(t *testing.T, progress string) (text []string, status int, ok bool) {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "first"), rows(0, 2000))
	writeFile(t, filepath.Join(dir, "last"), rows(9000, 9100))
	pipe := newFIFO(t, dir)
	o := screen.Options{Size: w.sizes[0], Dir: dir}
	var watch *watcher
	if w.watcher != nil {
		watch = w.watcher()
		o.Watch = watch.look
	}
	term := screen.Start(t, o, "linefork", "grep", "-n", "--mode="+w.mode, "-j3", "--range-size=5K",
		"--log-level=debug", "--progress="+progress, marker, "first", "missing", ".", "fifo", "last")
	shows := func(what string) {
		t.Helper()
		term.Until(what, func(s screen.Screen) bool {
			return (watch == nil || hasBar(s)) && slices.ContainsFunc(s.Lines, func(l screen.Line) bool {
				return strings.Contains(l.Text, what)
			})
		})
	}
	resize := func(size screen.Size) bool {
		if watch != nil {
			return watch.resize(term, size)
		}
		term.Resize(size)
		return true
	}
	pipe.write(t, marker+",a\n")
	shows("fifo:1:" + marker + ",a")
	if !resize(w.sizes[1]) {
		return nil, 0, false
	}
	pipe.write(t, rows(2000, 3000)+marker+",b\n")
	shows("fifo:1002:" + marker + ",b")
	if workers := setup.Children(term.Pid()); len(workers) > 0 {
		_ = syscall.Kill(workers[0], syscall.SIGKILL)
	}
	pipe.write(t, rows(3000, 4000)+marker+",c\n")
	shows("fifo:2003:" + marker + ",c")
	if !resize(w.sizes[0]) {
		return nil, 0, false
	}
	pipe.write(t, marker+",d\n")
	pipe.Close()
	status = term.Wait()
	if watch != nil {
		watch.done(t)
	}
	return slices.DeleteFunc(term.Text(), isLog), status, true
}
