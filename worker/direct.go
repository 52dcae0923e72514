package worker

import (
	"context"
	"log/slog"
)

// Direct is a [Runner] that runs each task on the calling goroutine, before Submit or Do returns.
// All its methods must be called on the same goroutine. Searching a few KiB takes less time than
// waking another goroutine.
type Direct struct {
	engine *engine // nil after Close
	log    *slog.Logger
	meter  meter
}

// NewDirect returns a Direct for a job. The error says what is wrong with the job. With a nil log,
// nothing is logged.
func NewDirect(job Job, log *slog.Logger) (*Direct, error) {
	p, err := compile(job)
	if err != nil {
		return nil, err
	}
	d := &Direct{engine: newEngine(p, nil), log: orDiscard(log)}
	d.meter.s.Name = coordinator
	d.engine.moved = d.meter.moved
	return d, nil
}

// coordinator is the name of the worker that a Direct is.
const coordinator = "coordinator"

// Submit runs a task.
func (d *Direct) Submit(ctx context.Context, t *Task) (*Pending, error) {
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case d.engine == nil:
		return nil, context.Canceled
	}
	logTask(d.log, coordinator, t)
	q := newPending(t)
	d.meter.begin(t)
	r, err := d.engine.do(t)
	d.meter.end(&r, err)
	q.finish(r, err)
	return q, nil
}

// Status implements [Runner].
func (d *Direct) Status() []Status { return []Status{d.meter.status()} }

// Do runs a task and returns its result.
func (d *Direct) Do(ctx context.Context, t *Task) (Result, error) {
	q, err := d.Submit(ctx, t)
	if err != nil {
		return Result{}, err
	}
	return q.result, q.err
}

// Close closes the last input.
func (d *Direct) Close() {
	if d.engine != nil {
		d.engine.close()
		d.engine = nil
	}
}
