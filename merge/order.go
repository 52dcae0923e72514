package merge

import (
	"context"
	"iter"
	"sync"

	"github.com/linefork/linefork/worker"
)

// Step is one thing to be done in order: a task; a task whose result is known already;
// or, without a task, a note that a point in the order is reached (an input starts,
// ends, has failed).
type Step[Note any] struct {
	Task   *worker.Task
	Result *worker.Result // if not nil, nothing is run
	Note   Note           // the caller's
	// Void, if set, is closed when the task's result is not wanted any more. Then it is
	// not waited for, or the task is not even begun.
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

// runs reports whether a task has to be run.
func (s *Step[Note]) runs() bool { return s.Task != nil && s.Result == nil && !s.void() }

// Done is a finished step. Err is an error of the [worker.Runner], or the cause of the
// context's end.
type Done[Note any] struct {
	Step[Note]
	Result worker.Result // of the task, or the known one
	Err    error
}

func done[Note any](s Step[Note]) Done[Note] {
	d := Done[Note]{Step: s}
	if s.Result != nil {
		d.Result = *s.Result
	}
	return d
}

// Order says how far Ordered goes ahead of its consumer, and how the two meet. With the
// zero value it does not.
type Order struct {
	// Ahead is how many steps may wait for their turn, give or take two, which bounds
	// what their results hold. With 0 each step is drawn, run and yielded before the
	// next one, all on the goroutine of the caller.
	Ahead int
	// Idle, if not nil, is called whenever the next result is not there yet.
	Idle func()
	// Stop, if not nil, is called once when no more steps are wanted and another
	// goroutine may be drawing one. It makes that end soon, whatever the drawing waits
	// for then or later: an input that gives nothing more, for one.
	Stop func()
}

// Ordered runs steps and yields them in their order. Unless Ahead is 0, they are drawn
// on another goroutine. When the consumer breaks off or ctx is done, no more are drawn,
// and Ordered returns once that goroutine has ended; tasks that were handed over may
// still run. When ctx is done the last value has its cause as Err.
func Ordered[Note any](
	ctx context.Context, r worker.Runner, o Order, steps iter.Seq[Step[Note]],
) iter.Seq[Done[Note]] {
	if o.Ahead == 0 {
		return inTurn(ctx, r, steps)
	}
	if o.Idle == nil {
		o.Idle = func() {}
	}
	return func(yield func(Done[Note]) bool) {
		ctx, cancel := context.WithCancel(ctx)
		order := make(chan waiting[Note], o.Ahead)
		var drawing sync.WaitGroup
		drawing.Go(func() { submit(ctx, r, steps, order) })
		ended := false
		defer func() {
			cancel()
			if !ended && o.Stop != nil {
				o.Stop()
			}
			drawing.Wait()
		}()
		for {
			w, more := next(ctx, order, o.Idle)
			if ctx.Err() != nil {
				yield(Done[Note]{Err: context.Cause(ctx)})
				return
			}
			if !more {
				ended = true
				return
			}
			if !yield(w.wait(ctx, o.Idle)) {
				return
			}
		}
	}
}

// inTurn is Ordered with nothing ahead.
func inTurn[Note any](
	ctx context.Context, r worker.Runner, steps iter.Seq[Step[Note]],
) iter.Seq[Done[Note]] {
	return func(yield func(Done[Note]) bool) {
		for s := range steps {
			d := done(s)
			if s.runs() {
				d.Result, d.Err = r.Do(ctx, s.Task)
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
	pending *worker.Pending // nil if nothing is run
	err     error
}

// submit starts the steps in order, as far ahead as order has room.
func submit[Note any](
	ctx context.Context, r worker.Runner, steps iter.Seq[Step[Note]], order chan<- waiting[Note],
) {
	defer close(order)
	for s := range steps {
		if ctx.Err() != nil {
			return
		}
		w := waiting[Note]{Step: s}
		if s.runs() {
			w.pending, w.err = r.Submit(ctx, s.Task)
		}
		select {
		case order <- w:
		case <-ctx.Done():
			return
		}
	}
}

// next returns the next step that was started; more is false when there is none,
// or ctx is done.
func next[Note any](
	ctx context.Context, order <-chan waiting[Note], idle func(),
) (w waiting[Note], more bool) {
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

// wait returns the step when it is finished.
func (w *waiting[Note]) wait(ctx context.Context, idle func()) Done[Note] {
	d := done(w.Step)
	d.Err = w.err
	if w.pending != nil && !w.void() {
		if !w.pending.Ready() {
			idle()
		}
		d.Result, d.Err = w.pending.Wait(ctx)
	}
	return d
}
