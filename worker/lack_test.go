package worker

import (
	"bytes"
	"errors"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A worker whose child was killed for lack of memory leaves its range to the others, and ends; the
// last one tries again, and says what was lacking.
func TestKilledForMemory(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no signals")
	}
	task := tasks(t, []byte("a\nb\n"), 100)[0]
	for _, workers := range []int{1, 3} {
		var log bytes.Buffer
		p := brokenPool(t, "killed", Options{
			Processes: workers, Retries: 1, Timeout: time.Minute,
			Killed: func() string { return "out of memory (the limit is known)" },
			Log:    slog.New(slog.NewTextHandler(&log, nil)),
		})
		within(t, time.Minute, "a task", func() {
			_, err := p.Do(t.Context(), task)
			var broken *WorkerError
			if !errors.As(err, &broken) || broken.Attempts != 2 ||
				!strings.HasSuffix(err.Error(), "killed, out of memory (the limit is known)") {
				t.Errorf("%d workers: %v", workers, err)
			}
		})
		if n := p.alive.Load(); n != 1 {
			t.Errorf("%d of %d workers are left, want 1", n, workers)
		}
		p.Close()
		if n := strings.Count(log.String(), "worker ends"); n != workers-1 {
			t.Errorf("%d workers: %s", workers, &log)
		}
	}
}

// Where no child can run, the work is done in this process.
func TestNoChildren(t *testing.T) {
	all := tasks(t, []byte("a\nb\nc\n"), 2)
	for _, kind := range []string{"no threads", "no space"} {
		for _, workers := range []int{1, 3} {
			var log bytes.Buffer
			p := brokenPool(t, kind, Options{
				Processes: workers, Timeout: time.Minute,
				Log: slog.New(slog.NewTextHandler(&log, nil)),
			})
			within(t, time.Minute, "the tasks", func() {
				for i := range all {
					r, err := p.Do(t.Context(), all[i])
					if err != nil || r.Count.Lines != 1 {
						t.Errorf("%s: %+v, %v", kind, r, err)
					}
				}
			})
			p.Close()
			if !strings.Contains(log.String(), "this process does the work itself") ||
				!strings.Contains(log.String(), "ulimit -") {
				t.Errorf("%s: %s", kind, &log)
			}
		}
	}
}
