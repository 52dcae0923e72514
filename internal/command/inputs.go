package command

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"strings"

	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

var errInputIsOutput = errors.New("input file is also the output")

// expand replaces each folder among the names by the regular files in it, in
// name order, hidden ones included; the output is not one of them. A folder
// that cannot be read is told of.
func (run *filterer) expand(names []string) []string {
	var files []string
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err != nil || !info.IsDir() {
			files = append(files, name) // what is wrong with it is said when its turn comes
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
			if err == nil && info.Mode().IsRegular() && !merge.IsTemporary(e.Name()) && !run.isOutput(info) {
				files = append(files, path)
			}
		}
	}
	return files
}

// totalSize is the number of bytes of all inputs, -1 if it is not known.
func totalSize(names []string) int64 {
	var total int64
	for _, name := range names {
		info, err := statInput(name)
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
// and its end.
type filterNote struct {
	name   string
	src    split.Source
	header []byte // the header record, with its terminator
	lines  uint64 // LFs in the header
	end    bool
	err    error // the input cannot be read, or not to its end
}

// steps opens the inputs in order and cuts them.
func (run *filterer) steps(names []string) iter.Seq[merge.Step[filterNote]] {
	return func(yield func(merge.Step[filterNote]) bool) {
		for _, name := range names {
			src, err := run.open(name)
			if name == "-" {
				name = split.StdinName
			}
			if err == nil {
				var more bool
				if err, more = run.cut(src, yield); !more {
					return
				}
			}
			if !yield(merge.Step[filterNote]{Note: filterNote{name: name, src: src, end: true, err: err}}) {
				return
			}
		}
	}
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
func (run *filterer) cut(src split.Source, yield func(merge.Step[filterNote]) bool) (err error, more bool) {
	begin := filterNote{name: src.Name(), src: src}
	start, column := src.Start(), run.column
	if run.header {
		if begin.header, err = readHeader(src, run.csv); err != nil {
			return err, true
		}
		if column, err = run.resolve(begin.header); err != nil {
			return err, true
		}
		start += int64(len(begin.header))
		begin.lines = countLines(begin.header)
	}
	if !yield(merge.Step[filterNote]{Note: begin}) {
		return nil, false
	}
	most := int64(split.MediumRange)
	if run.format.Count && run.format.Tally == nil {
		most = split.LongRange
	}
	if run.csv.charset != nil && rows.Ambiguous(run.csv.charset, run.csv.Dialect) {
		most = decodedRange
	}
	for r, err := range run.csv.ranges(src, start, run.sizes(src, most)) {
		if err != nil {
			return err, true
		}
		t := &worker.Task{Name: src.Name(), Path: src.Path(), ID: src.ID(), Range: r, Column: column, Max: run.format.Max}
		if !yield(merge.Step[filterNote]{Task: t, Note: filterNote{name: src.Name()}}) {
			return nil, false
		}
	}
	return nil, true
}
