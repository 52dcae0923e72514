package command

import (
	"context"
	"errors"
	"io"
	"iter"
	"runtime"
	"syscall"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
	"github.com/linefork/linefork/worker/wc"
)

// note goes with each range of an input, and alone with the end of the input.
type note struct {
	operand
	src split.Source // to be closed at the end; nil if it could not be opened
	err error        // the input cannot be read, or not to its end
}

func (run *counter) run(ctx context.Context, operands []operand) error {
	total := run.layout(operands)
	job := worker.Job{Count: &run.job}
	if run.records != nil {
		job = run.records.job()
	}
	pool, err := run.pool(job, len(operands), total)
	if err != nil {
		return err
	}
	defer pool.Close()
	if run.records != nil {
		run.records.rows = merge.NewRows(nil, pool, merge.Format{Count: true})
	}
	if run.workers.Mode == worker.Processes && !run.decompress {
		// The coordinator of a count does next to nothing. What it saves by not
		// looking for work on a second thread, at each result, is 3 % of a run.
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	}
	run.progress = run.bar(total)
	run.before = run.progress.clear
	defer run.progress.clear()

	var file, all wc.Counts
	broken := false // the input in hand; what is known of it is not printed
	for d := range merge.Ordered(ctx, pool, run.order(run.ahead(), nil), run.steps(operands)) {
		if d.Task != nil && d.Err == nil && run.records != nil && !broken {
			d.Err = run.records.add(ctx, d.Note.src, d.Note.name, d.Task, *d.Result.Rows)
		}
		switch n := d.Note; {
		case fatal(d.Err):
			return d.Err
		case d.Err != nil:
			if !broken {
				run.input(n.label(), d.Err)
			}
			broken = true
		case d.Task != nil:
			if d.Result.Count != nil {
				file.Add(*d.Result.Count)
			}
			run.progress.add(d.Task.Range)
		default:
			if n.err == nil && !broken {
				n.err = run.finish(ctx, n.src, n.name, &file)
			}
			if errors.As(n.err, new(*worker.WorkerError)) {
				return n.err
			}
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if n.err != nil {
				run.input(n.label(), n.err)
				// wc prints a row for a directory, though it cannot read it.
				broken = !errors.Is(n.err, syscall.EISDIR)
			}
			if n.src != nil {
				n.src.Close()
			}
			if !broken {
				// At once, as wc: the next input may be long in coming, or not be there.
				run.progress.clear()
				run.row(file, n.operand)
				if err := run.out.Flush(); err != nil {
					return &output.Error{Err: err}
				}
				all.Add(file)
			}
			file, broken = wc.Counts{}, false
		}
	}
	run.progress.clear()
	switch run.total {
	case "auto":
		if len(operands) > 1 {
			run.totals(all, "total")
		}
	case "always":
		run.totals(all, "total")
	case "only":
		run.totals(all, "")
	}
	if err := run.out.Flush(); err != nil {
		return &output.Error{Err: err}
	}
	return nil
}

// steps opens the inputs in order and cuts them.
func (run *counter) steps(operands []operand) iter.Seq[merge.Step[note]] {
	return func(yield func(merge.Step[note]) bool) {
		for _, o := range operands {
			src, err := run.open(o)
			if err == nil {
				run.cutting.begin(src)
				for t, cutErr := range run.ranges(src, o.name) {
					if cutErr != nil {
						err = cutErr
						break
					}
					if !yield(merge.Step[note]{Task: t, Note: note{operand: o, src: src}}) {
						return
					}
				}
				run.cutting.end(src)
			}
			if !yield(merge.Step[note]{Note: note{operand: o, src: src, err: err}}) {
				return
			}
		}
	}
}

// ranges yields the tasks of an input: none for a stream whose lines are counted
// as they come, and none where only the size is wanted.
func (run *counter) ranges(src split.Source, name string) iter.Seq2[*worker.Task, error] {
	return func(yield func(*worker.Task, error) bool) {
		sizes := run.sizes(src, split.LongRange)
		var ranges iter.Seq2[split.Range, error]
		switch {
		case run.records != nil:
			ranges = run.records.ranges(src, src.Start(), sizes)
		case src.Stream() || run.job.Want == wc.Bytes:
			return
		default:
			ranges = src.Ranges(src.Start(), sizes, '\n')
		}
		for r, err := range ranges {
			t := &worker.Task{Name: name, Input: src.Locator(), Range: r}
			if run.records != nil {
				t.Rows = &rows.Task{Column: 1}
			}
			if !yield(t, err) {
				return
			}
		}
	}
}

// finish adds to the counts of an input what its ranges do not tell.
func (run *counter) finish(ctx context.Context, src split.Source, name string, file *wc.Counts) (err error) {
	if run.records != nil {
		*file, err = run.records.finish(ctx, src, name, run.common)
		return err
	}
	if src.Stream() {
		return run.stream(ctx, src, file)
	}
	if err := src.Shrunk(); err != nil {
		return err
	}
	size := src.Size()
	file.Bytes = size - src.Start()
	if run.final && file.Bytes > 0 {
		var last [1]byte
		if _, err := src.ReadAt(last[:], size-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			file.Lines++
		}
	}
	return nil
}

// stream counts an input that cannot be mapped. One core keeps up with a pipe.
func (run *counter) stream(ctx context.Context, src split.Source, file *wc.Counts) error {
	counter := run.job.Counter()
	in := interruptible{ctx, src.Reader()}
	if run.buf == nil {
		run.buf = make([]byte, 1<<20)
	}
	buf := run.buf
	last := byte('\n')
	for {
		n, err := in.Read(buf)
		if n > 0 {
			counter.Add(buf[:n])
			last = buf[n-1]
			run.progress.add(split.Range{End: int64(n)})
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	*file = counter.Counts()
	if run.final && last != '\n' {
		file.Lines++
	}
	return nil
}
