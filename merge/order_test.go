package merge

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// counting is a pool and a source of tasks of very different length. Task i is
// answered with i lines.
type counting struct {
	pool worker.Runner
	task worker.Task
}

var fourThreads = worker.Options{Mode: worker.Threads, Processes: 4}

const (
	shortLine = 16
	mostLines = 60_000
)

// newCounting is one on four threads.
func newCounting(t *testing.T) *counting {
	t.Helper()
	pool, err := worker.NewPool(countingJob(), fourThreads)
	if err != nil {
		t.Fatal(err)
	}
	return countingOn(t, pool)
}

func countingJob() worker.Job {
	return worker.Job{Rows: &rows.Spec{Dialect: rows.CSV, Each: true}}
}

func countingOn(t *testing.T, pool worker.Runner) *counting {
	t.Helper()
	path := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, []byte(strings.Repeat(strings.Repeat("x", shortLine-1)+"\n", mostLines)), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	src, err := split.OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	src.Close()
	at := split.Locator{Path: path, Identity: src.Locator().Identity}
	return &counting{pool, worker.Task{Name: path, Input: at, Rows: new(rows.Task)}}
}

func (c *counting) step(i, lines int) Step[int] {
	t := c.task
	t.Range.End = int64(lines * shortLine)
	return Step[int]{Task: &t, Note: i}
}

// linesOf is the answer to a task, 0 if there is none.
func linesOf(d Done[int]) uint64 {
	if d.Result.Rows == nil {
		return 0
	}
	return d.Result.Rows.Lines
}

// in fails the test if f takes longer than anything here should.
func in(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s hangs", what)
	}
}

// TestOrdered has tasks that overtake each other, notes between them, a slow
// producer now and a slow consumer then.
func TestOrdered(t *testing.T) {
	c := newCounting(t)
	for _, ahead := range []int{1, 2, 7} {
		const steps = 200
		random := rand.New(rand.NewPCG(uint64(ahead), 0))
		lines := make([]int, steps) // 0: no task
		for i := range lines {
			switch random.IntN(4) {
			case 0:
				lines[i] = 1 + random.IntN(mostLines)
			case 1, 2:
				lines[i] = 1 + random.IntN(3)
			}
		}
		var drawn, yielded atomic.Int64
		idle := 0
		seq := func(yield func(Step[int]) bool) {
			for i, n := range lines {
				// One step is with the consumer, ahead wait for it, and one is
				// being drawn here.
				if d := drawn.Add(1) - yielded.Load(); d > int64(ahead)+2 {
					t.Errorf("ahead %d: %d steps drawn that were not asked for", ahead, d)
				}
				if i%50 == 13 {
					time.Sleep(2 * time.Millisecond)
				}
				s := Step[int]{Note: i}
				if n > 0 {
					s = c.step(i, n)
				}
				if !yield(s) {
					return
				}
			}
		}
		next := 0
		in(t, "Ordered", func() {
			for d := range Ordered(context.Background(), c.pool, Order{Ahead: ahead, Idle: func() { idle++ }}, seq) {
				if d.Err != nil || d.Note != next || linesOf(d) != uint64(lines[next]) {
					t.Errorf("step %d of %d lines is %d with %d lines, %v", next, lines[next], d.Note, linesOf(d), d.Err)
				}
				next++
				if next%40 == 0 {
					time.Sleep(2 * time.Millisecond)
				}
				yielded.Add(1)
			}
		})
		if next != steps || idle == 0 {
			t.Errorf("ahead %d: %d of %d steps, idle %d times", ahead, next, steps, idle)
		}
	}
}

// TestOrderedBreak breaks off while the producer waits for input, and while it
// waits for room. The producer must have ended then.
func TestOrderedBreak(t *testing.T) {
	c := newCounting(t)
	for _, endless := range []bool{false, true} {
		input := make(chan struct{})
		ended := false
		seq := func(yield func(Step[int]) bool) {
			defer func() { ended = true }()
			for i := 0; ; i++ {
				if i == 5 && !endless {
					<-input
				}
				if !yield(c.step(i, 1)) {
					return
				}
			}
		}
		in(t, "break", func() {
			stop := func() { close(input) }
			for d := range Ordered(context.Background(), c.pool, Order{Ahead: 2, Stop: stop}, seq) {
				if d.Note == 4 {
					break
				}
			}
		})
		select {
		case <-input:
		default:
			t.Error("the producer was not stopped")
		}
		if !ended {
			t.Error("the producer goes on after break")
		}
	}
}

// TestOrderedKnown has results that are known, before and after one that is not.
func TestOrderedKnown(t *testing.T) {
	c := newCounting(t)
	for _, ahead := range []int{0, 3} {
		seq := func(yield func(Step[int]) bool) {
			for i := 1; i < 4; i++ {
				s := c.step(i, i)
				if i != 2 {
					s.Task.Input.Path = "" // it cannot be run
					s.Result = &worker.Result{Rows: &rows.Result{Lines: uint64(i)}}
				}
				if !yield(s) {
					return
				}
			}
		}
		next := 1
		stop := func() { t.Error("stopped at the end") }
		for d := range Ordered(context.Background(), c.pool, Order{Ahead: ahead, Stop: stop}, seq) {
			if d.Err != nil || d.Note != next || linesOf(d) != uint64(next) {
				t.Errorf("ahead %d: step %d is %d with %d lines, %v", ahead, next, d.Note, linesOf(d), d.Err)
			}
			next++
		}
		if next != 4 {
			t.Errorf("ahead %d: it ends before step %d", ahead, next)
		}
	}
}

func TestOrderedCancel(t *testing.T) {
	c := newCounting(t)
	cause := errors.New("the cause")
	blocked := make(chan struct{})
	stop := sync.OnceFunc(func() { close(blocked) })
	for name, seq := range map[string]iter.Seq[Step[int]]{
		"many steps": func(yield func(Step[int]) bool) {
			for i := 0; yield(c.step(i, 1000)); i++ {
			}
		},
		"no input": func(yield func(Step[int]) bool) {
			for i := range 4 {
				if !yield(c.step(i, 1)) {
					return
				}
			}
			<-blocked
		},
		"only notes": func(yield func(Step[int]) bool) {
			for i := 0; yield(Step[int]{Note: i}); i++ {
			}
		},
	} {
		ctx, cancel := context.WithCancelCause(context.Background())
		var last error
		in(t, name, func() {
			for d := range Ordered(ctx, c.pool, Order{Ahead: 3, Stop: stop}, seq) {
				last = d.Err
				if d.Note == 3 {
					cancel(cause)
				}
			}
		})
		if last != cause {
			t.Errorf("%s: the last error is %v", name, last)
		}
		cancel(nil)
	}
}

// TestOrderedError has a task in the middle that fails alone.
func TestOrderedError(t *testing.T) {
	c := newCounting(t)
	var got []bool
	seq := func(yield func(Step[int]) bool) {
		for i := range 5 {
			s := c.step(i, 2)
			if i == 2 {
				s.Task.Input.Path += "-missing"
			}
			if !yield(s) {
				return
			}
		}
	}
	for d := range Ordered(context.Background(), c.pool, Order{Ahead: 2}, seq) {
		var in *worker.InputError
		if d.Err != nil && !errors.As(d.Err, &in) {
			t.Error(d.Err)
		}
		got = append(got, d.Err == nil && linesOf(d) == 2)
	}
	if len(got) != 5 || !got[0] || !got[1] || got[2] || !got[3] || !got[4] {
		t.Errorf("results that are good: %v", got)
	}
}

// TestOrderedClosed has a pool that is closed under it.
func TestOrderedClosed(t *testing.T) {
	c := newCounting(t)
	seq := func(yield func(Step[int]) bool) {
		for i := 0; yield(c.step(i, 5)); i++ {
		}
	}
	in(t, "a closed pool", func() {
		for d := range Ordered(context.Background(), c.pool, Order{Ahead: 2}, seq) {
			if d.Note == 10 {
				c.pool.Close()
			}
			if d.Err != nil {
				break
			}
		}
	})
}

// TestOrderedInTurn draws each step when the one before has been taken, and
// stops where the consumer or the context does.
func TestOrderedInTurn(t *testing.T) {
	c := newCounting(t)
	reason := errors.New("enough")
	for _, test := range []struct{ breakAt, cancelAt, drawn, taken int }{
		{breakAt: -1, cancelAt: -1, drawn: 6, taken: 6},
		{breakAt: 2, cancelAt: -1, drawn: 3, taken: 3},
		{breakAt: -1, cancelAt: 4, drawn: 5, taken: 4},
	} {
		ctx, cancel := context.WithCancelCause(context.Background())
		gone := make(chan struct{})
		close(gone)
		drawn, taken := 0, 0
		var last error
		seq := func(yield func(Step[int]) bool) {
			for i := range 6 {
				s := c.step(i, i)
				switch i {
				case 0:
					s.Task = nil
				case 1:
					s.Void = gone
				}
				if drawn++; drawn != taken+1 {
					t.Errorf("step %d is drawn when %d were taken", i, taken)
				}
				if i == test.cancelAt {
					cancel(reason)
				}
				if !yield(s) {
					return
				}
			}
		}
		for d := range Ordered(ctx, c.pool, Order{Idle: func() { t.Error("idle") }}, seq) {
			if last = d.Err; last != nil {
				continue
			}
			lines := uint64(d.Note)
			if d.Note < 2 {
				lines = 0
			}
			if d.Note != taken || linesOf(d) != lines {
				t.Errorf("step %d is %d with %d lines", taken, d.Note, linesOf(d))
			}
			if taken++; d.Note == test.breakAt {
				break
			}
		}
		if drawn != test.drawn || taken != test.taken || (last == reason) != (test.cancelAt >= 0) {
			t.Errorf("%+v: drew %d, took %d, %v", test, drawn, taken, last)
		}
		cancel(nil)
	}
}
