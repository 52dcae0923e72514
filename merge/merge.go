// Package merge makes one output, in the order of the inputs, of results that arrive
// in any order. Package run binds it to inputs and workers; callers that want the whole
// of an operation start there.
//
//	m := merge.NewRows(output.Stream(os.Stdout), pool, merge.Format{LineNumber: true})
//	m.Begin(src, "a.csv", 0)
//	for d := range merge.Ordered(ctx, pool, merge.Order{Ahead: 8}, steps) {
//		if d.Err != nil {
//			return d.Err
//		}
//		if err := m.Range(ctx, d.Task, *d.Result.Rows); err != nil {
//			return err
//		}
//	}
//	return errors.Join(m.End(), m.Flush())
//
// # What is here
//
// [Ordered] runs the steps of a job and yields them in their order, never more than a
// fixed number ahead.
//
// [Rows] takes the results of a filter. Where quotes cross a cut it settles which reading
// of a range is right; it adds up line numbers, writes the rows, and says when there are
// enough. A [Tally] adds up how often each key occurs.
//
// [Grep] takes the results of a grep: it adds up line numbers, finds the lines around
// those that are selected, and decides what of a binary file is shown. How that looks is
// up to a [Printer], such as those of package print.
//
// A [Recoder] turns what is written into UTF-8. What is written goes to an output of
// package output.
//
// # What is promised
//
// A result is taken whole or not at all. What is written depends on the bytes of the
// inputs alone, not on where they are cut or on which result arrives first. Memory is
// bounded: by the steps that are ahead, by a window on the range that is written, and
// by the limit of a Tally, beyond which keys go to a temporary file.
//
// # Units
//
// Offsets are file offsets, in bytes: an [Input] begins at its Start. Spans in results
// are relative to their range, and offsets that are shown to the Input's Start. Lines
// are numbered from 1; a number of lines is one of terminators.
//
// # Errors
//
// An error of an input is a [*worker.InputError]: the caller gives that input up with
// Leave and goes on with the next. All others end the run: those of the
// [worker.Runner], of the output ([*output.Error]), of a temporary file, and the cause
// of a context that is done. [ErrGivenUp] asks for shorter ranges.
package merge

import (
	"bytes"
	"encoding/binary"

	"github.com/linefork/linefork/split"
)

// Input is what a Grep or Rows needs of an input beside the results. Every
// [split.Source] is one, and its methods are described there. Offsets are file offsets.
type Input interface {
	Locator() split.Locator
	Start() int64
	Size() int64
	Stream() bool
	ByteOrder() binary.ByteOrder
	ReadAt(p []byte, fileOffset int64) (int, error)
	Shrunk() error
	Release(fileOffset int64)
}

// whole is a small file that a worker has read to its end.
type whole struct {
	bytes.Reader // of its bytes, if they are known
	size         int64
}

func (w *whole) set(data []byte, size int64) *whole {
	w.Reset(data)
	w.size = size
	return w
}

func (w *whole) Locator() split.Locator      { return split.Locator{} }
func (w *whole) Start() int64                { return 0 }
func (w *whole) Size() int64                 { return w.size }
func (w *whole) Stream() bool                { return false }
func (w *whole) ByteOrder() binary.ByteOrder { return nil }
func (w *whole) Shrunk() error               { return nil }
func (w *whole) Release(int64)               {}
