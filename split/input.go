package split

import (
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Input is an input that was opened, once: whoever wants to know something of it
// asks here, not the name again. It is for one goroutine.
type Input struct {
	path   string // "" where the file was handed over open
	file   *os.File
	info   fs.FileInfo
	start  int64  // file offset of its first byte
	header []byte // its first bytes; nil if nobody asked for them yet
}

// Open opens the file at path. It does not wait for the writer of a FIFO on
// Linux. The error is a *fs.PathError. A directory is opened; it cannot be read.
func Open(path string) (*Input, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &Input{path: path, file: f, info: info}, nil
}

// Shared returns an input of what the caller has opened, as standard input. If it
// is a regular file it begins at its current offset, which others may share; the
// caller closes it.
func Shared(f *os.File) (*Input, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in := &Input{file: f, info: info}
	if info.Mode().IsRegular() {
		if in.start, err = f.Seek(0, io.SeekCurrent); err != nil {
			return nil, err
		}
	}
	return in, nil
}

func (in *Input) shared() bool { return in.path == "" }

// Info is what the file was when it was opened.
func (in *Input) Info() fs.FileInfo { return in.info }

// Regular reports whether the input is a regular file, whose size is known.
func (in *Input) Regular() bool { return in.info.Mode().IsRegular() }

// headerSize is how many bytes of an input tell what it is.
const headerSize = 64

// Header returns the first bytes of a regular file, some tens of them if it has
// so many; none of what is not a regular file.
func (in *Input) Header() []byte {
	if in.header == nil && in.Regular() {
		b := make([]byte, headerSize)
		n, _ := in.file.ReadAt(b, in.start)
		in.header = b[:n]
	}
	return in.header
}

// Sample returns pieces of a regular file, of size bytes each and spread over it,
// end to end; nil if the file is smaller than them.
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

// Source returns the input as something to be cut, or what decode recognizes in
// it: offsets and sizes are of that then, and it is a stream, whose ranges do not
// depend on how fast it comes if the input is a regular file. Decode may be nil.
// The error of a directory is a *fs.PathError that wraps EISDIR. After success
// the Source closes the input.
func (in *Input) Source(decode Decode) (Source, error) {
	switch {
	case in.info.IsDir():
		return nil, &fs.PathError{Op: "read", Path: in.path, Err: syscall.EISDIR}
	case in.Regular() && in.info.Size() > 0:
		if decode != nil {
			if read, _ := decode(in.Header()); read != nil {
				return newSpool(in, func(l *live) *decoded { return &decoded{r: read(l, nil)} })
			}
		}
		if src, err := newFile(in); err == nil {
			return src, nil
		}
	}
	// Files that say size 0 are read too: those of /proc say so and are not.
	return newSpool(in, func(l *live) *decoded {
		if decode == nil {
			return nil
		}
		return &decoded{in: l, live: true, decode: decode}
	})
}

// Close closes the input; what was handed over open stays so.
func (in *Input) Close() error {
	if in.shared() {
		return nil
	}
	return in.file.Close()
}

// OpenSource opens the file at path and returns it as [Input.Source] does.
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
