package split

import (
	"encoding/binary"
	"io"
	"iter"
	"os"
	"sync"
	"sync/atomic"

	"golang.org/x/exp/mmap"

	"github.com/linefork/linefork/internal/fault"
	"github.com/linefork/linefork/internal/rlimit"
)

// file is a regular file, seen through a mapping.
type file struct {
	in    *Input
	at    Locator
	start int64
	size  int64

	stopped atomic.Bool
	orNUL   bool // see EndAtNUL

	cutting sync.Mutex     // guards what follows
	piece   []byte         // buffer of cut
	mapped  *mmap.ReaderAt // nil if the file cannot be mapped as a whole
	touched int64          // bytes of the mapping that may be resident: read, or mapped around what was read
}

// Every page that was ever touched stays in the resident set of the process, and the kernel maps
// pages around each fault, several MiB where the page cache has large folios. So the file is mapped
// again after residentLimit bytes: cutting 100 GB, or finding the end of a 10 GB line, takes no
// more memory than cutting 1 GB.
const (
	residentLimit = 16 << 20
	faultAround   = 4 << 20
)

// newFile maps a regular file. It fails if no piece of it can be mapped, as with a file of /sys, whose
// size means nothing, and if there is no way for workers to open it, as with a standard input on a
// platform that knows files by path only.
func newFile(in *Input) (*file, error) {
	s := &file{
		in: in, at: locate(in.file, in.info, in.path), size: in.info.Size(),
		piece: make([]byte, 512),
	}
	s.start = min(in.start, s.size)
	if err := s.remap(); err != nil {
		s.unmap()
		return nil, err
	}
	if in.shared() {
		// From now on it counts as read, for every process that shares the offset.
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
func (s *file) Consumed() int64   { return 0 }
func (s *file) Stop()             { s.stopped.Store(true) }
func (s *file) Reader() io.Reader { return nil }
func (s *file) Decoder() Decoder  { return nil }

func (s *file) ByteOrder() binary.ByteOrder { return nil }

// ReadAt reads from the file, not from the mapping: besides the cuts, the coordinator reads little,
// and in scattered places. An error before Size is one of [Unreadable].
func (s *file) ReadAt(p []byte, fileOffset int64) (int, error) {
	want := int(min(int64(len(p)), max(s.size-fileOffset, 0)))
	n, err := s.in.file.ReadAt(p[:want], fileOffset)
	switch {
	case n < want:
		err = readError(s.in.file, fileOffset+int64(n), err)
	case n < len(p) && err == nil:
		err = io.EOF
	}
	return n, err
}

func (s *file) Close() error {
	s.unmap()
	return s.in.Close()
}

func (s *file) EndAtNUL() { s.orNUL = true }

func (s *file) Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error] {
	return func(yield func(Range, error) bool) {
		for start := from; start < s.size && !s.stopped.Load(); {
			size := sizes.next(s.size - start)
			end, err := s.cut((start/size+1)*size, terminator)
			if err != nil {
				if to, ok := ReadableTo(err); ok {
					end = to
				}
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

// cut returns the fileOffset just past the first terminator at or after fileOffset-1, or the file's
// size. Where a record already ends, that is fileOffset itself.
func (s *file) cut(fileOffset int64, terminator byte) (int64, error) {
	s.cutting.Lock()
	defer s.cutting.Unlock()
	at := fileOffset - 1
	for at < s.size {
		p := s.piece[:min(int64(len(s.piece)), s.size-at)]
		if err := s.read(p, at); err != nil {
			return at, err
		}
		if i := firstEnd(p, terminator, s.orNUL); i >= 0 {
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

// read fills p from the mapping at fileOffset, or from the file.
func (s *file) read(p []byte, fileOffset int64) error {
	if s.touched += int64(len(p)) + faultAround; s.mapped != nil && s.touched > residentLimit {
		if err := s.remap(); err != nil {
			return err
		}
		s.touched += faultAround
	}
	if s.mapped == nil {
		_, err := s.ReadAt(p, fileOffset)
		return err
	}
	n, readErr := 0, error(nil)
	_, faulted := fault.Catch(func() { n, readErr = s.mapped.ReadAt(p, fileOffset) })
	if faulted || n < len(p) {
		return Unreadable(s.in.file, fileOffset, fileOffset+int64(len(p)))
	}
	return readErr
}

// remap maps the file that was opened, if it can be mapped as a whole. It fails if the path by which
// workers find it now names another.
func (s *file) remap() (err error) {
	s.touched = 0
	s.unmap()
	if s.at.Kind == Descriptor {
		if mappable(s.size) {
			if s.mapped, err = mmap.Open(fdPath(s.in.file)); err == nil {
				return nil
			}
		}
		return tryMap(s.in.file)
	}
	if s.mapped, err = mmap.Open(s.at.Path); err != nil {
		return err
	}
	if info, err := os.Stat(s.at.Path); err != nil || !Identify(info).Same(s.at.Identity) {
		return ErrReplaced
	}
	return nil
}

// mappable reports whether so many bytes are a small part of what may be mapped: the rest is for
// the workers and the heap.
func mappable(size int64) bool {
	most := rlimit.AddressSpace()
	return most == 0 || size <= most/8
}

func (s *file) unmap() {
	if s.mapped != nil {
		s.mapped.Close()
		s.mapped = nil
	}
}

// Shrunk compares the file's present size with Size.
func (s *file) Shrunk() error {
	info, err := s.in.file.Stat()
	if err == nil && info.Size() < s.size {
		err = &TruncatedError{Size: info.Size(), Offset: info.Size()}
	}
	return err
}
