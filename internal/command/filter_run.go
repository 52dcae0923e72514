package command

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// filterRun takes the results of a run in the order of the inputs.
type filterRun struct {
	*filterer
	ctx      context.Context
	pool     worker.Runner
	rows     *merge.Rows
	out      output.Output
	bar      *progress
	selected uint64

	// Of the input in hand.
	src    split.Source
	begun  bool // rows knows of it
	broken bool // its other results are void
	recut  bool // the last range was cut again
}

// run writes the selected rows of all files and returns their number. Known are
// those of them that are known beforehand, and folders.
func (run *filterer) run(ctx context.Context, files iter.Seq2[walk.File, error], known []walk.File, out output.Output) (selected uint64, err error) {
	total := totalSize(known)
	run.pace = split.NewPace(split.MediumRange)
	pool, err := run.pool(worker.Job{Rows: &run.spec}, len(known), total)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	if run.recursive {
		total = -1 // of what is below folders nothing is known
	}
	bar := run.bar(total)
	defer bar.clear()
	s := &filterRun{filterer: run, ctx: ctx, pool: pool, rows: merge.NewRows(out, pool, run.format), out: out, bar: bar}
	run.before = func() {
		bar.clear()
		_ = s.rows.Flush() // a message stands behind what was found before; an error comes back
	}
	if err = s.all(run.steps(files)); err == errEnough {
		err = nil
	}
	if err == nil && run.format.Count && !run.format.WithFilename && run.format.Tally == nil {
		err = writeLine(out, strconv.FormatUint(s.selected, 10))
	}
	if fatal(err) {
		return 0, err
	}
	return s.selected, s.rows.Flush()
}

// all takes the results of steps. Its error ends the run.
func (s *filterRun) all(steps iter.Seq[merge.Step[filterNote]]) error {
	var flushed error
	flush := func() { flushed = cmp.Or(flushed, s.rows.Flush()) }
	for d := range merge.Ordered(s.ctx, s.pool, s.order(s.ahead(), flush), steps) {
		err := flushed
		switch {
		case err != nil:
		case d.Err == nil && len(d.Note.batch) > 0:
			err = s.batch(&d.Note, d.Result.Batch)
		case errors.As(d.Note.err, new(*walk.Loop)):
			s.say("", message(d.Note.err.Error())) // only a warning, as for grep
		default:
			err = s.step(&d)
		}
		if err != nil {
			return err
		}
	}
	return flushed
}

// step takes the next result, or the beginning or the end of an input.
func (s *filterRun) step(d *merge.Done[filterNote]) error {
	if err := s.take(d); fatal(err) {
		return err
	} else if err != nil {
		if !s.broken {
			s.input(d.Note.name, err)
		}
		s.broken = true
	}
	if d.Task != nil && !s.recut {
		s.bar.add(d.Task.Range)
	}
	s.recut = false
	if !d.Note.end && !s.rows.Full() {
		return nil
	}
	err := s.leave(d.Note.name)
	if d.Note.src != nil {
		d.Note.src.Close()
	}
	return err
}

// take takes what a step tells. Its error is of the input in hand, or fatal.
func (s *filterRun) take(d *merge.Done[filterNote]) error {
	n := &d.Note
	switch {
	case d.Err != nil:
		return d.Err
	case n.err != nil:
		return &worker.InputError{Name: n.name, Err: n.err}
	case s.broken:
		return nil
	case d.Task != nil:
		err := s.rows.Range(s.ctx, d.Task, *d.Result.Rows)
		if err != merge.ErrGivenUp {
			s.pace.Took(d.Task.Range, d.Result.Rows.Size())
			return err
		}
		s.pace.GaveUp(d.Task.Range)
		err = s.all(s.again(d.Task))
		s.recut = true
		return err
	case n.end:
		return s.csv.end(s.ctx, s.rows, n.src, s.common)
	default:
		s.src = n.src
		return s.begin(n.src, n.name, n.header)
	}
}

// again yields the steps of a range whose result was given up.
func (s *filterRun) again(t *worker.Task) iter.Seq[merge.Step[filterNote]] {
	return func(yield func(merge.Step[filterNote]) bool) {
		sizes := s.common.sizes(s.src, split.MediumRange)
		for r, err := range split.Within(s.csv.ranges(s.src, t.Range.Start, sizes), t.Range.End) {
			step := merge.Step[filterNote]{Note: filterNote{name: t.Name, err: err}}
			if err == nil {
				step.Task = s.task(s.src, t.Name, t.Rows.Column, r)
			}
			if !yield(step) {
				return
			}
		}
	}
}

// begin starts an input.
func (s *filterRun) begin(src merge.Input, name string, header []byte) error {
	s.rows.Begin(src, name, countLines(header))
	return s.beginRows(name, header)
}

func (s *filterRun) beginRows(name string, header []byte) error {
	s.begun = true
	return s.showHeader(s.rows, name, header)
}

// leave finishes the input in hand. Its error ends the run.
func (s *filterRun) leave(name string) (err error) {
	s.rows.Leave()
	switch {
	case !s.broken:
		s.selected += s.rows.File
		err = s.fileCount(name, s.rows.File)
	case s.begun:
		s.rows.Void()
	}
	s.begun, s.broken = false, false
	if err == nil && s.rows.Full() {
		err = errEnough
	}
	return err
}

// batch takes the results of small files.
func (s *filterRun) batch(n *filterNote, results []worker.FileResult) error {
	for i := 0; i < len(results); i++ {
		r, name := &results[i], n.batch[i].Name
		var err error
		switch {
		case r.Apart:
			first := i
			for i+1 < len(results) && results[i+1].Apart {
				i++
			}
			err = s.all(s.apart(n.batch[first : i+1]))
		case r.Err != nil:
			s.input(name, &worker.InputError{Name: name, Err: r.Err})
		default:
			err = s.whole(name, n.header, r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apart yields the steps of files that do not belong in a batch.
func (s *filterRun) apart(files []walk.File) iter.Seq[merge.Step[filterNote]] {
	return func(yield func(merge.Step[filterNote]) bool) {
		for _, f := range files {
			if !s.file(f, nil, yield) {
				return
			}
		}
	}
}

// whole takes the result of a small file.
func (s *filterRun) whole(name string, header []byte, r *worker.FileResult) error {
	s.rows.BeginWhole(r.Size, name, countLines(header))
	if err := s.beginRows(name, header); err != nil {
		return err
	}
	body := split.Range{Start: int64(len(header)), End: r.Size}
	if err := s.rows.Range(s.ctx, &worker.Task{Range: body}, *r.Rows); err != nil {
		return err
	}
	if !s.rows.Full() {
		if err := s.rows.End(); err != nil {
			return err
		}
	}
	s.bar.add(split.Range{End: r.Size})
	return s.leave(name)
}

// fileCount prints the number of rows of one input, where that is wanted.
func (s *filterRun) fileCount(name string, n uint64) error {
	if !s.format.Count || !s.format.WithFilename {
		return nil
	}
	return writeLine(s.out, name+":"+strconv.FormatUint(n, 10))
}

func writeLine(out output.Output, line string) error {
	_, err := io.WriteString(out, line+"\n")
	return err
}

// each yields files that are known beforehand.
func each(files []walk.File) iter.Seq2[walk.File, error] {
	return func(yield func(walk.File, error) bool) {
		for f := range slices.Values(files) {
			if !yield(f, nil) {
				return
			}
		}
	}
}
