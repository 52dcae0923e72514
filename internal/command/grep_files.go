package command

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"sync"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
)

// grepNote goes with each range of an input, and alone with its beginning and
// its end; or with a batch of small files.
type grepNote struct {
	name  string
	in    *grepInput // nil if it could not be opened
	end   bool
	err   error // the input cannot be read, or not to its end
	batch []walk.File
}

// steps finds the inputs in order and cuts the long ones.
func (run *grepper) steps(operands []string) iter.Seq[merge.Step[grepNote]] {
	return func(yield func(merge.Step[grepNote]) bool) {
		isSmall := func(f walk.File) bool {
			return maybeSmall(f) && !run.encoding.isUTF16() && !run.isOutput(f.Path)
		}
		many := func(files []walk.File) bool {
			t := run.batchTask(files)
			t.Grep = &grep.Task{Max: run.selection.Max}
			return yield(merge.Step[grepNote]{Task: t, Note: grepNote{name: t.Name, batch: files}})
		}
		one := func(f walk.File, err error) bool { return run.file(f, err, yield) }
		inBatches(walk.Files(operands, run.walk), isSmall, many, one)
	}
}

// each yields the steps of files that turned out not to be small.
func (run *grepper) each(files []walk.File) iter.Seq[merge.Step[grepNote]] {
	return func(yield func(merge.Step[grepNote]) bool) {
		for _, f := range files {
			if !run.file(f, nil, yield) {
				return
			}
		}
	}
}

// file yields the steps of a file; more is false if the consumer wants no more.
func (run *grepper) file(f walk.File, err error, yield func(merge.Step[grepNote]) bool) (more bool) {
	name := f.Name
	if f.Stdin {
		name = run.label
	}
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		name, err = e.Path, e.Err
	}
	end := grepNote{name: name, end: true, err: err}
	if err == nil {
		if f.Stdin && run.stdin != nil {
			select {
			case <-run.stdin.left: // whoever leaves it says where the next one begins
			case <-run.cutting.stopped:
				return false
			}
		}
		var src split.Source
		if src, end.err = run.open(f.Path); end.err == nil {
			end.in = newGrepInput(src, f.Stdin)
			if f.Stdin {
				run.stdin = end.in
			}
			run.cutting.begin(src)
			if more, end.err = run.cut(end.in, name, yield); !more {
				return false
			}
			run.cutting.end(src)
		}
	}
	return yield(merge.Step[grepNote]{Note: end})
}

// open opens an input. One that is also the output would grow for ever.
func (run *grepper) open(name string) (split.Source, error) {
	if run.isOutput(name) {
		return nil, errors.New("input file is also the output")
	}
	return run.common.open(name)
}

// isOutput tells whether what is written to the output could be read again.
func (run *grepper) isOutput(name string) bool {
	if run.out.Info() == nil || run.listing || run.selection.Max == 1 {
		return false
	}
	info, err := statInput(name)
	return err == nil && os.SameFile(info, run.out.Info())
}

// grepInput is an input that was opened.
type grepInput struct {
	src   split.Source
	stdin bool
	done  chan struct{} // closed when no more of it is wanted
	left  chan struct{} // closed when it is
	// finish closes done and ends the cutting of src; it may be called again.
	finish func()
}

func newGrepInput(src split.Source, stdin bool) *grepInput {
	done := make(chan struct{})
	return &grepInput{src, stdin, done, make(chan struct{}), sync.OnceFunc(func() {
		close(done)
		src.Stop()
	})}
}

// cut yields the beginning and the ranges of an input; more is false if the
// consumer wants no more.
func (run *grepper) cut(in *grepInput, name string, yield func(merge.Step[grepNote]) bool) (more bool, err error) {
	if !yield(merge.Step[grepNote]{Note: grepNote{name: name, in: in}}) {
		return false, nil
	}
	sizes, pace := run.sizes(in.src)
	binary := run.spec.Binary != grep.Text && in.src.Size() > grep.BlockSize && hasHole(in.src, grep.BlockSize)
	for r, err := range in.src.Ranges(in.src.Start(), sizes, run.spec.Terminator()) {
		if err != nil {
			return true, err
		}
		t := run.task(in, name, r)
		t.Grep.Binary, t.Grep.MaxSpans = binary, pace.Bound(r)
		if !yield(merge.Step[grepNote]{Task: t, Note: grepNote{name: name, in: in}, Void: in.done}) {
			return false, nil
		}
	}
	return true, nil
}

func (run *grepper) task(in *grepInput, name string, r split.Range) *worker.Task {
	return &worker.Task{
		Name: name, Input: in.src.Locator(), Range: r,
		Grep: &grep.Task{
			Max: run.selection.Max, Ahead: ahead(in.src, r),
			Mark: r.Start == in.src.Start() && keepsMark(in.src),
		},
	}
}

// again yields the steps of a range whose result was given up.
func (run *grepper) again(d *merge.Done[grepNote]) iter.Seq[merge.Step[grepNote]] {
	in, name, whole := d.Note.in, d.Note.name, d.Task.Range
	return func(yield func(merge.Step[grepNote]) bool) {
		sizes := run.common.sizes(in.src, run.firstRange())
		for r, err := range split.Within(in.src.Ranges(whole.Start, sizes, run.spec.Terminator()), whole.End) {
			s := merge.Step[grepNote]{Note: grepNote{name: name, err: err}}
			if err == nil {
				s.Note.in, s.Void = in, in.done
				s.Task = run.task(in, name, r)
				s.Task.Grep.Binary = d.Task.Grep.Binary
			}
			if !yield(s) {
				return
			}
		}
	}
}

// sizes are less the more a worker reports. The pace is nil where they stay as
// they are.
func (run *grepper) sizes(src split.Source) (split.Sizes, *split.Pace) {
	switch {
	case run.selection.Max > 0: // what comes too late is searched to its end
		return run.common.sizes(src, run.firstRange()), nil
	case run.spec.Spans:
		return run.common.paced(src, run.pace)
	}
	return run.common.sizes(src, split.LongRange), nil
}

// firstRange is how long ranges are before anything is found.
func (run *grepper) firstRange() int64 {
	if run.spec.Matches {
		return matchesRange
	}
	return split.MediumRange
}

// matchesRange is short, since matches may take more bytes than what they stand
// in: one that is a byte long may take two.
const matchesRange = 2 << 20

// ahead is how far the block that a range ends in goes on behind it, as far as
// the bytes of it are there: GNU grep sees no more of a pipe, either.
func ahead(src split.Source, r split.Range) int64 {
	block := (r.End + grep.BlockSize - 1) / grep.BlockSize * grep.BlockSize
	return min(block, src.Known()) - r.End
}
