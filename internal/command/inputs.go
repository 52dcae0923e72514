package command

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

var errInputIsOutput = errors.New("input file is also the output")

// named is the input of an operand.
func named(name string) walk.File {
	return walk.File{Name: name, Path: name, Stdin: name == "-", Operand: true}
}

// operandFiles are the inputs of operands that are no folders.
func operandFiles(names []string) []walk.File {
	files := make([]walk.File, len(names))
	for i, name := range names {
		files[i] = named(name)
	}
	return files
}

// expand replaces each folder among the names by the regular files in it, in
// name order, hidden ones included; the output is not one of them. A folder
// that cannot be read is told of.
func (run *filterer) expand(names []string) []walk.File {
	var files []walk.File
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err != nil || !info.IsDir() {
			files = append(files, named(name)) // what is wrong with it is said when its turn comes
			continue
		}
		entries, err := os.ReadDir(name)
		if err != nil {
			run.input(name, err)
			continue
		}
		for _, e := range entries {
			path := strings.TrimRight(name, "/") + "/" + e.Name()
			info, err := os.Stat(path)
			if err == nil && info.Mode().IsRegular() && !output.IsTemporary(e.Name()) && !run.isOutput(info) {
				files = append(files, walk.File{Name: path, Path: path})
			}
		}
	}
	return files
}

// below yields what grep -r reads, but for the output where that is found below
// a folder.
func (run *filterer) below(names []string) iter.Seq2[walk.File, error] {
	return func(yield func(walk.File, error) bool) {
		for f, err := range walk.Files(names, walk.Options{Directories: walk.Recurse}) {
			if err == nil && !f.Operand && run.writes(f.Path) {
				continue
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// writes tells whether a file is the output, or will become one.
func (run *filterer) writes(path string) bool {
	if output.IsTemporary(filepath.Base(path)) {
		return true
	}
	if run.outInfo == nil {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && run.isOutput(info)
}

// totalSize is the number of bytes of all inputs, -1 if it is not known. Folders
// count for nothing.
func totalSize(files []walk.File) int64 {
	var total int64
	for _, f := range files {
		info, err := statInput(f.Path)
		if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
			return -1
		}
		if err == nil && info.Mode().IsRegular() {
			total += info.Size()
		}
	}
	return total
}

// statInput describes an input; "-" is standard input.
func statInput(name string) (fs.FileInfo, error) {
	if name == "-" {
		return os.Stdin.Stat()
	}
	return os.Stat(name)
}

// filterNote goes with each range of an input, and alone with its beginning
// and its end; or with a batch of small files.
type filterNote struct {
	name   string
	src    split.Source
	header []byte // the header record, with its terminator
	column int    // the number of the key field under it
	end    bool
	err    error // the input cannot be read, or not to its end
	batch  []walk.File
}

// steps opens the inputs in order and cuts the long ones.
func (run *filterer) steps(files iter.Seq2[walk.File, error]) iter.Seq[merge.Step[filterNote]] {
	return func(yield func(merge.Step[filterNote]) bool) {
		b := batcher{filterer: run}
		one := func(f walk.File, err error) bool {
			return run.file(f, err, func(s merge.Step[filterNote]) bool {
				b.learn(&s.Note)
				return yield(s)
			})
		}
		inBatches(files, b.takes, func(batch []walk.File) bool { return yield(b.step(batch)) }, one)
	}
}

// file yields the steps of a file; more is false if the consumer wants no more.
func (run *filterer) file(f walk.File, err error, yield func(merge.Step[filterNote]) bool) (more bool) {
	end := filterNote{name: f.Name, end: true, err: err}
	if f.Stdin {
		end.name = stdinName
	}
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		end.name, end.err = e.Path, e.Err
	}
	if err == nil {
		if end.src, end.err = run.open(f.Path); end.err == nil {
			run.cutting.begin(end.src)
			if more, end.err = run.cut(end.src, end.name, yield); !more {
				return false
			}
			run.cutting.end(end.src)
		}
	}
	return yield(merge.Step[filterNote]{Note: end})
}

func (run *filterer) open(name string) (split.Source, error) {
	// Other outputs wait in a temporary file until the input has been read.
	if info, err := statInput(name); err == nil && run.stdout && run.isOutput(info) {
		return nil, errInputIsOutput
	}
	return run.common.open(name)
}

func (run *filterer) isOutput(info fs.FileInfo) bool {
	return run.outInfo != nil && os.SameFile(info, run.outInfo)
}

// decodedRange is short, since workers hold the text of such a range.
const decodedRange = 4 << 20

// cut yields the beginning and the ranges of an input; more is false if the
// consumer wants no more.
func (run *filterer) cut(src split.Source, name string, yield func(merge.Step[filterNote]) bool) (more bool, err error) {
	begin := filterNote{name: name, src: src, column: run.column}
	if run.header {
		if begin.header, err = readHeader(src, run.csv); err != nil {
			return true, err
		}
		if begin.column, err = run.resolve(begin.header); err != nil {
			return true, err
		}
	}
	if !yield(merge.Step[filterNote]{Note: begin}) {
		return false, nil
	}
	sizes, pace := run.sizes(src)
	start := src.Start() + int64(len(begin.header))
	for r, err := range run.csv.ranges(src, start, sizes) {
		if err != nil {
			return true, err
		}
		t := run.task(src, name, begin.column, r)
		t.Rows.MaxSpans = pace.Bound(r)
		if !yield(merge.Step[filterNote]{Task: t, Note: filterNote{name: name}}) {
			return false, nil
		}
	}
	return true, nil
}

func (run *filterer) task(src split.Source, name string, column int, r split.Range) *worker.Task {
	return &worker.Task{Name: name, Input: src.Locator(), Range: r, Rows: &rows.Task{Column: column, Max: run.format.Max}}
}

// sizes are less the more a worker reports. The pace is nil where they stay as
// they are.
func (run *filterer) sizes(src split.Source) (split.Sizes, *split.Pace) {
	switch {
	case run.csv.charset != nil && rows.Ambiguous(run.csv.charset, run.csv.Dialect):
		return run.common.sizes(src, decodedRange), nil
	case run.format.Count && run.format.Tally == nil:
		return run.common.sizes(src, split.LongRange), nil
	case run.format.Tally != nil || run.format.Max > 0:
		return run.common.sizes(src, split.MediumRange), nil
	}
	return run.paced(src, run.pace)
}
