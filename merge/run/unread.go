package run

import (
	"errors"
	"iter"
	"syscall"

	"github.com/linefork/linefork/internal/unpack"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
)

// ReadError is for an input that cannot be read to its end. What stands before was searched, or
// counted.
type ReadError = split.ReadError

// An input may turn out not to be readable to its end: its device fails, it was cut off, an archive
// is damaged. As with GNU tools, what was read before that counts, and then the reason is reported.
// Records are taken as far as they are whole. The byte that is named is the first that cannot be
// read, whatever the ranges are: results are taken in order, and a range that cannot be read is
// run again up to there.

// inPart reports whether an input broke with an error that leaves what was read before right.
func (in *input) inPart() bool {
	_, ok := split.ReadableTo(in.err)
	return ok || errors.Is(in.err, unpack.ErrDamaged)
}

// hasRow reports whether counts of an input that broke are shown. As wc does, that is so where it
// could be opened, even if it is a folder.
func (in *input) hasRow() bool { return in.inPart() || errors.Is(in.err, syscall.EISDIR) }

// remainder is the step of the last bytes of an input that were read before an error; false if there
// are none.
func (l *loop) remainder(in *input, r split.Range, err error) (step, bool) {
	if _, ok := split.ReadableTo(err); !ok && !in.src.Stream() || r.Len() <= 0 {
		return step{}, false
	}
	t := l.task(in, r, 0)
	if t.Incomplete = true; t.Grep != nil {
		t.Grep.Ahead = 0
	}
	return step{Task: t, Note: note{in: in}, Void: in.done}, true
}

// readable returns the fileOffset up to which the range of a failed task can be read, if that is why
// it failed.
func (l *loop) readable(d *step, err error) (fileOffset int64, ok bool) {
	in := d.Note.in
	if d.Task == nil || in.src == nil || in.src.Stream() || in.broken || fatal(err) || l.op.done() {
		return 0, false
	}
	fileOffset, ok = split.ReadableTo(err)
	return fileOffset, ok && fileOffset > d.Task.Range.Start
}

// cutOff returns an error if a file has become shorter than a range of it that was searched: what is
// shown of it has yet to be read.
func (l *loop) cutOff(d *step) error {
	in := d.Note.in
	if d.Task == nil || in.src == nil || in.broken || l.op.done() {
		return nil
	}
	err := in.src.Shrunk()
	if at, ok := split.ReadableTo(err); ok && at < d.Task.Range.End {
		return &worker.InputError{Name: in.name, Err: err}
	}
	return nil
}

// upTo yields the steps of a range that failed with err, up to the fileOffset end, from which on it
// cannot be read.
func (l *loop) upTo(in *input, t *worker.Task, end int64, err error) iter.Seq[step] {
	return func(yield func(step) bool) {
		sizes := l.Options.sizes(in.src, l.op.firstRange())
		ranges := split.Within(l.op.ranges(in, t.Range.Start, sizes), t.Range.End)
		for r, cut := range ranges {
			if cut != nil || r.End > end {
				r.End = min(r.End, end)
				if s, ok := l.remainder(in, r, err); ok && !yield(s) {
					return
				}
				yield(step{Note: note{in: in, err: err}})
				return
			}
			task := l.task(in, r, 0)
			if task.Grep != nil { // what the worker looked at may have been beyond the range
				task.Grep.Ahead = min(task.Grep.Ahead, end-r.End)
			}
			if !yield(step{Task: task, Note: note{in: in}, Void: in.done}) {
				return
			}
		}
	}
}
