package worker

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/wire"
)

func countLines() Job { return Job{Count: &Count{Want: wc.Lines}} }

// tasks writes data to a file and cuts it into tasks.
func tasks(t testing.TB, data []byte, size int64) (all []*Task) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	src, err := split.OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	for r, err := range src.Ranges(0, split.Fixed(size), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, &Task{
			Name: "input", Input: split.Locator{Path: path, Identity: src.Locator().Identity},
			Range: r, Rows: &rows.Task{Columns: []int{1}},
		})
	}
	return all
}

func newPool(t testing.TB, job Job, o Options) *Pool {
	t.Helper()
	p, err := NewPool(job, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func newDirect(t testing.TB, job Job) *Direct {
	t.Helper()
	d, err := NewDirect(job, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

// brokenPool returns a pool whose children are broken; see broken. A child is named as this process
// is when the pool is made.
func brokenPool(t testing.TB, kind string, o Options) *Pool {
	t.Helper()
	arg0.Lock()
	defer arg0.Unlock()
	defer func(name string) { os.Args[0] = name }(os.Args[0])
	os.Args[0] = "broken:" + kind
	o.Mode = Processes
	return newPool(t, countLines(), o)
}

var arg0 sync.Mutex

// within fails the test if f does not return in time. It then kills all children, so that other
// tests can go on.
func within(t testing.TB, most time.Duration, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(most):
		for _, pid := range children(t) {
			if p, err := os.FindProcess(pid); err == nil {
				_ = p.Kill()
			}
		}
		select {
		case <-done:
		case <-time.After(most):
		}
		t.Fatalf("%s takes longer than %v", what, most)
	}
}

// children returns the running processes that this one started.
func children(t testing.TB) (pids []int) {
	if runtime.GOOS != "linux" {
		return nil
	}
	lists, _ := filepath.Glob("/proc/self/task/*/children")
	for _, list := range lists {
		b, _ := os.ReadFile(list) // the thread may be gone
		for _, s := range strings.Fields(string(b)) {
			pid, err := strconv.Atoi(s)
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
	}
	return pids
}

// in is the condition that the value is one of keys.
func in(keys ...string) []rows.Condition {
	return []rows.Condition{{In: rows.NewKeys(keys...)}}
}

func TestModesAgree(t *testing.T) {
	numbers := &rows.Keys{}
	for _, key := range []string{"1.0", "7"} {
		if !numbers.AddNumber([]byte(key)) {
			t.Fatal(key)
		}
	}
	text := strings.Repeat("1,a b\n2,\"c\nd\"\n\n1,é\n", 300) + "1,end"
	jobs := map[string]Job{
		"count": {Count: &Count{Want: wc.Lines | wc.Words | wc.Chars | wc.MaxWidth, Locale: locale.UTF8}},
		"rows":  {Rows: &rows.Spec{Where: in("1"), Dialect: rows.CSV, Spans: true, Each: true}},
		"numeric": {Rows: &rows.Spec{
			Where: []rows.Condition{{In: numbers, Numeric: true}}, Dialect: rows.CSV,
			Spans: true, Invert: true,
		}},
	}
	for name, job := range jobs {
		var want []Result
		for _, p := range []Runner{
			newPool(t, job, Options{Mode: Serial}),
			newDirect(t, job),
			newPool(t, job, Options{Mode: Threads, Processes: 3}),
			newPool(t, job, Options{Mode: Processes, Processes: 1}),
			newPool(t, job, Options{Mode: Processes, Processes: 3}),
		} {
			all := tasks(t, []byte(text), 100)
			results := make([]Result, len(all))
			var wg sync.WaitGroup
			for i := range all {
				q, err := p.Submit(t.Context(), all[i])
				if err != nil {
					t.Fatal(err)
				}
				wg.Go(func() {
					var err error
					if results[i], err = q.Wait(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			p.Close()
			if want == nil {
				want = results
			}
			for i := range results {
				// An empty list may arrive as nil; both are encoded alike.
				got := wire.AppendFrame(nil, kindResult, &results[i])
				want := wire.AppendFrame(nil, kindResult, &want[i])
				if !bytes.Equal(got, want) {
					t.Errorf("%s, %T: task %d gave %q, want %q", name, p, i, got, want)
				}
			}
		}
	}
}

func TestBrokenChild(t *testing.T) {
	task := tasks(t, []byte("a\nb\n"), 100)[0]
	for kind, why := range map[string]string{
		"exit":             "exit status 3",
		"exit early":       "exit status 3",
		"success":          "",
		"panic":            "on purpose",
		"garbage":          "",
		"huge":             wire.ErrProtocol.Error(),
		"unknown":          wire.ErrProtocol.Error(),
		"empty":            wire.ErrProtocol.Error(),
		"half":             "",
		"mistaken":         "an answer to task",
		"mistaken failure": "an answer to task",
		"stranger":         "speaks version",
		"chatty":           "the end",
		"closed":           "",
		"silent":           errDeadline.Error(),
		"deaf":             errDeadline.Error(),
		"stubborn":         errDeadline.Error(),
		"still":            errDeadline.Error(),
		"gains":            "exit status 3",
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			p := brokenPool(t, kind, Options{
				Processes: 1, Retries: 1, Timeout: 2 * time.Second,
				Log: slog.New(slog.NewTextHandler(&log, nil)),
			})
			var err error
			within(t, time.Minute, "a task", func() { _, err = p.Do(t.Context(), task) })
			var broken *WorkerError
			if !errors.As(err, &broken) {
				t.Fatalf("%v, want a *WorkerError", err)
			}
			if broken.Attempts != 2 || broken.Task != task {
				t.Errorf("%d attempts at %+v", broken.Attempts, broken.Task)
			}
			text := err.Error()
			if !strings.HasPrefix(text, "input: bytes [0, 4): gave up after 2 attempts: ") ||
				!strings.Contains(text, why) {
				t.Errorf("%s, want %q in it", text, why)
			}
			if kind != "chatty" && kind != "panic" &&
				!strings.Contains(text, "this child is broken: "+kind) {
				t.Errorf("the error lacks what the child wrote: %s", text)
			}
			if len(text) > 5000 {
				t.Errorf("an error of %d bytes", len(text))
			}
			p.Close()
			if n := strings.Count(log.String(), "level=WARN"); n != 1 {
				t.Errorf("%d warnings, want 1: %s", n, log.String())
			}
		})
	}
}

// A worker whose first child broke continues with a good one.
func TestRecovery(t *testing.T) {
	all := tasks(t, []byte("a\nb\nc\n"), 2)
	good := newPool(t, countLines(), Options{Mode: Processes, Processes: 1}).command
	d := brokenPool(t, "exit", Options{Processes: 1}).worker(busy())
	defer d.stop()
	if _, err := d.do(t.Context(), all[0]); err == nil {
		t.Fatal("a broken child gave a result")
	}
	d.(*process).command = good
	for i := range all {
		r, err := d.do(t.Context(), all[i])
		if err != nil || r.Count.Lines != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
}

// An input that cannot be read is not tried again, breaks no worker, and gives the same error
// wherever the task ran.
func TestInputError(t *testing.T) {
	good := tasks(t, []byte("a\n"), 100)[0]
	good.Rows = nil
	missing, replaced := *good, *good
	missing.Input.Path += ".missing"
	replaced.Input.Inode++
	truncated := *tasks(t, bytes.Repeat([]byte("a\n"), 1<<16), 1<<20)[0]
	truncated.Rows = nil
	if err := os.Truncate(truncated.Input.Path, 100); err != nil {
		t.Fatal(err)
	}
	dir := *good
	dir.Input.Path = t.TempDir()
	info, err := os.Stat(dir.Input.Path)
	if err != nil {
		t.Fatal(err)
	}
	dir.Input.Identity = split.Identify(info)
	for _, x := range []struct {
		name string
		job  Job
		task *Task
		want error
	}{
		{"missing", countLines(), &missing, fs.ErrNotExist},
		{"replaced", countLines(), &replaced, split.ErrReplaced},
		{"truncated", countLines(), &truncated, split.ErrTruncated},
		{"directory", countLines(), &dir, syscall.EISDIR},
	} {
		if runtime.GOOS == "windows" && (x.want == syscall.EISDIR || x.want == split.ErrReplaced) {
			continue // neither is known there
		}
		texts := make(map[string]bool)
		for _, mode := range []Mode{"direct", Serial, Threads, Processes} {
			var log bytes.Buffer
			logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{
				Level: slog.LevelWarn,
			}))
			var r Runner
			if mode == "direct" {
				r = newDirect(t, x.job)
			} else {
				r = newPool(t, x.job, Options{Mode: mode, Processes: 1, Retries: 3, Log: logger})
			}
			_, err := r.Do(t.Context(), x.task)
			var input *InputError
			if !errors.As(err, &input) || input.Name != "input" || !errors.Is(err, x.want) {
				t.Fatalf("%s, %s: %v, want an *InputError that is %v", x.name, mode, err, x.want)
			}
			texts[err.Error()] = true
			if x.job.Count != nil {
				if r, err := r.Do(t.Context(), good); err != nil || r.Count.Lines != 1 {
					t.Errorf("%s, %s: %+v, %v", x.name, mode, r, err)
				}
			}
			r.Close()
			if log.Len() > 0 {
				t.Errorf("%s, %s: %s", x.name, mode, log.String())
			}
		}
		if len(texts) != 1 {
			t.Errorf("%s: texts %v", x.name, texts)
		}
	}
}

func TestCloseWhileTasksRun(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	for _, kind := range []string{"silent", "deaf", "stubborn"} {
		p := brokenPool(t, kind, Options{Processes: 3})
		before := len(children(t))
		var pending []*Pending
		for range 3 {
			q, err := p.Submit(t.Context(), task)
			if err != nil {
				t.Fatal(err)
			}
			pending = append(pending, q)
		}
		if runtime.GOOS == "linux" {
			for len(children(t)) < before+3 {
				time.Sleep(time.Millisecond)
			}
		}
		within(t, 10*time.Second, "Close", p.Close)
		for _, q := range pending {
			within(t, 10*time.Second, "Wait", func() {
				if _, err := q.Wait(t.Context()); err == nil {
					t.Error("a result from a closed pool")
				}
			})
		}
		if left := children(t); len(left) > before {
			t.Errorf("%s: children %v are still there", kind, left)
		}
		if _, err := p.Submit(t.Context(), task); err == nil {
			t.Error("a closed pool took a task")
		}
		p.Close() // again
	}
}

func TestCloseUnused(t *testing.T) {
	for _, mode := range []Mode{Serial, Threads, Processes} {
		p := newPool(t, countLines(), Options{Mode: mode, Processes: 4})
		within(t, 10*time.Second, "Close", p.Close)
	}
}

func TestContext(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	p := brokenPool(t, "silent", Options{Processes: 1})
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	q, err := p.Submit(ctx, task)
	if err != nil {
		t.Fatal(err)
	}
	if q.Ready() {
		t.Error("a silent child's task is ready")
	}
	time.AfterFunc(50*time.Millisecond, func() { cancel(reason) })
	within(t, 10*time.Second, "Wait", func() {
		if _, err := q.Wait(ctx); err != reason {
			t.Errorf("Wait: %v", err)
		}
	})
	// The only worker is busy forever.
	if _, err := p.Submit(ctx, task); err != reason {
		t.Errorf("Submit: %v", err)
	}
	if _, err := p.Do(ctx, task); err != reason {
		t.Errorf("Do: %v", err)
	}
}

// A Direct has run a task when Submit returns.
func TestDirectIsReady(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	p := newDirect(t, countLines())
	q, err := p.Submit(t.Context(), task)
	if err != nil || !q.Ready() {
		t.Fatalf("%v, ready: %v", err, q.Ready())
	}
	reason := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(reason)
	if q, err := p.Submit(ctx, task); err != reason {
		t.Errorf("Submit: %v, %v", q, err)
	}
	if _, err := p.Do(ctx, task); err != reason {
		t.Errorf("Do: %v", err)
	}
	engine := p.engine
	p.Close()
	if engine.file != nil {
		t.Error("the file stays open")
	}
	if q, err := p.Submit(t.Context(), task); err != context.Canceled {
		t.Errorf("Submit after Close: %v, %v", q, err)
	}
}

// busy is the meter of a worker that has a task.
func busy() *meter {
	m := &meter{s: Status{Name: "worker-1"}}
	m.begin(new(Task))
	return m
}

// lone returns a worker with a silent child, outside of a pool.
func lone(t *testing.T, timeout time.Duration) *process {
	p := brokenPool(t, "silent", Options{Processes: 1, Timeout: timeout})
	d := p.worker(busy()).(*process)
	return d
}

// A run that ends while a child is being started ends that child, too.
func TestContextEndsBeforeStart(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	d := lone(t, 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	within(t, 5*time.Second, "a task without a context", func() {
		if _, err := d.do(ctx, task); !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	})
	d.stop()
}

// A deadline that passes while a child is being started ends that child.
func TestDeadlineBeforeStart(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	d := lone(t, 1)
	within(t, 5*time.Second, "a task without time", func() {
		if _, err := d.do(t.Context(), task); !errors.Is(err, errDeadline) {
			t.Errorf("%v", err)
		}
	})
	d.stop()
}

func TestNewPoolRefuses(t *testing.T) {
	lfDelimiter := rows.Dialect{Delimiter: '\n', Quote: '"'}
	notANumber := []rows.Condition{{In: rows.NewKeys("x"), Numeric: true}}
	for _, test := range []struct {
		job Job
		o   Options
	}{
		{countLines(), Options{Mode: Processes}},
		{countLines(), Options{Mode: Threads, Processes: -1}},
		{Job{Rows: &rows.Spec{Where: in("1"), Dialect: lfDelimiter}}, Options{Mode: Serial}},
		{
			Job{Rows: &rows.Spec{Where: notANumber, Dialect: rows.CSV}},
			Options{Mode: Threads, Processes: 1},
		},
		{Job{}, Options{Mode: Threads, Processes: 1}},
	} {
		if p, err := NewPool(test.job, test.o); err == nil {
			p.Close()
			t.Errorf("%+v, %+v: no error", test.job, test.o)
		}
	}
}

// A child that cannot be started is a broken worker.
func TestNoExecutable(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	p := newPool(t, countLines(), Options{Mode: Processes, Processes: 1})
	d := p.worker(busy()).(*process)
	d.command = []string{filepath.Join(t.TempDir(), "missing"), "linefork"}
	for range 2 {
		if _, err := d.do(t.Context(), task); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v", err)
		}
	}
	if err := d.stop(); err != nil {
		t.Error(err)
	}
}

// A message may be sent by several goroutines at once: sending only reads it.
func TestEncodeOnlyReads(t *testing.T) {
	job := countLines()
	task := Task{
		Name: "input", Input: split.Locator{Path: "path"}, Rows: &rows.Task{Columns: []int{1}},
	}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			wire.AppendFrame(nil, kindJob, &job)
			wire.AppendFrame(nil, kindTask, &task)
		})
	}
	wg.Wait() // the race detector is the test
}

// noFiles is a source of tasks that brings no files.
type noFiles struct{ io.Reader }

func (noFiles) take() (*os.File, error) { return nil, errors.New("there are none") }

// A child answers its tasks, and exits when its pipe closes.
func TestServe(t *testing.T) {
	all := tasks(t, []byte("a\nb\nc\n"), 2)
	lines := countLines()
	in := wire.AppendFrame(wire.AppendHeader(nil), kindJob, &lines)
	for i := range all {
		in = wire.AppendFrame(in, kindTask, &numbered[*Task]{uint64(i + 7), all[i]})
	}
	var out bytes.Buffer
	if err := serve(noFiles{bytes.NewReader(in)}, &out); err != nil {
		t.Fatal(err)
	}
	answers := wire.NewReader(&out)
	for i := range all {
		k, payload, err := answers.Next()
		var r Result
		if err != nil || k != kindResult || decodeAnswer(payload, uint64(i+7), &r) != nil || r.Count.Lines != 1 {
			t.Fatalf("%q, %+v, %v", k, r, err)
		}
	}
	if _, _, err := answers.Next(); err != io.EOF {
		t.Errorf("%v after the last answer", err)
	}
}

func TestServeRefuses(t *testing.T) {
	lines := countLines()
	job := wire.AppendFrame(wire.AppendHeader(nil), kindJob, &lines)
	start := wire.AppendHeader(nil)
	start = start[:len(start):len(start)]
	other := bytes.Clone(start)
	other[len(other)-2]++
	bad := Job{Rows: &rows.Spec{Where: in("x"), Dialect: rows.Dialect{Delimiter: '\n', Quote: '"'}}}
	for name, in := range map[string][]byte{
		"half a job":        job[:len(job)-1],
		"a job alone":       job[len(start):],
		"another version":   bytes.Replace(job, start, other, 1),
		"a task before":     wire.AppendFrame(start, kindTask, new(Task)),
		"a job that is bad": wire.AppendFrame(start, kindJob, &bad),
		"an empty job":      wire.AppendFrame(start, kindJob, empty{}),
		"two jobs":          wire.AppendFrame(bytes.Clone(job), kindJob, &lines),
		"an empty task":     wire.AppendFrame(bytes.Clone(job), kindTask, empty{}),
		"half a task":       append(bytes.Clone(job), 9, 0, 0, 0, 'T', 1),
	} {
		err := serve(noFiles{bytes.NewReader(in)}, new(bytes.Buffer))
		if err == nil || strings.Contains(err.Error(), "%!") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := serve(noFiles{new(bytes.Buffer)}, new(bytes.Buffer)); err != nil {
		t.Errorf("nothing at all: %v", err)
	}
}

// BenchmarkRoundTrip sends a task without work to a real child.
func BenchmarkRoundTrip(b *testing.B) {
	task := tasks(b, []byte("a\n"), 100)[0]
	task.Range.End = task.Range.Start
	benchmarkTask(b, task)
}

// Benchmark16MiB sends a range of the usual size to a real child.
func Benchmark16MiB(b *testing.B) {
	const row = "11865,2013-10-22 08:45:13,114.97201,30.75123,45,359,1\n"
	data := bytes.Repeat([]byte(row), 16<<20/len(row))
	benchmarkTask(b, tasks(b, data, 1<<30)[0])
}

func benchmarkTask(b *testing.B, task *Task) {
	p := newPool(b, countLines(), Options{Mode: Processes, Processes: 1})
	if _, err := p.Do(b.Context(), task); err != nil { // starts the child
		b.Fatal(err)
	}
	b.SetBytes(task.Range.Len())
	for b.Loop() {
		if _, err := p.Do(b.Context(), task); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStart measures the life of a child: its start, its first answer, and its end.
func BenchmarkStart(b *testing.B) {
	task := tasks(b, []byte("a\n"), 100)[0]
	p := newPool(b, countLines(), Options{Mode: Processes, Processes: 1})
	var answered time.Duration
	for b.Loop() {
		d := p.worker(busy())
		begin := time.Now()
		if _, err := d.do(b.Context(), task); err != nil {
			b.Fatal(err)
		}
		answered += time.Since(begin)
		d.stop()
	}
	b.ReportMetric(float64(answered.Microseconds())/float64(b.N), "µs/first-answer")
}

// A worker that could not be started takes tasks again when it can be.
func TestRest(t *testing.T) {
	task := tasks(t, []byte("a\n"), 100)[0]
	p := &Pool{options: Options{Mode: Processes, Processes: 2, Retries: 100, Log: orDiscard(nil)}}
	job := countLines()
	if err := p.prepare(&job); err != nil {
		t.Fatal(err)
	}
	program := p.command[0]
	p.command[0] = filepath.Join(t.TempDir(), "program") // which is not there yet
	p.start()
	t.Cleanup(p.Close)
	first, err := p.Submit(t.Context(), task)
	if err != nil {
		t.Fatal(err)
	}
	for p.alive.Load() == 2 { // until one of them rests
		time.Sleep(time.Millisecond)
	}
	if target, err := os.Readlink(program); err == nil { // of /proc
		program = target
	}
	if err := os.Symlink(program, p.command[0]); err != nil {
		t.Fatal(err)
	}
	within(t, time.Minute, "a task", func() {
		if _, err := first.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		for s := p.Status(); s[0].Tasks == 0 || s[1].Tasks == 0; s = p.Status() {
			if _, err := p.Do(t.Context(), task); err != nil {
				t.Error(err)
				return
			}
		}
	})
}
