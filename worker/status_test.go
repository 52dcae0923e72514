package worker

import (
	"bytes"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// A worker that is silent is noticed within the timeout, however long its range is.
func TestSilenceInLongRange(t *testing.T) {
	task := *tasks(t, []byte("a\n"), 100)[0]
	task.Range = split.Range{End: 1 << 40}
	p := brokenPool(t, "silent", Options{Processes: 1, Timeout: time.Second})
	within(t, time.Minute, "a silent worker", func() {
		if _, err := p.Do(t.Context(), &task); !errors.Is(err, errDeadline) {
			t.Errorf("%v, want %v", err, errDeadline)
		}
	})
}

// All bytes of all tasks are scanned once, in every mode, and what a worker scanned that broke is
// taken back.
func TestStatus(t *testing.T) {
	content := bytes.Repeat([]byte("some line\n"), 100_000)
	for _, mode := range []Mode{Processes, Threads, Serial} {
		var scanned atomic.Int64
		p := newPool(t, countLines(), Options{Mode: mode, Processes: 2})
		all := tasks(t, content, 300_000)
		for _, task := range all {
			task.Scanned = &scanned
			if _, err := p.Do(t.Context(), task); err != nil {
				t.Fatal(err)
			}
		}
		p.Close()
		var sum Status
		for _, s := range p.Status() {
			sum.Bytes += s.Bytes
			sum.Hits += s.Hits
			sum.Tasks += s.Tasks
			sum.Broken += s.Broken
			sum.Busy += s.Busy
			sum.CPU += s.CPU
			if s.Input != "" {
				t.Errorf("%s: at %q after its end", mode, s.Input)
			}
		}
		size := int64(len(content))
		if sum.Bytes != size || scanned.Load() != size || sum.Hits != 100_000 ||
			sum.Tasks != len(all) || sum.Broken != 0 || sum.Busy <= 0 {
			t.Errorf("%s: %+v, %d scanned, want %d bytes", mode, sum, scanned.Load(), size)
		}
		if (sum.CPU > 0) != (mode == Processes) {
			t.Errorf("%s: %v of children", mode, sum.CPU)
		}
	}

	var scanned atomic.Int64
	task := tasks(t, content, int64(len(content)))[0]
	task.Scanned = &scanned
	p := brokenPool(t, "gains", Options{Processes: 1})
	if _, err := p.Do(t.Context(), task); err == nil {
		t.Fatal("a broken child gave a result")
	}
	if s := p.Status()[0]; s.Broken != 1 || s.Bytes != 0 || s.Tasks != 0 || scanned.Load() != 0 {
		t.Errorf("%+v, %d scanned", s, scanned.Load())
	}
}

// A task says how far it has come before it ends.
func TestMoves(t *testing.T) {
	for _, mode := range []Mode{Processes, Threads} {
		content := bytes.Repeat([]byte("some more and lines there, e\n"), 1<<20)
		task := tasks(t, content, int64(len(content)))[0]
		task.Rows, task.Grep = nil, new(grep.Task)
		slow := regex.Spec{Patterns: []byte(`\(.\).*\1.*\1$`)}
		p := newPool(t, Job{Grep: &grep.Spec{Pattern: slow, Count: true}},
			Options{Mode: mode, Processes: 1})
		q, err := p.Submit(t.Context(), task)
		if err != nil {
			t.Fatal(err)
		}
		seen := false
		for !q.Ready() {
			s := p.Status()[0]
			seen = seen || s.Input == task.Name && 0 < s.At && s.At < task.Range.End && s.Hits > 0
			time.Sleep(time.Millisecond)
		}
		if !seen {
			t.Errorf("%s: nothing was said of %d bytes before their end", mode, len(content))
		}
	}
}

// A task that was given up is named: a range by its bytes, a batch by its first file.
func TestWorkerErrorNames(t *testing.T) {
	for want, task := range map[string]*Task{
		"a: bytes [3, 7): gave up after 2 attempts: why": {
			Name: "a", Range: split.Range{Start: 3, End: 7},
		},
		"a: one of 3 files from here on: gave up after 2 attempts: why": {
			Name: "a", Batch: &Batch{Files: []folder.Place{
				folder.Named("a"), folder.Named("b"), folder.Named("c"),
			}},
		},
	} {
		if got := (&WorkerError{task, 2, errors.New("why")}).Error(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
