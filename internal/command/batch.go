package command

import (
	"iter"
	"os"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/rows"
)

// batchSize is how many small files go to a worker at once: enough that the
// handing over costs little against reading them, some microseconds each.
const batchSize = 64

// inBatches hands on files in order, one by one, but small ones that follow each
// other many at once. It ends when a function that it calls wants no more.
func inBatches(files iter.Seq2[walk.File, error], isSmall func(walk.File) bool, many func([]walk.File) bool, one func(walk.File, error) bool) {
	var batch []walk.File
	flush := func() bool {
		files := batch
		batch = nil
		return len(files) == 0 || many(files)
	}
	for f, err := range files {
		switch {
		case err == nil && isSmall(f):
			if batch = append(batch, f); len(batch) == batchSize && !flush() {
				return
			}
		case !flush() || !one(f, err):
			return
		}
	}
	flush()
}

// batchTask is the task of a batch.
func (o *common) batchTask(files []walk.File) *worker.Task {
	b := &worker.Batch{Unpack: o.decompress, UTF16Apart: o.encoding.marks}
	for _, f := range files {
		b.Paths = append(b.Paths, f.Path)
	}
	return &worker.Task{Name: files[0].Name, Batch: b}
}

// maybeSmall tells whether a file should be read with others: the size of one
// that was found below a folder is not known, but most are small.
func maybeSmall(f walk.File) bool {
	if f.Stdin || f.Type != 0 {
		return false
	}
	if !f.Operand {
		return true
	}
	info, err := os.Stat(f.Path)
	return err == nil && info.Mode().IsRegular() && info.Size() <= worker.SmallFile
}

// batcher makes batches for a filter.
type batcher struct {
	*filterer
	// first is of the first file that has a header. A worker knows no other
	// header; who has another one is read apart.
	first filterNote
}

// learn looks at the beginning of a file that was read apart.
func (b *batcher) learn(n *filterNote) {
	if len(b.first.header) == 0 && b.csv.endsRecord(n.header) && b.csv.isClosed(n.header) {
		b.first = *n
	}
}

// takes tells whether a file should go into a batch. Where the user has said how
// long ranges are, all files are cut.
func (b *batcher) takes(f walk.File) bool {
	return b.rangeSize == 0 && (!b.header || len(b.first.header) > 0) && maybeSmall(f) && !b.encoding.isUTF16() && !(b.stdout && f.Operand && b.writes(f.Path))
}

// step is the step of a batch.
func (b *batcher) step(files []walk.File) merge.Step[filterNote] {
	t := b.batchTask(files)
	t.Rows = &rows.Task{Max: b.format.Max, Column: b.column}
	if b.header {
		t.Batch.Header, t.Rows.Column = b.first.header, b.first.column
	}
	return merge.Step[filterNote]{Task: t, Note: filterNote{name: t.Name, header: t.Batch.Header, batch: files}}
}
