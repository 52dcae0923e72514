// Package merge makes one output in input order of results that arrive in any
// order.
//
// [Ordered] runs the steps of a job on a pool and hands back their results in
// the order of the steps, never more than a fixed number ahead. [Rows] turns
// the results of a filter into rows: it settles which reading of each range is
// right where quotes cross a cut, adds up line numbers, and says when enough
// rows are found; a [Tally] adds up how often each key occurs. [Grep] does so
// for a grep, adds context and decides what of a binary file is shown; how it
// looks is up to a [Printer]. A [Recoder] has it in UTF-8 whatever the inputs are
// in. [Output] is where rows go: standard output, a
// file that appears only when the run has succeeded, or the end of a file that
// other runs append to as well, under its lock.
package merge

import (
	"context"
	"iter"

	"github.com/linefork/linefork/worker"
)

// Step is one thing to be done in order: a task, or with no task a mere note
// that a point in the order is reached (an input begins, ends, has failed).
type Step[Note any] struct {
	Task *worker.Task
	Note Note
	// Void, if set, is closed when nobody wants the task's result any more. It
	// is not waited for then, or not even begun.
	Void <-chan struct{}
}

func (s *Step[Note]) void() bool {
	select {
	case <-s.Void:
		return true
	default:
		return false
	}
}

// Done is a finished step. Err is an error of [worker.Pending.Wait].
type Done[Note any] struct {
	Step[Note]
	Result worker.Result
	Err    error
}

// Ordered runs steps on the pool and yields them in their order. Not many more
// than ahead steps wait for their turn, which bounds what their results hold;
// idle is called whenever the next one is not ready. Steps are drawn on a
// goroutine of its own. When the consumer breaks off, that goroutine ends with
// the step it is at, which may be waiting for input that never comes; Ordered
// does not wait for it. When ctx is done the last value yielded has its cause as Err.
// Where the pool is inline there is no other goroutine: steps must not wait then.
func Ordered[Note any](ctx context.Context, pool *worker.Pool, ahead int, steps iter.Seq[Step[Note]], idle func()) iter.Seq[Done[Note]] {
	if pool.Inline() {
		return inline(ctx, pool, steps)
	}
	return func(yield func(Done[Note]) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		order := make(chan waiting[Note], ahead)
		go submit(ctx, pool, steps, order)
		for {
			w, more := next(ctx, order, idle)
			if ctx.Err() != nil {
				yield(Done[Note]{Err: context.Cause(ctx)})
				return
			}
			if !more {
				return
			}
			d := Done[Note]{Step: w.Step, Err: w.err}
			if w.pending != nil && !w.void() {
				if !w.pending.Ready() {
					idle()
				}
				d.Result, d.Err = w.pending.Wait(ctx)
			}
			if !yield(d) {
				return
			}
		}
	}
}

// inline is Ordered for a pool that is inline.
func inline[Note any](ctx context.Context, pool *worker.Pool, steps iter.Seq[Step[Note]]) iter.Seq[Done[Note]] {
	return func(yield func(Done[Note]) bool) {
		for s := range steps {
			d := Done[Note]{Step: s}
			if s.Task != nil && !s.void() {
				d.Result, d.Err = pool.Do(ctx, *s.Task)
			}
			if ctx.Err() != nil {
				yield(Done[Note]{Err: context.Cause(ctx)})
				return
			}
			if !yield(d) {
				return
			}
		}
	}
}

// waiting is a step that was started.
type waiting[Note any] struct {
	Step[Note]
	pending *worker.Pending
	err     error
}

// submit starts the steps in order, as far ahead as order has room.
func submit[Note any](ctx context.Context, pool *worker.Pool, steps iter.Seq[Step[Note]], order chan<- waiting[Note]) {
	defer close(order)
	for s := range steps {
		w := waiting[Note]{Step: s}
		if s.Task != nil && !s.void() {
			w.pending, w.err = pool.Submit(ctx, *s.Task)
		}
		select {
		case order <- w:
		case <-ctx.Done():
			return
		}
	}
}

func next[Note any](ctx context.Context, order <-chan waiting[Note], idle func()) (w waiting[Note], more bool) {
	select {
	case w, more = <-order:
		return w, more
	default:
	}
	idle()
	select {
	case w, more = <-order:
	case <-ctx.Done():
	}
	return w, more
}
