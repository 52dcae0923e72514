// Package window gives a worker the bytes of a range: a piece of the file
// mapped into memory where the platform can do that, else a copy read with
// pread. Mapping won by 1.6 to 2.8 over reading when the file was in the page
// cache: the copy is saved, and large folios make faults cheap.
//
//	f, err := window.Open(locator)
//	w, err := f.Map(start, end)
//	defer w.Close()
//	… w.Data …
//
// Reading Data may fault when the file has been shortened meanwhile. [Catch]
// turns that into an error that names the file offset.
package window

import (
	"io"
	"os"

	"github.com/linefork/linefork/internal/fault"
	"github.com/linefork/linefork/split"
)

// File is an open file whose pieces can be mapped.
type File struct{ f *os.File }

// Open opens an input. The error is that of [split.Locator.Open].
func Open(at split.Locator) (*File, error) {
	f, err := at.Open()
	if err != nil {
		return nil, err
	}
	return &File{f: f}, nil
}

// Close closes the file; windows on it stay valid.
func (f *File) Close() error { return f.f.Close() }

// Window is the bytes [start, end) of a file.
type Window struct {
	// Data holds the bytes; Data[0] is the byte at offset Start of the file.
	Data  []byte
	Start int64

	f      *File
	memory []byte // the mapping, which begins at a page boundary; nil for a copy
	lead   int    // len of memory before Data
	freed  int    // offset in memory up to which Release has given pages back
}

// Map makes the bytes [start, end) of the file readable. The address space is
// reserved for all of them; pages become resident as they are read. The error is a
// *fs.PathError, or that of [split.Unreadable].
func (f *File) Map(start, end int64) (*Window, error) {
	w := &Window{Start: start, f: f}
	if start >= end {
		return w, nil
	}
	if err := w.mapFile(start, end); err == nil {
		return w, nil
	}
	w.Data = make([]byte, end-start)
	if n, err := f.f.ReadAt(w.Data, start); err != nil {
		if err == io.EOF {
			return nil, split.Unreadable(f.f, start+int64(n))
		}
		return nil, err
	}
	return w, nil
}

// releaseStep is how many bytes are read before the pages behind are given
// back: more than a range has as a rule, since Close gives back all at once.
const releaseStep = 40 << 20

// Release says that Data[:upTo] is done with, so that a range of any length (a
// line longer than memory) keeps the resident set small. Data read again after
// that is still right, only slower. It is cheap to call often.
func (w *Window) Release(upTo int) {
	switch at := w.lead + upTo; {
	case w.memory == nil:
	case at < w.freed:
		w.freed = at &^ (os.Getpagesize() - 1) // another pass began
	case at-w.freed >= releaseStep:
		w.release(at)
	}
}

// Catch calls use, which may read w.Data. A fault in there becomes an error
// with the offset of the byte that could not be read.
func (w *Window) Catch(use func()) error {
	addr, faulted := fault.Catch(use)
	if !faulted {
		return nil
	}
	return split.Unreadable(w.f.f, w.Start+w.offset(addr))
}
