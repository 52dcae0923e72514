package split

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

// store holds the bytes of a spool from those on that may still be asked for: in memory, if the
// platform has files there, until they become too many, then in the temporary folder. One goroutine
// appends; the other methods may be called meanwhile.
type store struct {
	onDisk   bool // what comes is written there; only for append
	mu       sync.Mutex
	files    []stored // bytes are appended to the last one; tasks that were handed out read the others
	released int64    // fileOffset
}

type stored struct {
	*os.File
	at Locator
}

// spoolMemory is how many bytes of a stream are held in memory. Such memory is in the size of no
// process, so that nothing else limits it. Ranges of a stream that wait for workers or for their
// turn are some MiB each, four for each core; what takes more is a record, or many lines of context.
var spoolMemory = int64(256+16*runtime.GOMAXPROCS(0)) << 20

// last returns the file that is appended to, which is nil before the first byte is.
func (s *store) last() stored {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.files) == 0 {
		return stored{}
	}
	return s.files[len(s.files)-1]
}

// append adds bytes; fileOffset is the number of those before.
func (s *store) append(b []byte, fileOffset int64) error {
	f, err := s.last(), error(nil)
	switch {
	case f.File == nil:
		if f, err = s.create(createSpool); err == nil {
			s.mu.Lock()
			s.files = append(s.files, f)
			s.mu.Unlock()
		}
	case s.tooMuch(fileOffset + int64(len(b))):
		f, err = s.move(f, fileOffset)
	}
	if err == nil {
		_, err = f.WriteAt(b, fileOffset)
	}
	switch {
	case err == nil:
		return nil
	case s.onDisk:
		return fmt.Errorf("cannot spool in %s: %w", os.TempDir(), withoutPath(err))
	}
	return fmt.Errorf("cannot spool: %w", withoutPath(err))
}

func (s *store) tooMuch(end int64) bool {
	return spoolsInMemory && !s.onDisk && end-s.start() > spoolMemory
}

// move goes on in the temporary folder. Who asks finds the bytes there once all of them are.
func (s *store) move(from stored, end int64) (stored, error) {
	s.onDisk = true
	to, err := s.create(createSpoolOnDisk)
	if err != nil {
		return to, err
	}
	start := s.start()
	_, err = io.Copy(io.NewOffsetWriter(to, start), io.NewSectionReader(from, start, end-start))
	if err != nil {
		to.Close()
		removeSpool(to.File)
		return to, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	punchHole(to.File, start, s.released-start)
	s.files = append(s.files, to)
	return to, nil
}

func (s *store) start() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.released
}

func (s *store) create(create func() (*os.File, error)) (stored, error) {
	f, err := create()
	if err != nil {
		return stored{}, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		removeSpool(f)
		return stored{}, err
	}
	return stored{f, locate(f, info, f.Name())}, nil
}

// release gives back what is before fileOffset, if the platform can punch holes.
func (s *store) release(fileOffset int64) {
	const page = 4096
	s.mu.Lock()
	defer s.mu.Unlock()
	if fileOffset &^= page - 1; fileOffset > s.released {
		for _, f := range s.files {
			punchHole(f.File, s.released, fileOffset-s.released)
		}
		s.released = fileOffset
	}
}

func (s *store) close() {
	for _, f := range s.files {
		f.Close()
		removeSpool(f.File)
	}
}
