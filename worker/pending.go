package worker

import "context"

// Pending is a task that was submitted.
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

// Wait waits for the task's result. The error is an [*InputError], a [*WorkerError], the cause of
// ctx, or context.Canceled if the Runner was closed first.
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
