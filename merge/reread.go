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

// Reread is for an input that is Open at its end. It reads the record of the
// open quote as a plain line, and what stands behind that once more, as quotes
// have it; ranges yields the ranges of the input from an offset on. Not many
// more than ahead results wait for their turn. After that, as package rows
// proves, no quote is open. Errors are those of Range.
func (m *Rows) Reread(ctx context.Context, ahead int, ranges func(from int64) iter.Seq2[split.Range, error]) error {
	from, err := m.plain(ctx)
	if err != nil || m.Full() {
		return err
	}
	var cutErr error
	steps := func(yield func(Step[struct{}]) bool) {
		for r, err := range ranges(from) {
			if cutErr = err; err != nil {
				return
			}
			t := m.last
			t.Range = r
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
		return &worker.InputError{Name: m.src.Name(), Err: cutErr}
	}
	return nil
}

// plain looks at the open record as a plain line, and returns where the next
// begins.
func (m *Rows) plain(ctx context.Context) (next int64, err error) {
	t := m.last
	t.Range, t.Start = split.Range{Start: m.openAt, End: m.last.Range.End}, rows.Plain
	res, err := m.pool.Do(ctx, t)
	if err != nil {
		return 0, err
	}
	t.Range.End = m.openAt + res.Rows.Tail
	m.open, m.line = false, m.openLine+res.Rows.Lines
	return t.Range.End, m.write(t.Range, res.Rows.Head, m.openLine)
}
