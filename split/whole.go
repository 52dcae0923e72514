package split

import "os"

// Whole is a regular file that a worker has read whole. It is opened again only
// if bytes of it are asked for.
type Whole struct {
	path string
	id   ID
	size int64

	f *os.File
}

// NewWhole describes the file at path.
func NewWhole(path string, id ID, size int64) *Whole {
	return &Whole{path: path, id: id, size: size}
}

// The methods of a Source that make sense for it.

func (w *Whole) Path() string  { return w.path }
func (w *Whole) ID() ID        { return w.id }
func (w *Whole) Size() int64   { return w.size }
func (w *Whole) Start() int64  { return 0 }
func (w *Whole) Stream() bool  { return false }
func (w *Whole) Release(int64) {}
func (w *Whole) Shrunk() error { return nil }

// ReadAt reads from the file, if it is still the same.
func (w *Whole) ReadAt(p []byte, off int64) (int, error) {
	if w.f == nil {
		if err := w.open(); err != nil {
			return 0, err
		}
	}
	return w.f.ReadAt(p, off)
}

func (w *Whole) open() error {
	f, err := os.Open(w.path)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && Identify(info) != w.id {
		err = ErrReplaced
	}
	if err != nil {
		f.Close()
		return err
	}
	w.f = f
	return nil
}

// Close closes the file, if it was opened.
func (w *Whole) Close() error {
	if w.f == nil {
		return nil
	}
	return w.f.Close()
}
