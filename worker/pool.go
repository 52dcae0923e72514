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

	"github.com/linefork/linefork/worker/wire"
)

// Mode is where the workers of a Pool are. The results are the same.
type Mode string

const (
	Processes Mode = "processes" // each worker a child process
	Threads   Mode = "threads"   // each worker a goroutine
	Serial    Mode = "serial"    // one goroutine
)

// Options are how a Pool runs its tasks.
type Options struct {
	Mode      Mode
	Processes int           // number of workers; 1 if Mode is Serial
	Retries   int           // how often a task is tried again after its worker broke
	Timeout   time.Duration // for a worker's answer on 16 MiB; 0 waits forever
	Log       *slog.Logger  // nil: nothing is logged
	// Starting, if set, is called before the first child is started.
	Starting func()
}

// Pool is a [Runner] with a number of workers that take tasks from one queue as they
// become idle. Its methods may be called from several goroutines.
type Pool struct {
	options Options
	program *program // of goroutines
	job     []byte   // for children: the start of their stream
	command []string
	spawner spawner

	// Retries go before new tasks: what comes behind them waits to be written.
	queue, urgent, retry chan *Pending
	ctx                  context.Context
	cancel               context.CancelFunc
	stop                 atomic.Bool // goroutines are to end their tasks
	closing              sync.Once
	workers              sync.WaitGroup
	alive                atomic.Int32 // workers that have not retired
	warned               atomic.Bool  // that a worker cannot start
	tasks                atomic.Int64 // that were finished
	spent                atomic.Int64 // processor time of child processes that have ended, in ns
}

// NewPool prepares workers for a job. A child is started when its first task comes.
//
// Goroutines need a compiled job: the error says what is wrong with it. Children
// compile it themselves, and nothing is looked at here; a job that is wrong breaks
// them. They need [Serve], without which the error is [ErrNotServed].
func NewPool(job Job, o Options) (*Pool, error) {
	if o.Mode == Serial {
		o.Processes = 1
	}
	if o.Processes < 1 {
		return nil, fmt.Errorf("%d workers", o.Processes)
	}
	o.Log = orDiscard(o.Log)
	p := &Pool{options: o}
	if err := p.prepare(&job); err != nil {
		return nil, err
	}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.queue, p.urgent = make(chan *Pending), make(chan *Pending)
	// A worker that gives a task back takes the next from here at once.
	p.retry = make(chan *Pending, o.Processes)
	p.alive.Store(int32(o.Processes))
	for i := range o.Processes {
		p.workers.Go(func() { p.work(fmt.Sprintf("worker-%d", i+1)) })
	}
	return p, nil
}

func orDiscard(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return log
}

// prepare compiles the job for goroutines, or encodes it for children.
func (p *Pool) prepare(job *Job) (err error) {
	if p.options.Mode != Processes {
		p.program, err = compile(*job)
		return err
	}
	if !Served() {
		return ErrNotServed
	}
	path, err := executable()
	if err != nil {
		return err
	}
	p.command = []string{path, os.Args[0]}
	p.job = wire.AppendFrame(wire.AppendHeader(nil), kindJob, job)
	p.spawner.starting = p.options.Starting
	return nil
}

// executable is the program that a child runs. On Linux the link stays good
// when the file is replaced by another version during the run.
func executable() (string, error) {
	const self = "/proc/self/exe"
	if _, err := os.Stat(self); err == nil {
		return self, nil
	}
	return os.Executable()
}

// Close stops all workers, whatever they are at, and waits for them. What child
// processes cost is logged; see package bench.
func (p *Pool) Close() { p.closing.Do(p.close) }

func (p *Pool) close() {
	p.stop.Store(true)
	p.cancel()
	p.workers.Wait()
	p.spawner.close()
	for len(p.retry) > 0 { // given back by a worker, and taken by nobody
		(<-p.retry).finish(Result{}, context.Canceled)
	}
	if p.options.Mode == Processes {
		p.options.Log.Info("workers ended", "tasks", p.tasks.Load(),
			"workers_cpu", time.Duration(p.spent.Load()), "coordinator_cpu", ownCPU())
	}
}

// Submit waits until a worker is free, hands it the task, and returns.
func (p *Pool) Submit(ctx context.Context, t *Task) (*Pending, error) {
	return p.submit(ctx, p.queue, t)
}

// Do runs a task before all that are waiting, and returns its result.
func (p *Pool) Do(ctx context.Context, t *Task) (Result, error) {
	q, err := p.submit(ctx, p.urgent, t)
	if err != nil {
		return Result{}, err
	}
	return q.Wait(ctx)
}

func (p *Pool) submit(ctx context.Context, queue chan *Pending, t *Task) (*Pending, error) {
	q := newPending(t)
	select {
	case queue <- q:
		return q, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-p.ctx.Done():
		return nil, context.Canceled
	}
}

// worker is what a goroutine of a Pool runs its tasks with: a child process, or an
// engine here.
type worker interface {
	do(context.Context, *Task) (Result, error)
	stop() error
}

// local runs tasks in this process.
type local struct{ *engine }

func (l local) do(_ context.Context, t *Task) (Result, error) { return l.engine.do(t) }
func (l local) stop() error                                   { l.close(); return nil }

func (p *Pool) worker(name string) worker {
	if p.options.Mode == Processes {
		return &process{
			name: name, job: p.job, command: p.command, spawner: &p.spawner,
			timeout: p.options.Timeout, spent: &p.spent,
		}
	}
	return local{newEngine(p.program, &p.stop)}
}

// work is the life of one worker.
func (p *Pool) work(name string) {
	log := p.options.Log
	w := p.worker(name)
	defer w.stop()
	for {
		q := p.next()
		if q == nil {
			return
		}
		logTask(log, name, q.Task)
		r, err := w.do(p.ctx, q.Task)
		if err == nil || errors.As(err, new(*InputError)) || p.ctx.Err() != nil {
			p.tasks.Add(1)
			q.finish(r, err)
			continue
		}
		if p.retire(err) {
			level := slog.LevelDebug // what one says the others need not repeat
			if !p.warned.Swap(true) {
				level = slog.LevelWarn
			}
			log.Log(p.ctx, level, "worker cannot start; the others take over",
				"worker", name, "error", err)
			p.retry <- q
			return
		}
		q.tries++
		attrs := []any{"worker", name, "file", q.Task.Name,
			"start", q.Task.Range.Start, "end", q.Task.Range.End, "error", err}
		if q.tries > p.options.Retries {
			log.Debug("worker broke, giving up", attrs...)
			q.finish(Result{}, &WorkerError{Task: q.Task, Attempts: q.tries, Err: err})
			continue
		}
		log.Warn("worker broke, its range is tried again", attrs...)
		p.retry <- q
	}
}

func logTask(log *slog.Logger, worker string, t *Task) {
	log.Debug("task", "worker", worker, "file", t.Name, "start", t.Range.Start, "end", t.Range.End)
}

// retire reports whether a worker whose child could not be started should leave
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
	if p.ctx.Err() != nil {
		return nil
	}
	select {
	case q := <-p.retry:
		return q
	default:
	}
	select {
	case q := <-p.urgent:
		return q
	default:
	}
	select {
	case q := <-p.retry:
		return q
	case q := <-p.urgent:
		return q
	case q := <-p.queue:
		return q
	case <-p.ctx.Done():
		return nil
	}
}
