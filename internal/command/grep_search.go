package command

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"syscall"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
)

// grepSearch takes the results of a run in the order of the inputs.
type grepSearch struct {
	*grepper
	ctx      context.Context
	pool     worker.Runner
	merge    *merge.Grep
	printer  merge.Printer
	bar      *progress
	selected bool // a record of any input
	broken   bool // the input in hand
}

// errEnough ends a run whose result is known.
var errEnough = errors.New("enough is known")

// all takes the results of steps. Its error ends the run.
func (s *grepSearch) all(steps iter.Seq[merge.Step[grepNote]]) error {
	var flushed error
	flush := func() { flushed = cmp.Or(flushed, s.printer.Flush()) }
	for d := range merge.Ordered(s.ctx, s.pool, s.order(s.ahead(), flush), steps) {
		if flushed != nil {
			return flushed
		}
		var err error
		if d.Err == nil && len(d.Note.batch) > 0 {
			err = s.batch(d.Note.batch, d.Result.Batch)
		} else {
			err = s.step(&d)
		}
		if err != nil {
			return err
		}
	}
	return flushed
}

// ahead is less where results are long, since they wait in memory.
func (s *grepSearch) ahead() int {
	if ahead := s.common.ahead(); ahead == 0 || !s.spec.Each || s.walk.Directories == walk.Recurse {
		return ahead
	}
	return 2 * s.workers.Processes
}

// step takes the next result, or the beginning or the end of an input.
func (s *grepSearch) step(d *merge.Done[grepNote]) error {
	n := &d.Note
	err := d.Err
	switch {
	case err != nil:
	case n.err != nil && n.in != nil && s.merge.Done() && !s.broken:
		// What is wrong behind the last record that matters may be found or not:
		// reading was ended there.
		err = s.end(n.name)
	case errors.As(n.err, new(*walk.Loop)):
		if !s.grepOptions.silent {
			s.say("", message(n.err.Error())) // only a warning
		}
	case n.err != nil:
		err = &worker.InputError{Name: n.name, Err: n.err}
	case s.broken || n.in == nil:
	case n.end:
		err = s.end(n.name)
	case d.Task == nil:
		s.merge.Begin(n.in.src, s.shownName(n.name, n.in))
	case !s.merge.Done():
		if d.Result.Grep.GivenUp {
			s.pace.GaveUp(d.Task.Range)
			return s.all(s.again(d))
		}
		s.pace.Took(d.Task.Range, d.Result.Grep.Size())
		err = s.merge.Range(d.Task, d.Result.Grep)
	}
	if err := s.check(n.name, err); err != nil {
		return err
	}
	if d.Task != nil {
		s.bar.add(d.Task.Range)
	}
	if n.in != nil && s.merge.Done() {
		n.in.finish()
	}
	if !n.end {
		return nil
	}
	defer func() { s.broken = false }()
	if n.in == nil {
		return nil
	}
	return s.leave(n.name, n.in)
}

// batch takes the results of small files.
func (s *grepSearch) batch(files []walk.File, results []worker.FileResult) error {
	for i := 0; i < len(results); i++ {
		r, name := &results[i], files[i].Name
		var err error
		switch {
		case r.Apart:
			first := i
			for i+1 < len(results) && results[i+1].Apart {
				i++
			}
			err = s.all(s.each(files[first : i+1]))
		case r.Err != nil:
			err = s.check(name, &worker.InputError{Name: name, Err: r.Err})
			if err == nil && r.Opened {
				err = s.nothing(name)
			}
		default:
			err = s.check(name, s.whole(files[i], r))
		}
		if err != nil {
			return err
		}
		s.broken = false
	}
	return nil
}

// whole takes the result of a small file.
func (s *grepSearch) whole(f walk.File, r *worker.FileResult) error {
	s.merge.BeginWhole(r.Data, r.Size, f.Name)
	all := split.Range{End: r.Size}
	if err := s.merge.Range(&worker.Task{Range: all}, r.Grep); err != nil {
		s.merge.Leave()
		return err
	}
	s.bar.add(all)
	return s.end(f.Name)
}

// check tells of an error of an input, and returns one that ends the run. That
// enough is known may be seen here, after any result.
func (s *grepSearch) check(name string, err error) error {
	switch {
	case fatal(err):
		return err
	case err != nil:
		if !s.broken {
			s.input(name, err)
		}
		s.broken = true
		if errors.Is(err, syscall.EISDIR) {
			return s.nothing(name)
		}
	case !s.broken && s.merge.Selected > 0 && s.quiet && !s.json:
		s.selected = true
		return errEnough
	}
	return nil
}

// nothing finishes an input that could be opened, but not read.
func (s *grepSearch) nothing(name string) error {
	return s.printer.End(&print.Summary{Name: name})
}

// shownName is the name of an input in the output: ripgrep's JSON has one of its own
// for standard input.
func (s *grepSearch) shownName(name string, in *grepInput) string {
	if s.json && in.stdin && name == stdinName {
		return "<stdin>"
	}
	return name
}

// end finishes an input.
func (s *grepSearch) end(name string) error {
	s.selected = s.selected || s.merge.Selected > 0
	if err := s.merge.End(); err != nil {
		return err
	}
	if s.merge.Hidden && s.spec.Binary == grep.Quiet && !isNull(os.Stdout) {
		s.tell(name, "binary file matches")
	}
	return nil
}

// leave closes an input.
func (s *grepSearch) leave(name string, in *grepInput) (err error) {
	defer close(in.left)
	m := s.merge
	if s.broken {
		m.Leave()
		// What was found before still counts.
		err = s.printer.End(&print.Summary{Name: s.shownName(name, in), Selected: m.Selected})
	}
	in.src.Close()
	if in.stdin && in.src.Decoder() == nil && s.limited && m.Show != merge.ShowNothing && m.Selected == m.Max && !m.Hidden {
		// Who reads on finds what follows the last selected line.
		_, _ = os.Stdin.Seek(m.Last(), io.SeekStart)
	}
	return err
}
