package worker

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/rows"
)

// A goroutine that works on a long range ends soon when its pool is closed.
func TestCloseEndsLongTask(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("files with holes may cost disk space")
	}
	path := filepath.Join(t.TempDir(), "hole")
	const size = 1 << 38 // at least half a minute
	if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, size)); err != nil {
		t.Skip(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	pattern := regex.Spec{Patterns: []byte("a.*b")}
	for name, x := range map[string]struct {
		job  Job
		rows *rows.Task
		grep *grep.Task
	}{
		"count": {job: countLines()},
		"key":   {job: selecting(rows.Spec{Where: in("k")}), rows: &rows.Task{Columns: []int{1}}},
		"keys":  {job: selecting(rows.Spec{Where: in("k", "l"), Each: true}), rows: &rows.Task{Columns: []int{1}}},
		"rows":  {job: selecting(rows.Spec{}), rows: new(rows.Task)},
		"tally": {job: selecting(rows.Spec{Tally: true}), rows: &rows.Task{Columns: []int{1}}},
		"lines": {
			job:  selecting(rows.Spec{Where: in("k")}),
			rows: &rows.Task{Columns: []int{1}, Start: rows.Lines},
		},
		"grep": {job: Job{Grep: &grep.Spec{Pattern: pattern, Count: true}}, grep: new(grep.Task)},
	} {
		p := newPool(t, x.job, Options{Mode: Threads, Processes: 2})
		q, err := p.Submit(t.Context(), &Task{
			Name: name, Input: split.Locator{Path: path, Identity: split.Identify(info)},
			Range: split.Range{End: size}, Rows: x.rows, Grep: x.grep,
		})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Millisecond)
		within(t, 5*time.Second, name+": Close", p.Close)
		if _, err := q.Wait(t.Context()); err == nil {
			t.Errorf("%s: a result from a closed pool", name)
		}
	}
}

func selecting(s rows.Spec) Job {
	s.Dialect = rows.CSV
	return Job{Rows: &s}
}

// Nothing that a Runner started is left after Close.
func TestCloseLeavesNothing(t *testing.T) {
	all := tasks(t, []byte("a\nb\nc\n"), 2)
	o := Options{Processes: 3, Retries: 1, Timeout: time.Minute}
	for name, start := range map[string]func() Runner{
		"processes": func() Runner { o.Mode = Processes; return newPool(t, countLines(), o) },
		"threads":   func() Runner { o.Mode = Threads; return newPool(t, countLines(), o) },
		"broken":    func() Runner { return brokenPool(t, "chatty", o) },
		"direct":    func() Runner { return newDirect(t, countLines()) },
	} {
		r := start()
		for _, task := range all {
			_, _ = r.Submit(t.Context(), task)
		}
		r.Close()
		// A goroutine that has signalled its end may still exist for a moment.
		deadline := time.Now().Add(time.Second)
		for left := ours(); left != ""; left = ours() {
			if time.Now().After(deadline) {
				t.Errorf("%s: left behind:\n%s", name, left)
				break
			}
			time.Sleep(time.Millisecond)
		}
	}
}

var notOurs = regexp.MustCompile(`testing\.|os/signal|runtime\.`)

// ours returns the stacks of all goroutines that do not belong to the test.
func ours() string {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	var left []string
	for _, stack := range strings.Split(string(stacks), "\n\n") {
		if !notOurs.MatchString(stack) {
			left = append(left, stack)
		}
	}
	return strings.Join(left, "\n\n")
}

// Starting is called once, just before the first child is started.
func TestStarting(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	var calls, before atomic.Int32
	for _, mode := range []Mode{Threads, Processes} {
		calls.Store(0)
		p := newPool(t, countLines(), Options{Mode: mode, Processes: 2, Starting: func() {
			calls.Add(1)
			before.Store(int32(len(children(t))))
		}})
		if calls.Load() != 0 {
			t.Errorf("%s: called before there was a task", mode)
		}
		for range 4 {
			if _, err := p.Do(t.Context(), task); err != nil {
				t.Fatal(err)
			}
		}
		p.Close()
		want := int32(0)
		if mode == Processes {
			want = 1
		}
		if calls.Load() != want || before.Load() != 0 {
			t.Errorf("%s: %d calls, with %d children", mode, calls.Load(), before.Load())
		}
	}
}
