package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/linefork/linefork/internal/guard"
)

// Mode is where tasks run. The results are the same.
type Mode string

const (
	Processes Mode = "processes" // each worker a child process
	Threads   Mode = "threads"   // each worker a goroutine
	Serial    Mode = "serial"    // one goroutine
	Inline    Mode = "inline"    // the goroutine that hands them over
)

// Options are how a Pool runs its tasks.
type Options struct {
	Mode      Mode
	Processes int           // number of workers; 1 where Mode is Serial or Inline
	Retries   int           // how often a task is tried again after its worker broke
	Timeout   time.Duration // for a worker's answer on 16 MiB; 0 waits for ever
	Log       *slog.Logger  // nil: nothing is logged
}

// Pool is a number of workers that take tasks from one queue as they become
// idle. Its methods may be called from several goroutines.
//
// Where Mode is Inline there is neither a worker nor a queue: a task has been run
// when Submit or Do returns, and all calls must come from one goroutine. A few
// KiB are searched in less time than it takes to wake another goroutine.
type Pool struct {
	options Options
	program *program
	inline  *engine // nil but where Mode is Inline
	job     []byte
	command []string

	// Retries go before new tasks: what comes behind them waits to be written.
	queue, first, retry chan *Pending
	ctx                 context.Context
	cancel              context.CancelFunc
	workers             sync.WaitGroup
	alive               atomic.Int32 // workers that have not retired
	told                atomic.Bool  // that a worker cannot start
	tasks               atomic.Int64 // that were finished
	spent               atomic.Int64 // processor time of child processes that have ended, in ns
}

// NewPool prepares workers for a job. A worker is started when the first task
// for it comes. The error says what is wrong with the job.
func NewPool(job Job, o Options) (*Pool, error) {
	p := &Pool{options: o}
	if o.Mode == Serial || o.Mode == Inline {
		p.options.Processes = 1
	}
	if p.options.Processes < 1 {
		return nil, fmt.Errorf("%d workers", o.Processes)
	}
	if p.options.Log == nil {
		p.options.Log = slog.New(slog.DiscardHandler)
	}
	if err := p.prepare(job); err != nil {
		return nil, err
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	if o.Mode == Inline {
		p.inline = newEngine(p.program)
		return p, nil
	}
	p.queue, p.first = make(chan *Pending), make(chan *Pending)
	// A worker that gives a task back takes the next from here at once.
	p.retry = make(chan *Pending, p.options.Processes)
	p.alive.Store(int32(p.options.Processes))
	for i := range p.options.Processes {
		p.workers.Go(func() { p.work(fmt.Sprintf("worker-%d", i+1)) })
	}
	return p, nil
}

// prepare compiles the job for the engines of this process, or checks and
// encodes it for children, which compile it themselves.
func (p *Pool) prepare(job Job) (err error) {
	if p.options.Mode != Processes {
		p.program, err = compile(job)
		return err
	}
	if job.Filter != nil {
		if err := job.Filter.Check(); err != nil {
			return err
		}
	}
	if job.Grep != nil {
		if _, err := job.Grep.Pattern.Check(); err != nil {
			return err
		}
	}
	guard.Raise()
	path, err := executable()
	if err != nil {
		return err
	}
	p.command = []string{path, os.Args[0]}
	p.job = appendFrame(nil, kindJob, encode(job.code))
	return nil
}

// Close stops all workers, whatever they have in hand, and waits until the
// child processes are gone. A goroutine finishes the task that it has in hand
// and ends by itself; nobody waits for that, for its range may be long. What
// child processes cost is logged; see package bench.
func (p *Pool) Close() {
	p.cancel()
	if p.inline != nil {
		p.inline.close()
	}
	if p.options.Mode == Processes {
		p.workers.Wait()
		p.options.Log.Info("workers ended", "tasks", p.tasks.Load(),
			"workers_cpu", time.Duration(p.spent.Load()), "coordinator_cpu", ownCPU())
	}
}

// Inline tells whether Mode is Inline.
func (p *Pool) Inline() bool { return p.inline != nil }

// Pending is a task on its way.
type Pending struct {
	Task   Task
	result Result
	err    error
	done   chan struct{}
	tries  int
}

// Submit waits until a worker is free, hands it the task, and returns.
func (p *Pool) Submit(ctx context.Context, t Task) (*Pending, error) {
	return p.submit(ctx, p.queue, t)
}

// Do runs a task before all that are waiting, and returns its result.
func (p *Pool) Do(ctx context.Context, t Task) (Result, error) {
	q, err := p.submit(ctx, p.first, t)
	if err != nil {
		return Result{}, err
	}
	return q.Wait(ctx)
}

func (p *Pool) submit(ctx context.Context, queue chan *Pending, t Task) (*Pending, error) {
	q := &Pending{Task: t, done: make(chan struct{})}
	switch {
	case p.inline == nil:
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case p.ctx.Err() != nil:
		return nil, context.Canceled
	default:
		p.logTask("coordinator", &q.Task)
		q.finish(p.inline.do(&q.Task))
		return q, nil
	}
	select {
	case queue <- q:
		return q, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-p.ctx.Done():
		return nil, context.Canceled
	}
}

// Ready tells whether Wait would return at once.
func (q *Pending) Ready() bool {
	select {
	case <-q.done:
		return true
	default:
		return false
	}
}

// Wait returns the task's result. The error is an *InputError, a *WorkerError,
// or why ctx is done.
func (q *Pending) Wait(ctx context.Context) (Result, error) {
	select {
	case <-q.done:
		return q.result, q.err
	case <-ctx.Done():
		return Result{}, context.Cause(ctx)
	}
}

func (q *Pending) finish(r Result, err error) {
	q.result, q.err = r, err
	close(q.done)
}

// doer is what a worker runs its tasks with: a process, or an engine here.
type doer interface {
	do(context.Context, *Task) (Result, error)
	stop() error
}

// local runs tasks in this process.
type local struct{ *engine }

func (e local) do(_ context.Context, t *Task) (Result, error) { return e.engine.do(t) }
func (e local) stop() error                                   { e.close(); return nil }

func (p *Pool) doer(name string) doer {
	if p.options.Mode == Processes {
		return &process{name: name, job: p.job, command: p.command, timeout: p.options.Timeout, spent: &p.spent}
	}
	return local{newEngine(p.program)}
}

// work is the life of one worker.
func (p *Pool) work(name string) {
	log := p.options.Log
	d := p.doer(name)
	defer d.stop()
	for {
		q := p.next()
		if q == nil {
			return
		}
		p.logTask(name, &q.Task)
		r, err := d.do(p.ctx, &q.Task)
		if err == nil || errors.As(err, new(*InputError)) || p.ctx.Err() != nil {
			p.tasks.Add(1)
			q.finish(r, err)
			continue
		}
		if p.retire(err) {
			level := slog.LevelDebug // what one says the others need not repeat
			if !p.told.Swap(true) {
				level = slog.LevelWarn
			}
			log.Log(p.ctx, level, "worker cannot start; the others take over", "worker", name, "error", err)
			p.retry <- q
			return
		}
		q.tries++
		attrs := []any{"worker", name, "file", q.Task.Name, "start", q.Task.Range.Start, "end", q.Task.Range.End, "error", err}
		if q.tries > p.options.Retries {
			log.Debug("worker broke, giving up", attrs...)
			q.finish(Result{}, &WorkerError{Task: q.Task, Attempts: q.tries, Err: err})
			continue
		}
		log.Warn("worker broke, its range is tried again", attrs...)
		p.retry <- q
	}
}

func (p *Pool) logTask(worker string, t *Task) {
	p.options.Log.Debug("task", "worker", worker, "file", t.Name, "start", t.Range.Start, "end", t.Range.End)
}

// retire tells whether a worker whose child could not be started should leave
// its task to the others. The last one may not; it tries again a little later,
// for what was short (processes, open files) may be there again.
func (p *Pool) retire(err error) bool {
	if !errors.As(err, new(*startError)) {
		return false
	}
	if p.alive.Add(-1) > 0 {
		return true
	}
	p.alive.Add(1)
	select {
	case <-time.After(100 * time.Millisecond):
	case <-p.ctx.Done():
	}
	return false
}

// next takes a task, a retry first; nil when the pool is closed.
func (p *Pool) next() *Pending {
	select {
	case q := <-p.retry:
		return q
	default:
	}
	select {
	case q := <-p.first:
		return q
	default:
	}
	select {
	case q := <-p.retry:
		return q
	case q := <-p.first:
		return q
	case q := <-p.queue:
		return q
	case <-p.ctx.Done():
		return nil
	}
}
