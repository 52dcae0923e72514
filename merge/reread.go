package merge

import (
	"context"
	"iter"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// Open tells whether a quote is still open after the last range.
func (m *Rows) Open() bool { return m.open }

// Reread is for an input that is Open at its end: it reads the record of the
// open quote and all that stands behind once more, as [rows.Lines]; ranges
// yields the ranges of the input from an offset on. Not many more than ahead
// results wait for their turn. Errors are those of Range.
func (m *Rows) Reread(ctx context.Context, ahead int, ranges func(from int64) iter.Seq2[split.Range, error]) error {
	m.open, m.line = false, m.openLine
	last, from := m.last, m.openAt // steps are drawn on another goroutine
	var cutErr error
	ended := make(chan struct{})
	defer func() { <-ended }() // nobody is to look at the input any more
	steps := func(yield func(Step[struct{}]) bool) {
		defer close(ended)
		for r, err := range ranges(from) {
			if cutErr = err; err != nil {
				return
			}
			t := last
			t.Range, t.Start, t.MaxSpans = r, rows.Lines, 0
			if !yield(Step[struct{}]{Task: &t}) {
				return
			}
		}
	}
	for d := range Ordered(ctx, m.pool, ahead, steps, func() {}) {
		if d.Err != nil {
			return d.Err
		}
		if err := m.Range(ctx, d.Task, d.Result.Rows); err != nil || m.Full() {
			return err
		}
	}
	if cutErr != nil {
		return &worker.InputError{Name: m.name, Err: cutErr}
	}
	return nil
}
