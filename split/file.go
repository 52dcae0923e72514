package split

import (
	"bytes"
	"encoding/binary"
	"io"
	"iter"
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/exp/mmap"

	"github.com/linefork/linefork/internal/fault"
)

// file is a regular file, seen through a mapping.
type file struct {
	in    *Input
	at    Locator
	start int64
	size  int64

	stopped atomic.Bool

	cutting sync.Mutex // for what follows
	piece   []byte     // for cut
	mapped  *mmap.ReaderAt
	touched int64 // bytes of the mapping that were read, or mapped around them
}

// A mapping keeps each page that was ever touched in the process's resident
// set, and the kernel maps pages around each fault, some MiB of them where
// the page cache has large folios. The mapping is made anew after this many
// bytes, so that cutting 100 GB, or looking for the end of a line of 10 GB,
// takes no more memory than cutting 1 GB.
const (
	residentLimit = 16 << 20
	faultAround   = 4 << 20
)

// newFile maps a regular file. The error says that it cannot be mapped, or not be
// opened a second time under a path, as a standard input of another user.
func newFile(in *Input) (*file, error) {
	s := &file{in: in, at: Locator{Identity: Identify(in.info)}, size: in.info.Size(), piece: make([]byte, 512)}
	s.start = min(in.start, s.size)
	s.at.Kind, s.at.Path = Descriptor, fdPath(in.file)
	err := s.remap()
	if err != nil && !in.shared() {
		s.at.Kind, s.at.Path = Path, in.path
		err = s.remap()
	}
	if err != nil {
		return nil, err
	}
	if in.shared() {
		// It counts as read from now on, also for others who share the offset.
		if _, err := in.file.Seek(s.size, io.SeekStart); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *file) Locator() Locator  { return s.at }
func (s *file) Size() int64       { return s.size }
func (s *file) Known() int64      { return s.size }
func (s *file) Start() int64      { return s.start }
func (s *file) Stream() bool      { return false }
func (s *file) Release(int64)     {}
func (s *file) Stop()             { s.stopped.Store(true) }
func (s *file) Reader() io.Reader { return nil }
func (s *file) Decoder() Decoder  { return nil }

func (s *file) ByteOrder() binary.ByteOrder { return nil }

// ReadAt reads from the file, not from the mapping: what the coordinator wants
// of it beside the cuts is little and far apart.
func (s *file) ReadAt(p []byte, off int64) (int, error) {
	if rest := s.size - off; int64(len(p)) > rest {
		n, err := s.in.file.ReadAt(p[:max(rest, 0)], off)
		if err == nil {
			err = io.EOF
		}
		return n, err
	}
	return s.in.file.ReadAt(p, off)
}

func (s *file) Close() error {
	s.mapped.Close()
	return s.in.Close()
}

func (s *file) Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error] {
	return func(yield func(Range, error) bool) {
		for start := from; start < s.size && !s.stopped.Load(); {
			size := sizes.next(s.size - start)
			end, err := s.cut((start/size+1)*size, terminator)
			if err != nil {
				yield(Range{start, end}, err)
				return
			}
			if !yield(Range{start, end}, nil) {
				return
			}
			start = end
		}
	}
}

// cut returns the offset just past the first terminator at or after off-1, or
// the file's size: off itself where a record ends there already.
func (s *file) cut(off int64, terminator byte) (int64, error) {
	s.cutting.Lock()
	defer s.cutting.Unlock()
	at := off - 1
	for at < s.size {
		p := s.piece[:min(int64(len(s.piece)), s.size-at)]
		if err := s.read(p, at); err != nil {
			return at, err
		}
		if i := bytes.IndexByte(p, terminator); i >= 0 {
			return at + int64(i) + 1, nil
		}
		at += int64(len(p))
		// Most lines end within the first piece; a long one should not pay for
		// many small reads.
		if len(s.piece) < 64<<10 {
			s.piece = make([]byte, 2*len(s.piece))
		}
	}
	return s.size, nil
}

// read fills p from the mapping at offset off.
func (s *file) read(p []byte, off int64) error {
	if s.touched += int64(len(p)) + faultAround; s.touched > residentLimit {
		if err := s.remap(); err != nil {
			return err
		}
		s.touched += faultAround
	}
	n, readErr := 0, error(nil)
	if _, faulted := fault.Catch(func() { n, readErr = s.mapped.ReadAt(p, off) }); faulted || n < len(p) {
		return Unreadable(s.in.file, off+int64(len(p))-1) // p may begin before the new end
	}
	return readErr
}

// remap maps the file that was opened, whatever its path names by now.
func (s *file) remap() (err error) {
	s.touched = 0
	if s.mapped != nil {
		s.mapped.Close()
	}
	s.mapped, err = mmap.Open(s.at.Path)
	if err != nil {
		s.mapped = new(mmap.ReaderAt) // closed, and safe to close
		return err
	}
	if s.at.Kind == Path { // which may lead elsewhere by now
		if info, err := os.Stat(s.at.Path); err != nil || !Identify(info).Same(s.at.Identity) {
			return ErrReplaced
		}
	}
	return nil
}

// Shrunk looks at the file's size now.
func (s *file) Shrunk() error {
	info, err := s.in.file.Stat()
	if err == nil && info.Size() < s.size {
		err = &TruncatedError{Size: info.Size(), Offset: info.Size()}
	}
	return err
}
