package worker

import "context"

// Pending is a task on its way.
type Pending struct {
	Task   *Task
	result Result
	err    error
	done   chan struct{}
	tries  int
}

func newPending(t *Task) *Pending { return &Pending{Task: t, done: make(chan struct{})} }

// Ready reports whether Wait would return at once.
func (q *Pending) Ready() bool {
	select {
	case <-q.done:
		return true
	default:
		return false
	}
}

// Wait returns the task's result. The error is an [*InputError], a [*WorkerError],
// why ctx is done, or context.Canceled if the Runner was closed before.
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
