package split

import "io"

// Whole is a file that a worker has read whole. Its bytes are in memory, or
// nobody will ask for them.
type Whole struct {
	data []byte
	size int64
}

// NewWhole returns a file of size bytes; data may be nil.
func NewWhole(data []byte, size int64) *Whole { return &Whole{data, size} }

// Bytes returns the bytes [start, end).
func (w *Whole) Bytes(start, end int64) []byte { return w.data[start:end] }

// The methods of a Source that make sense for it.

func (w *Whole) Locator() Locator { return Locator{} }
func (w *Whole) Size() int64      { return w.size }
func (w *Whole) Start() int64     { return 0 }
func (w *Whole) Stream() bool     { return false }
func (w *Whole) Release(int64)    {}
func (w *Whole) Shrunk() error    { return nil }
func (w *Whole) Decoder() Decoder { return nil }

// ReadAt is as of [io.ReaderAt].
func (w *Whole) ReadAt(p []byte, off int64) (int, error) {
	n := copy(p, w.data[min(off, int64(len(w.data))):])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
