package split

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"syscall"
)

// Source is an input that can be cut into ranges and read at any offset.
//
// A regular file is a Source as it stands. Everything else is copied, as its
// bytes arrive, into an anonymous file that grows at one end and is released
// at the other (see [Source.Release]), so that a byte keeps its stream offset
// as file offset, and a worker maps a piece of a pipe as it maps a piece of a
// file.
//
// A Source is for one goroutine, but for ReadAt, Release and Stop, which may be
// called while another goroutine is in Ranges, and for Ranges of what is no
// stream.
type Source interface {
	// Name is the input's name as the user gave it, but StdinName for "-".
	Name() string
	// Path is where a worker process finds the bytes of a range that was
	// yielded: open it, compare [Identify] of what was opened with ID.
	Path() string
	// ID tells the input from another file at the same path.
	ID() ID
	// Size is the number of bytes, or -1 as long as it is not known (a stream
	// that has not ended).
	Size() int64
	// Known is the offset up to which the input's bytes can be read at once.
	Known() int64
	// Start is the offset of the input's first byte: 0, but for a standard
	// input that was read in part before it was handed over.
	Start() int64
	// Stream tells whether the input is spooled, not mapped.
	Stream() bool
	// Reader reads a stream as it comes, for who needs neither ranges nor
	// offsets; nil for a file. What it reads is not spooled.
	Reader() io.Reader
	// Decoder is what decodes the input, nil where nothing does, or before its
	// first bytes were read.
	Decoder() Decoder
	// ReadAt reads up to len(p) bytes at offset off of the input. At its end it
	// returns io.EOF with what is left. From a live stream it may return fewer
	// bytes without an error, but waits for at least one.
	ReadAt(p []byte, off int64) (int, error)
	// Ranges yields ranges of about these sizes from offset from on, which must
	// be the start of a record. Those of a stream have the greatest of them. It
	// ends after the first error.
	Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error]
	// Shrunk returns an error if the file has become shorter than Size. Reading
	// a page of the mapping that the file now ends in gives zeros, and no fault.
	Shrunk() error
	// Release says that no byte before offset off will be asked for again.
	Release(off int64)
	// Stop ends Ranges, also where it waits for a stream that gives nothing more
	// (but on Windows). It is called once at most.
	Stop()
	// Close releases the input, which nobody may be reading; standard input
	// stays open, at its end.
	Close() error
}

// StdinName is how standard input is named where names are printed, as by grep.
const StdinName = "(standard input)"

// Open opens an input by its name; "-" is standard input. The error of an
// input that cannot be opened is a *fs.PathError; that of a directory wraps
// EISDIR.
func Open(name string) (Source, error) { return OpenDecoded(name, nil) }

// OpenDecoded is like Open, but an input that decode recognizes is what its
// Decoder gives: offsets and sizes are of that. It is a stream, whose ranges
// do not depend on how fast it comes if the input is a regular file.
func OpenDecoded(name string, decode Decode) (Source, error) {
	f := os.Stdin
	if name != "-" {
		var err error
		if f, err = os.Open(name); err != nil {
			return nil, err
		}
	}
	if f == os.Stdin {
		name = StdinName
	}
	src, err := open(name, f, decode)
	if err != nil && f != os.Stdin {
		f.Close()
	}
	return src, err
}

func open(name string, f *os.File, decode Decode) (Source, error) {
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	case info.Mode().IsRegular() && info.Size() > 0:
		if read := recognize(f, decode); read != nil {
			return newSpool(name, f, func(in *live) *decoded { return &decoded{r: read(in, nil)} })
		}
		src, err := openFile(name, f, info)
		if !errors.Is(err, errNotMappable) {
			return src, err
		}
	}
	// Files that say size 0 are read too: those of /proc say so and are not.
	return newSpool(name, f, func(in *live) *decoded {
		if decode == nil {
			return nil
		}
		return &decoded{in: in, live: true, decode: decode}
	})
}
