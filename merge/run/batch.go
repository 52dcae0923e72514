package run

import (
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker"
)

// batchSize is how many small files go to a worker at once: enough that the
// handing over costs little against reading them, some microseconds each.
const batchSize = 64

// steps yields the steps of files: of small ones that follow each other, one for
// many of them.
func (l *loop) steps(files iter.Seq2[walk.File, error]) iter.Seq[step] {
	return func(yield func(step) bool) {
		var batch []walk.File
		flush := func() bool {
			files := batch
			batch = nil
			return len(files) == 0 || yield(l.together(files))
		}
		apart := func(s step) bool {
			if s.Note.point == atBegin {
				l.op.learn(s.Note.in)
			}
			return yield(s)
		}
		for f, err := range files {
			switch {
			case err == nil && l.skips(&f):
			case err == nil && l.isSmall(&f):
				if batch == nil {
					batch = make([]walk.File, 0, batchSize)
				}
				if batch = append(batch, f); len(batch) == batchSize && !flush() {
					return
				}
			case !flush() || !l.file(f, err, apart):
				return
			}
		}
		flush()
	}
}

// isSmall reports whether a file should be read with others; it is closed then. The
// size of a file that was found below a folder is not known, but most are small.
// If Options say how long ranges are, all files are cut. A file in a batch is read at once and not
// looked at again, so none is if they must not be changed.
func (l *loop) isSmall(f *walk.File) bool {
	if f.Shared != nil || f.Type != 0 || l.RangeSize > 0 || l.Unchanged {
		return false
	}
	if !l.op.batches() {
		return false
	}
	if !f.Operand {
		return !l.output.refuses(f, l.isOutput(f))
	}
	// What claims to be empty may be one of those in /proc, and even block.
	info := f.Input.Info()
	if info.Size() == 0 || info.Size() > worker.SmallFile || l.output.refuses(f, l.output.is(info)) {
		return false
	}
	f.Input.Close()
	f.Input = nil
	return true
}

// together is the step of files that are read together.
func (l *loop) together(files []walk.File) step {
	t := l.op.batch()
	t.Name, t.Batch.Unpack, t.Batch.FollowLinks = files[0].Name, l.Decompress, l.folders.Follow
	t.Batch.Files = make([]folder.Place, len(files))
	for i := range files {
		t.Batch.Files[i] = files[i].Place
	}
	t.Scanned = &l.account.scanned
	return step{Task: &t, Note: note{batch: files}}
}

// batch takes the results of files that were read together.
func (l *loop) batch(batch *worker.Task, files []walk.File, results []worker.FileResult) error {
	t := &worker.Task{Rows: batch.Rows, Grep: batch.Grep}
	t.Range.Start = int64(len(batch.Batch.Header))
	for i := 0; i < len(results); i++ {
		var err error
		if results[i].Apart {
			first := i
			for i+1 < len(results) && results[i+1].Apart {
				i++
			}
			err = l.all(l.apart(files[first : i+1]))
		} else {
			l.small = input{name: files[i].Name, file: files[i], header: batch.Batch.Header}
			err = l.whole(&l.small, t, &results[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apart yields the steps of files that do not belong in a batch.
func (l *loop) apart(files []walk.File) iter.Seq[step] {
	return func(yield func(step) bool) {
		for _, f := range files {
			if !l.file(f, nil, yield) {
				return
			}
		}
	}
}

// whole takes the result of a file that a worker has read whole; t is its task.
func (l *loop) whole(in *input, t *worker.Task, r *worker.FileResult) error {
	in.couldOpen, in.size, in.data = r.Opened, r.Size, r.Data
	t.Name, t.Range.End = in.name, r.Size
	err := r.Err
	if err != nil {
		err = &worker.InputError{Name: in.name, Err: err}
	} else {
		err = l.take(in, t, r)
	}
	if err := l.settle(in, err); err != nil {
		return err
	}
	return l.leave(in)
}

func (l *loop) take(in *input, t *worker.Task, r *worker.FileResult) error {
	in.begun = true
	l.account.began(in.name)
	if err := l.op.begin(in); err != nil {
		return err
	}
	result := &worker.Result{Count: r.Count, Rows: r.Rows, Grep: r.Grep}
	if err := l.op.take(in, t, result); err != nil {
		return err
	}
	if l.op.enough() {
		return nil
	}
	return l.op.end(in)
}

// outputRule says what is done with an input that is also the output.
type outputRule struct {
	info fs.FileInfo // what the output is; nil if it is not a file
	// named and found inputs are refused; others that are found are passed over.
	refuseNamed, refuseFound, skipFound bool
}

// leaveOut leaves the output out of folders, and reads it where it is named.
func (o *outputRule) leaveOut(info fs.FileInfo) { *o = outputRule{info: info, skipFound: true} }

// is reports whether info is about the output.
func (o *outputRule) is(info fs.FileInfo) bool { return o.info != nil && os.SameFile(o.info, info) }

func (o *outputRule) refuses(f *walk.File, isOutput bool) bool {
	return isOutput && (f.Operand && o.refuseNamed || !f.Operand && o.refuseFound)
}

// isOutput reports whether a file that was found is the output.
func (l *loop) isOutput(f *walk.File) bool {
	if l.output.info == nil {
		return false
	}
	info, err := l.folders.Stat(f.Place)
	return err == nil && info.Same(folder.Describe(l.output.info))
}

// skips reports whether a file is passed over.
func (l *loop) skips(f *walk.File) bool {
	if !l.output.skipFound || f.Operand {
		return false
	}
	return l.isOutput(f) || output.MayBeTemporary(filepath.Base(f.Place.Path)) && l.inUse(f)
}

// inUse reports whether a run has a file that was found as a temporary one.
func (l *loop) inUse(f *walk.File) bool {
	file, err := l.folders.Open(f.Place)
	if err != nil {
		return false
	}
	defer file.Close()
	return output.InUse(file)
}
