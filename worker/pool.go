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

// Mode says where the workers of a Pool run. The results are the same.
type Mode string

const (
	Processes Mode = "processes" // each worker a child process
	Threads   Mode = "threads"   // each worker a goroutine
	Serial    Mode = "serial"    // one goroutine
)

// Options say how a Pool runs its tasks.
type Options struct {
	Mode      Mode
	Processes int // number of workers; 1 if Mode is Serial
	Retries   int // how often a task is tried again after its worker broke
	// Timeout is how long a child may give no sign of life, and how long one that is alive may take
	// for 16 MiB without saying how far it has come; 0 is no limit. Only time counts in which this
	// process ran.
	Timeout time.Duration
	Log     *slog.Logger // nil logs nothing
	// Killed, if set, says why a child may have been killed that ended by SIGKILL; "" if that is not
	// known.
	Killed func() string
	// Starting, if set, is called before the first child is started, and AllStarted once there were
	// as many starts as Processes. Other goroutines call them.
	Starting, AllStarted func()
}

// Pool is a [Runner] whose workers take tasks from one queue as they become idle. Its methods may
// be called by several goroutines.
type Pool struct {
	options  Options
	compiled func() (*compiledJob, error) // for goroutines
	job      []byte                       // for children: the start of their input
	command  []string
	spawner  spawner
	tasks    atomic.Uint64 // how many were sent to children

	// Retries come before new tasks: later results wait for them.
	queue, urgent, retry chan *Pending
	ctx                  context.Context
	cancel               context.CancelFunc
	stop                 atomic.Bool // goroutines end their tasks early
	closing              sync.Once
	workers              sync.WaitGroup
	meters               []meter      // one for each worker
	alive                atomic.Int32 // workers that are not at rest
	warned               atomic.Bool  // that a worker cannot start
}

// NewPool returns a pool of workers for a job. A child is started when its first task arrives.
//
// For goroutines the job is compiled here, and the error says what is wrong with it. Children
// compile it themselves, unchecked: an invalid job breaks them. Children need [Serve]; if it was not
// called, the error is [ErrNotServed].
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
	p.start()
	return p, nil
}

// start starts the workers.
func (p *Pool) start() {
	p.ctx, p.cancel = context.WithCancel(context.Background())
	p.queue, p.urgent = make(chan *Pending), make(chan *Pending)
	// Has room for all, since a worker that gives back a task must not wait.
	p.retry = make(chan *Pending, p.options.Processes)
	p.alive.Store(int32(p.options.Processes))
	p.meters = make([]meter, p.options.Processes)
	for i := range p.meters {
		p.meters[i].s.Name = fmt.Sprintf("worker-%d", i+1)
		p.workers.Go(func() { p.work(&p.meters[i]) })
	}
}

func orDiscard(log *slog.Logger) *slog.Logger {
	if log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return log
}

// prepare compiles the job for goroutines, or encodes it for children.
func (p *Pool) prepare(job *Job) (err error) {
	p.compiled = sync.OnceValues(func() (*compiledJob, error) { return compile(*job) })
	if p.options.Mode != Processes {
		_, err = p.compiled()
		return err
	}
	if !Served() {
		return ErrNotServed
	}
	path, err := executable()
	if err != nil {
		p.options.Log.Warn("no child processes: this program is not found; its threads do the work",
			"error", err)
		p.options.Mode = Threads
		_, err = p.compiled()
		return err
	}
	p.command = []string{path, os.Args[0]}
	p.job = wire.AppendFrame(wire.AppendHeader(nil), kindJob, job)
	p.spawner.starting = p.options.Starting
	if all := p.options.AllStarted; all != nil {
		p.spawner.started = func(n int) {
			if n == p.options.Processes {
				all()
			}
		}
	}
	return nil
}

// Status implements [Runner].
func (p *Pool) Status() []Status {
	all := make([]Status, len(p.meters))
	for i := range all {
		all[i] = p.meters[i].status()
	}
	return all
}

// Close stops all workers, even in the middle of a task, and waits for them.
func (p *Pool) Close() { p.closing.Do(p.close) }

func (p *Pool) close() {
	p.stop.Store(true)
	p.cancel()
	p.workers.Wait()
	p.spawner.close()
	for len(p.retry) > 0 { // given back, and not taken again
		(<-p.retry).finish(Result{}, context.Canceled)
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

// worker is what a goroutine of a Pool runs its tasks with: a child process, or an engine in this
// process.
type worker interface {
	do(context.Context, *Task) (Result, error)
	stop() error
}

// local runs tasks in this process.
type local struct{ *engine }

func (l local) do(_ context.Context, t *Task) (Result, error) { return l.engine.do(t) }
func (l local) stop() error                                   { l.close(); return nil }

func (p *Pool) worker(m *meter) worker {
	if p.options.Mode == Processes {
		return &process{
			name: m.s.Name, job: p.job, command: p.command, spawner: &p.spawner,
			timeout: p.options.Timeout, killed: p.options.Killed, meter: m, tasks: &p.tasks,
		}
	}
	return p.local(m)
}

// local returns a worker in this process. The job must compile.
func (p *Pool) local(m *meter) worker {
	compiled, _ := p.compiled()
	e := newEngine(compiled, &p.stop)
	e.moved = m.moved
	return local{e}
}

// work is the life of one worker.
func (p *Pool) work(m *meter) {
	log, name := p.options.Log, m.s.Name
	w := p.worker(m)
	defer func() { w.stop() }()
	for {
		q := p.next()
		if q == nil {
			return
		}
		logTask(log, name, q.Task)
		m.begin(q.Task)
		r, err := w.do(p.ctx, q.Task)
		if err == nil || errors.As(err, new(*InputError)) || p.ctx.Err() != nil {
			m.end(&r, err)
			q.finish(r, err)
			continue
		}
		m.broke()
		switch {
		case errors.As(err, new(*startError)):
			w = p.withoutChild(w, m, q, err)
			continue
		case errors.As(err, new(*memoryError)) && p.leave():
			log.Warn("worker ends, and its range goes to the others", "worker", name, "error", err)
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
		p.pause(backOff << (2 * min(q.tries-1, 4)))
		p.retry <- q
	}
}

// What breaks a worker may pass: it was killed for its memory, say. So each try of a task waits
// four times as long as the one before, from backOff on; and a worker that cannot be started tries
// again after a rest.
const (
	backOff = 50 * time.Millisecond
	rest    = time.Second
)

// leave reports whether a worker should end for good, since there is too little memory for it. The
// last one must not.
func (p *Pool) leave() bool {
	if p.alive.Add(-1) > 0 {
		return true
	}
	p.alive.Add(1)
	return false
}

// pause waits, but not for the end of a run.
func (p *Pool) pause(d time.Duration) {
	select {
	case <-time.After(d):
	case <-p.ctx.Done():
	}
}

func logTask(log *slog.Logger, worker string, t *Task) {
	log.Debug("task", "worker", worker, "file", t.Name, "start", t.Range.Start, "end", t.Range.End)
}

// withoutChild decides what becomes of a worker w whose child could not be started: it leaves the
// task to the others, and tries again after a rest; or, if it is the last one, goes on in this
// process.
func (p *Pool) withoutChild(w worker, m *meter, q *Pending, err error) worker {
	if p.leave() {
		level := slog.LevelDebug // one warning is enough
		if !p.warned.Swap(true) {
			level = slog.LevelWarn
		}
		p.options.Log.Log(p.ctx, level, "worker cannot start; the others take over",
			"worker", m.s.Name, "error", err)
		p.retry <- q
		p.pause(rest)
		p.alive.Add(1)
		return w
	}
	if _, wrong := p.compiled(); wrong != nil {
		q.finish(Result{}, wrong)
		return w
	}
	p.options.Log.Warn("no worker can start; this process does the work itself",
		"worker", m.s.Name, "error", err)
	p.retry <- q
	return p.local(m)
}

// next takes a task, retries first. It returns nil when the pool is closed.
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
