package run_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/wc"
)

// left is what a run must not leave behind.
type left struct {
	goroutines, files, children int
	temporary                   []string
}

// leftNow counts what there is. Temporary files are those in dir, where TMPDIR is.
func leftNow(t *testing.T, dir string) (l left) {
	t.Helper()
	l.goroutines = runtime.NumGoroutine()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	l.files = len(files)
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks { // children are listed with the thread that started them
		children, _ := os.ReadFile("/proc/self/task/" + task.Name() + "/children")
		l.children += len(strings.Fields(string(children)))
	}
	temporary, err := filepath.Glob(filepath.Join(dir, "*linefork*"))
	if err != nil {
		t.Fatal(err)
	}
	l.temporary = temporary
	return l
}

// checkLeft fails if a run has left something behind. A goroutine that has said that
// it is done may take a moment to be gone.
func checkLeft(t *testing.T, before left, dir string) {
	t.Helper()
	var now left
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		now = leftNow(t, dir)
		if now.goroutines <= before.goroutines {
			break
		}
	}
	if now.goroutines > before.goroutines {
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines before, %d now:\n%s", before.goroutines, now.goroutines, stacks[:runtime.Stack(stacks, true)])
	}
	if now.files > before.files || now.children > before.children || len(now.temporary) > 0 {
		t.Errorf("before %+v, now %+v", before, now)
	}
}

var errClosed = errors.New("the reader is gone")

// closing is an output that fails after some bytes.
type closing struct{ left int }

func (c *closing) Write(b []byte) (int, error) {
	if c.left -= len(b); c.left < 0 {
		return 0, errClosed
	}
	return len(b), nil
}

// breaks are ways in which a run is broken off: the context ends it, or the output
// does, or enough is known.
var breaks = []string{"context", "output", "enough"}

// atTask is a log that does something when a task is logged for the nth time.
type atTask struct {
	slog.Handler
	n  int32
	at atomic.Int32
	do func()
}

func (a *atTask) Enabled(context.Context, slog.Level) bool { return true }

func (a *atTask) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "task" && a.at.Add(1) == a.n {
		a.do()
	}
	return nil
}

// broken runs an operation that is broken off, and returns its error.
func broken(t *testing.T, ctx context.Context, op, how string, o run.Options) error {
	var out output.Output = output.To(io.Discard)
	if how == "output" {
		out = output.To(&closing{left: 300 << 10})
	}
	csv := run.CSV{}
	switch op {
	case "count":
		_, err := run.Count(ctx, run.CountOptions{Options: o, Want: wc.Lines | wc.Words, Counted: func(run.Input, wc.Counts) error {
			if how != "context" {
				return errClosed
			}
			return nil
		}})
		return err
	case "records":
		_, err := run.CountRecords(ctx, run.CountOptions{Options: o, Counted: func(run.Input, wc.Counts) error {
			if how != "context" {
				return errClosed
			}
			return nil
		}}, csv)
		return err
	case "filter":
		f := run.FilterOptions{Options: o, CSV: csv, LineNumber: true, Out: out}
		if how == "enough" {
			f.Max = 1
		}
		_, err := run.Filter(ctx, f)
		return err
	default:
		g := run.GrepOptions{
			Options: o, Pattern: regex.Spec{Patterns: []byte("[0-9]")}, Out: out,
		}
		g.Format.LineNumber = true
		if how == "enough" {
			g.Quiet = true
		}
		_, err := run.Grep(ctx, g)
		return err
	}
}

// TestEnds breaks runs off in every mode, at every kind of input, and counts what is
// left behind.
func TestEnds(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	data := []byte(strings.Repeat("11865,2013-10-29,114.41628,30.84663\n", 100_000))
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	var archive bytes.Buffer
	w := gzip.NewWriter(&archive)
	w.Write(data)
	w.Close()
	packed := file + ".gz"
	if err := os.WriteFile(packed, archive.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	fifo := file + ".fifo"
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	small := filepath.Join(t.TempDir(), "small")
	for i := range 300 {
		if err := os.MkdirAll(small, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(small, strconv.Itoa(i)), data[:3600], 0o666); err != nil {
			t.Fatal(err)
		}
	}
	inputs := map[string]func(t *testing.T) (run.Options, func()){
		"file": func(*testing.T) (run.Options, func()) {
			return run.Options{Inputs: run.Paths(file, file, file)}, func() {}
		},
		"archive": func(*testing.T) (run.Options, func()) {
			return run.Options{Inputs: run.Paths(packed, packed), Decompress: true}, func() {}
		},
		// Its writer has written, and does not go on.
		"pipe": func(t *testing.T) (run.Options, func()) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			written := make(chan struct{})
			go func() { defer close(written); w.Write(data[:1<<20]) }()
			return run.Options{Inputs: []run.Input{{Name: "pipe", File: r}}}, func() {
				r.Close()
				<-written
				w.Close()
			}
		},
		// It has no writer.
		"fifo": func(t *testing.T) (run.Options, func()) {
			return run.Options{Inputs: run.Paths(file, fifo)}, func() {}
		},
		"folder": func(*testing.T) (run.Options, func()) {
			o := run.Options{Inputs: run.Paths(small, file)}
			o.Find.Directories = run.Recurse
			return o, func() {}
		},
	}
	for _, mode := range []worker.Mode{worker.Processes, worker.Threads, worker.Serial} {
		for name, open := range inputs {
			for _, op := range []string{"count", "records", "filter", "grep"} {
				for _, how := range breaks {
					if how != "context" && name == "fifo" && (op == "count" || op == "records") {
						continue // the first file is enough
					}
					t.Run(fmt.Sprintf("%s/%s/%s/%s", mode, name, op, how), func(t *testing.T) {
						before := leftNow(t, dir)
						o, done := open(t)
						o.Mode, o.Processes, o.RangeSize = mode, 3, 64<<10
						ctx, cancel := context.WithCancelCause(context.Background())
						if how == "context" {
							o.Log = slog.New(&atTask{n: 3, do: func() { cancel(errClosed) }})
							if op == "count" && name == "archive" { // without tasks
								o.Started = func(run.Start) { cancel(errClosed) }
							}
							// A pipe or a FIFO that gives nothing more makes no progress, either.
							time.AfterFunc(100*time.Millisecond, func() { cancel(errClosed) })
						} else if name == "pipe" && (op == "count" || op == "records") {
							// Nothing is known of it before its end.
							time.AfterFunc(50*time.Millisecond, func() { cancel(errClosed) })
						}
						err := broken(t, ctx, op, how, o)
						cancel(nil)
						done()
						if how != "enough" || op == "count" || op == "records" {
							if !errors.Is(err, errClosed) {
								t.Errorf("it ended with %v", err)
							}
						} else if err != nil {
							t.Error(err)
						}
						checkLeft(t, before, dir)
					})
				}
			}
		}
	}
}
