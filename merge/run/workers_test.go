package run_test

import (
	"context"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// meeting is a log that holds a worker with a task until another one has a task, too.
type meeting struct {
	slog.Handler // nil: nothing else is called
	mu           sync.Mutex
	names        map[string]bool
	met          context.Context // done when two have met, or it took too long
	meet         context.CancelFunc
}

func (*meeting) Enabled(context.Context, slog.Level) bool { return true }

func (m *meeting) Handle(_ context.Context, r slog.Record) error {
	if r.Message != "task" {
		return nil
	}
	m.mu.Lock()
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "worker" {
			m.names[a.Value.String()] = true
		}
		return true
	})
	enough := len(m.names) == 2
	m.mu.Unlock()
	if !enough {
		select {
		case <-m.met.Done():
		case <-time.After(10 * time.Second):
		}
	}
	m.meet()
	return nil
}

// TestWorkers expects as many workers as there were processors when the run began, whatever Started
// leaves to the coordinator.
func TestWorkers(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	for _, mode := range []worker.Mode{worker.Threads, worker.Processes} {
		t.Run(string(mode), func(t *testing.T) {
			runtime.GOMAXPROCS(2)
			m := &meeting{names: make(map[string]bool)}
			m.met, m.meet = context.WithCancel(context.Background())
			defer m.meet()
			o, _ := save(t, strings.Repeat("a line\n", 4<<10))
			o.Mode, o.RangeSize, o.Log = mode, 1<<10, slog.New(m)
			o.Started = func(run.Start) { runtime.GOMAXPROCS(1) }
			n, err := run.Count(context.Background(), run.CountOptions{Options: o})
			if err != nil || n.Lines != 4<<10 {
				t.Fatal(n, err)
			}
			if len(m.names) != 2 {
				t.Errorf("%d workers had tasks, want 2", len(m.names))
			}
		})
	}
}
