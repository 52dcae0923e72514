package merge

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// ErrGivenUp is for a range whose result would take more than the MaxSpans of its task.
// Nothing of it was written. Results of shorter ranges of the same bytes come next.
var ErrGivenUp = errors.New("range was given up")

// OpenQuoteError is for an input whose last record is not complete: its quote is not
// closed. It is the Err of a [worker.InputError].
type OpenQuoteError struct {
	Offset int64  // fileOffset at which the record starts
	Line   uint64 // on which it does, from 1; 0 if that is not known
}

func (e *OpenQuoteError) Error() string {
	where := fmt.Sprintf("record at byte %d", e.Offset)
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	return where + ": quote is not closed"
}

// settle finds out which reading of the range is right, and writes that one. Where the
// range must be scanned again, r becomes the new result.
func (m *Rows) settle(ctx context.Context, t *worker.Task, r *rows.Result) error {
	lead := r.Head
	if m.open {
		lead = r.Alt
		// A scan that was stopped may have been so before the first quote.
		if r.Stopped || r.Tail >= 0 && !r.Converged {
			again, task := *t, *t.Rows
			task.Start, again.Rows, again.Scanned = rows.Inside, &task, nil
			res, err := m.runner.Do(ctx, &again)
			if err != nil {
				return err
			}
			if res.Rows.GivenUp {
				return ErrGivenUp
			}
			*r, lead = *res.Rows, res.Rows.Head
		}
		if r.Tail < 0 {
			return nil // all of it lies within the quotes of the open record
		}
		if err := m.across(ctx, t, t.Range.Start+r.Tail); err != nil || m.Full() {
			return err
		}
	}
	for _, part := range []rows.Part{lead, r.Rest} {
		if err := m.write(t.Range, part, m.line); err != nil || m.Full() {
			return err
		}
	}
	if m.open = r.Open >= 0; m.open {
		m.openAt, m.openLine = t.Range.Start+r.Open, m.line+r.OpenLine
	}
	return nil
}

// across looks at the open record, which ends at offset end.
func (m *Rows) across(ctx context.Context, t *worker.Task, end int64) error {
	one, task := *t, *t.Rows
	one.Range = split.Range{Start: m.openAt, End: end}
	task.Start, task.MaxSpans, one.Rows, one.Scanned = rows.Outside, 0, &task, nil
	res, err := m.runner.Do(ctx, &one)
	if err != nil {
		return err
	}
	m.open = false
	return m.write(one.Range, res.Rows.Head, m.openLine)
}

// Open reports whether a quote is still open after the last range.
func (m *Rows) Open() bool { return m.open }

// Reread is for an input that is Open at its end: it reads the record of the open
// quote and all that follows once more, as [rows.Lines]; ranges yields the ranges of the
// input from a file offset on. Errors are those of Range, or a [*worker.InputError] with
// that of ranges.
func (m *Rows) Reread(
	ctx context.Context, o Order, ranges func(from int64) iter.Seq2[split.Range, error],
) error {
	m.open, m.line = false, m.openLine
	last, from := m.last, m.openAt // steps may be drawn on another goroutine
	var cutErr error
	steps := func(yield func(Step[struct{}]) bool) {
		for r, err := range ranges(from) {
			if cutErr = err; err != nil {
				return
			}
			t, task := last, *last.Rows
			t.Range, task.Start, task.MaxSpans = r, rows.Lines, 0
			t.Rows, t.Scanned = &task, nil
			if !yield(Step[struct{}]{Task: &t}) {
				return
			}
		}
	}
	for d := range Ordered(ctx, m.runner, o, steps) {
		if d.Err != nil {
			return d.Err
		}
		if err := m.Range(ctx, d.Task, *d.Result.Rows); err != nil || m.Full() {
			return err
		}
	}
	if cutErr != nil {
		return &worker.InputError{Name: m.name, Err: cutErr}
	}
	return nil
}
