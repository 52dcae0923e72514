package split

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Input is an open input. Everything about it is asked of the Input, so that its name is looked up
// only once. It is for use by one goroutine.
type Input struct {
	path   string // "" if the caller opened the file
	file   *os.File
	info   fs.FileInfo
	start  int64  // fileOffset of its first byte
	header []byte // its first bytes, once they were asked for
}

// Open opens the file at path. On Linux it does not wait for the writer of a FIFO. A directory can
// be opened, but not read. The error is a *fs.PathError.
func Open(path string) (*Input, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	return Opened(f, path)
}

// Opened returns an input for a file that was opened for it, and closes it if there is an error. A
// worker that cannot open the file itself opens the path.
func Opened(f *os.File, path string) (*Input, error) {
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Input{path: path, file: f, info: info}, nil
}

// Shared returns an input for a file that the caller has opened, such as standard input. A regular
// file is read from its current offset, which other processes may share. The caller closes the
// file.
func Shared(f *os.File) (*Input, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in := &Input{file: f, info: info}
	if info.Mode().IsRegular() {
		// Some that are streams cannot tell.
		if in.start, err = f.Seek(0, io.SeekCurrent); err != nil && info.Size() > 0 {
			return nil, err
		}
	}
	return in, nil
}

func (in *Input) shared() bool { return in.path == "" }

// Info describes the file as it was when it was opened.
func (in *Input) Info() fs.FileInfo { return in.info }

// Regular reports whether the input is a regular file, whose size is known.
func (in *Input) Regular() bool { return in.info.Mode().IsRegular() }

// headerSize is how many bytes are enough to tell what an input is.
const headerSize = 64

// Header returns the first bytes of a regular file, up to a few dozen. It returns nothing for other
// inputs, and for files that claim to be empty, of which a read may take away or wait for. If they cannot be read, it is not known what the input is, and the next call tries again.
func (in *Input) Header() ([]byte, error) {
	if in.header == nil && in.Regular() && in.info.Size() > 0 {
		b := make([]byte, headerSize)
		n, err := in.file.ReadAt(b, in.start)
		if err != nil && err != io.EOF {
			return nil, readError(in.file, in.start+int64(n), err)
		}
		in.header = b[:n]
	}
	return in.header, nil
}

// Sample returns pieces of a regular file, each of size bytes and spread evenly over it,
// concatenated. It returns nil if the file is too small for that.
func (in *Input) Sample(pieces, size int) []byte {
	length := in.info.Size() - in.start
	if !in.Regular() || length < int64(pieces*size) {
		return nil
	}
	b := make([]byte, 0, pieces*size)
	for i := range int64(pieces) {
		at := in.start + (length-int64(size))/int64(pieces-1)*i
		n, _ := in.file.ReadAt(b[len(b):len(b)+size], at)
		b = b[:len(b)+n]
	}
	return b
}

// Source returns a source of the input, or of its decoded content if decode recognizes it; decode
// may be nil. Decoded content is a stream, and offsets and sizes are those of that content. If the
// input is a regular file, the ranges of such a stream do not depend on timing.
//
// The error is a *fs.PathError, which for a directory wraps EISDIR, or a [*ReadError] of its first
// bytes. On success the Source takes over
// the input and closes it.
func (in *Input) Source(decode Decode) (Source, error) {
	switch {
	case in.info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: in.path, Err: syscall.EISDIR}
	case in.Regular() && in.info.Size() > 0:
		if decode != nil {
			header, err := in.Header()
			if err != nil {
				return nil, err
			}
			if read, _ := decode(header); read != nil {
				return newSpool(in, func(l *live) *decoded { return &decoded{r: read(l, nil)} })
			}
		}
		if src, err := newFile(in); err == nil {
			return src, nil
		}
	}
	// A file of size 0 is read as well: those in /proc only claim to be empty.
	return newSpool(in, func(l *live) *decoded {
		if decode == nil {
			return nil
		}
		return &decoded{in: l, live: true, decode: decode}
	})
}

// Close closes the input, unless the caller opened it.
func (in *Input) Close() error {
	if in.shared() {
		return nil
	}
	return in.file.Close()
}

// OpenSource opens the file at path and returns its source; see [Input.Source].
func OpenSource(path string, decode Decode) (Source, error) {
	in, err := Open(path)
	if err != nil {
		return nil, err
	}
	src, err := in.Source(decode)
	if err != nil {
		in.Close()
		return nil, err
	}
	return src, nil
}
