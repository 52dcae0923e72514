package worker

import (
	"context"
	"errors"
	"sync/atomic"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/window"
)

// compiledJob is a Job that engines can run, shared by the engines of one process.
type compiledJob struct {
	count *Count
	rows  *rows.Matcher
	grep  *grep.Matcher
}

func compile(j Job) (c *compiledJob, err error) {
	c = &compiledJob{count: j.Count}
	switch {
	case j.Rows != nil:
		c.rows, err = rows.Compile(*j.Rows)
	case j.Grep != nil:
		c.grep, err = grep.Compile(j.Grep)
	case j.Count == nil:
		err = errors.New("a job without work")
	}
	return c, err
}

// engine runs tasks one after the other. It is the same in a child process and on a goroutine.
type engine struct {
	job  *compiledJob
	rows *rows.Scanner
	grep *grep.Scanner
	stop *atomic.Bool // set when tasks are to end early; nil if they never do

	// moved, if not nil, is called with how far the current task has come, and what it has found.
	moved   func(rangeOffset, hits int64)
	told    int         // the last of these offsets
	counter *wc.Counter // of the current task

	// The file of the last task; usually the next task reads the same.
	file *window.File
	at   split.Locator

	// For the files of a batch.
	buf     []byte
	folders folder.Opener
}

func newEngine(job *compiledJob, stop *atomic.Bool) *engine {
	e := &engine{job: job, stop: stop}
	e.renew()
	return e
}

// renew makes new scanners: one that was broken off is of no more use.
func (e *engine) renew() {
	if e.job.rows != nil {
		e.rows = e.job.rows.Scanner()
	}
	if e.job.grep != nil {
		e.grep = e.job.grep.Scanner()
	}
}

// stopped is the panic value that ends a task early.
type stopped struct{}

// checkStop is called where a task can end early.
func (e *engine) checkStop() {
	if e.stop != nil && e.stop.Load() {
		panic(stopped{})
	}
}

// tellStep is how many bytes a task moves on before that is told: a small part of a second even of
// slow work, and so much that fast work does not notice.
const tellStep = 128 << 10

// tell says how far the current task has come. It is cheap to call often.
func (e *engine) tell(rangeOffset int) {
	if e.moved != nil && rangeOffset-e.told >= tellStep {
		e.told = rangeOffset
		e.moved(int64(rangeOffset), e.hits())
	}
}

// hits is what the current task has found so far: see Status.Hits.
func (e *engine) hits() int64 {
	switch {
	case e.rows != nil:
		return int64(e.rows.Found())
	case e.grep != nil:
		return int64(e.grep.Found())
	case e.counter != nil:
		return e.counter.Counts().Lines
	}
	return 0
}

// do runs a task. The error is an *InputError, or context.Canceled if the task was stopped; then
// the engine may only be closed.
func (e *engine) do(t *Task) (res Result, err error) {
	if e.stop != nil {
		defer func() {
			switch r := recover(); r.(type) {
			case nil:
			case stopped:
				res, err = Result{}, context.Canceled
			default:
				panic(r)
			}
		}()
	}
	if t.Batch != nil {
		return Result{Batch: e.batch(t)}, nil
	}
	w, err := e.open(t)
	if err != nil {
		return Result{}, &InputError{Name: t.Name, Err: err}
	}
	defer w.Close()
	if fault := w.Catch(func() { res, err = e.scan(t, w) }); fault != nil {
		e.renew()
		err = fault
	}
	if err != nil {
		return Result{}, &InputError{Name: t.Name, Err: err}
	}
	return res, nil
}

func (e *engine) scan(t *Task, w *window.Window) (Result, error) {
	e.told = 0
	release := func(rangeOffset int) {
		e.checkStop()
		e.tell(rangeOffset)
		w.Release(rangeOffset)
	}
	switch {
	case e.rows != nil:
		task := *t.Rows
		task.FileStart, task.Release = t.Range.Start == 0, release
		task.Incomplete = t.Incomplete
		r := e.rows.Scan(w.Data, task)
		return Result{Rows: &r}, nil
	case e.grep != nil:
		task := *t.Grep
		task.Start, task.End = t.Range.Start, int(t.Range.Len())
		task.Release, task.Sweep = release, w.Sweep
		task.Incomplete = t.Incomplete
		r := e.grep.Scan(w.Data, task)
		return Result{Grep: &r}, nil
	}
	e.counter = e.job.count.Counter()
	return Result{Count: count(e.counter, w.Data, release)}, nil
}

// reuse lets the next result use the memory of r, which was sent.
func (e *engine) reuse(r *Result) {
	switch {
	case r.Rows != nil:
		e.rows.Reuse(r.Rows)
	case r.Grep != nil:
		e.grep.Reuse(r.Grep)
	}
}

func count(counter *wc.Counter, b []byte, release func(rangeOffset int)) *wc.Counts {
	const step = 4 << 20
	for i := 0; i < len(b); i += step {
		counter.Add(b[i:min(i+step, len(b))])
		release(i)
	}
	counts := counter.Counts()
	return &counts
}

func (e *engine) open(t *Task) (*window.Window, error) {
	if e.file == nil || e.at != t.Input {
		e.closeFile()
		file, err := window.Open(t.Input)
		if err != nil {
			return nil, err
		}
		e.file, e.at = file, t.Input
	}
	end := t.Range.End
	if t.Grep != nil {
		end += t.Grep.Ahead
	}
	return e.file.Map(t.Range.Start, end)
}

func (e *engine) close() {
	e.folders.Close()
	e.closeFile()
}

func (e *engine) closeFile() {
	if e.file != nil {
		e.file.Close()
		e.file = nil
	}
}
