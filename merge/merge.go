// Package merge makes one output in input order of results that arrive in any
// order.
//
//	rows := merge.NewRows(output.Stream(os.Stdout), pool, merge.Format{LineNumber: true})
//	rows.Begin(input, "a.csv", 0)
//	for d := range merge.Ordered(ctx, pool, merge.Order{Ahead: 8}, steps) {
//		err := rows.Range(ctx, d.Task, d.Result.Rows)
//	}
//	err := rows.End()
//
// [Ordered] runs the steps of a job and yields their results in the order of the
// steps, never more than a fixed number ahead. [Rows] turns the results of a
// filter into rows: it settles which reading of each range is right where quotes
// cross a cut, adds up line numbers, and says when enough rows are found; a
// [Tally] adds up how often each key occurs. [Grep] does so for a grep, adds
// context and decides what of a binary file is shown; how it looks is up to a
// [Printer], such as those of package print. A [Recoder] turns what is written into
// UTF-8, whatever encoding the inputs are in. It goes to an output of package
// output.
package merge

import (
	"bytes"
	"encoding/binary"

	"github.com/linefork/linefork/split"
)

// Input is what a Grep or Rows reads beside the results: a [split.Source].
// Offsets are file offsets.
type Input interface {
	// Locator is where the bytes of a range can be mapped.
	Locator() split.Locator
	Start() int64
	Size() int64
	Stream() bool
	// ByteOrder is known when the first range is.
	ByteOrder() binary.ByteOrder
	ReadAt(p []byte, off int64) (int, error)
	Shrunk() error
	Release(off int64)
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
