package unpack

import (
	"errors"
	"io"
	"sync"
)

// pipeline runs the decompression of parts of an archive, each on a goroutine of
// its own, and hands out what they give in the order of the parts.
//
// Memory is bounded: while what waits is more than the budget, no part is begun
// and no part adds to it, but for the first one. That is the one being read, and
// is never more than some chunks ahead.
type pipeline struct {
	workers int
	budget  int  // bytes
	live    bool // chunks are handed over as they come, not when they are full

	mu      sync.Mutex
	changed *sync.Cond
	parts   []*part // begun, and not yet read to their end
	running int
	waiting int      // bytes: of chunks, and of parts that are held in memory
	free    [][]byte // chunks to use again
	rest    []byte   // of the chunk in hand
	chunk   []byte   // that chunk
	closed  bool
	ended   bool // there are no more parts
	err     error
}

// part is a part that is being decompressed.
type part struct {
	p      *pipeline
	raw    int // bytes held in memory until it is done
	chunks [][]byte
	done   bool
	err    error
}

const (
	chunkSize = 128 << 10
	ahead     = 16 // chunks of the first part
	// A part of more bytes is not held in memory. A block of xz -6 has 24 MiB,
	// but as compressed text some 6; people cut zstd into frames of any size.
	maxPart = 32 << 20
	// What may wait for each worker, and for all of them. Where a part is longer,
	// the next ones go on only when it has been read.
	budgetPerWorker = 64 << 20
	mostBudget      = 512 << 20
	// A part of more bytes is worth more than one goroutine.
	longPart = 8 << 20
	// Parts of fewer bytes are taken together: handing over costs some
	// microseconds.
	minPart = 256 << 10
)

// errClosed ends what works for a closed reader.
var errClosed = errors.New("closed")

func newPipeline(workers int, live bool) *pipeline {
	p := &pipeline{workers: workers, budget: min(max(2, workers)*budgetPerWorker, mostBudget), live: live}
	p.changed = sync.NewCond(&p.mu)
	return p
}

// start decompresses a part, of which raw bytes are in memory, when it is its
// turn; the error is errClosed.
func (p *pipeline) start(raw int, decode func(*part) error) (*part, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && (p.running == p.workers || len(p.parts) > 0 && p.waiting >= p.budget) {
		p.changed.Wait()
	}
	if p.closed {
		return nil, errClosed
	}
	s := &part{p: p, raw: raw}
	p.parts = append(p.parts, s)
	p.running++
	p.waiting += raw
	go func() {
		err := decode(s)
		p.mu.Lock()
		defer p.mu.Unlock()
		s.done, s.err = true, err
		p.running--
		p.waiting -= s.raw
		p.changed.Broadcast()
	}()
	return s, nil
}

// wait waits until the part is decompressed.
func (s *part) wait() error {
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	for !s.done && !s.p.closed {
		s.p.changed.Wait()
	}
	if s.p.closed {
		return errClosed
	}
	return s.err
}

// write hands over a chunk, which is then no longer the caller's.
func (s *part) write(chunk []byte) error {
	p := s.p
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && s.mustWait() {
		p.changed.Wait()
	}
	if p.closed {
		return errClosed
	}
	p.waiting += len(chunk)
	s.chunks = append(s.chunks, chunk)
	p.changed.Broadcast()
	return nil
}

func (s *part) mustWait() bool {
	if s == s.p.parts[0] {
		return len(s.chunks) >= ahead
	}
	return s.p.waiting >= s.p.budget
}

// copy hands over all that r gives. The error is that of r, but not io.EOF, or
// errClosed.
func (s *part) copy(r io.Reader) error {
	for {
		b := s.p.buffer()
		read := readFull
		if s.p.live {
			read = io.Reader.Read
		}
		n, err := read(r, b)
		if n > 0 {
			if err := s.write(b[:n]); err != nil {
				return err
			}
		} else {
			s.p.reuse(b)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// buffer returns an empty chunk.
func (p *pipeline) buffer() []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.free)
	if n == 0 {
		return make([]byte, chunkSize)
	}
	b := p.free[n-1]
	p.free = p.free[:n-1]
	return b
}

// reuse takes back a chunk.
func (p *pipeline) reuse(b []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.recycle(b)
}

func (p *pipeline) recycle(b []byte) {
	if cap(b) == chunkSize && len(p.free) <= p.workers {
		p.free = append(p.free, b[:chunkSize])
	}
}

// readFull reads until b is full or there is an error, which it returns.
func readFull(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var k int
		k, err = r.Read(b[n:])
		n += k
	}
	return n, err
}

// end says that no part will be begun any more, for which err is the reason.
func (p *pipeline) end(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if !p.closed { // which has a reason of its own
		p.err = err
	}
	p.changed.Broadcast()
}

func (p *pipeline) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.parts = nil
	if p.err == nil {
		p.err = errClosed
	}
	p.changed.Broadcast()
}

// read is for one goroutine.
func (p *pipeline) read(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.rest) == 0 {
		if err := p.next(); err != nil {
			return 0, err
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// next takes the next chunk, under the lock.
func (p *pipeline) next() error {
	p.recycle(p.chunk)
	p.chunk = nil
	for {
		switch {
		case p.closed:
			return p.err
		case len(p.parts) == 0 && p.ended:
			if p.err == nil {
				return io.EOF
			}
			return p.err
		case len(p.parts) == 0:
		case len(p.parts[0].chunks) > 0:
			s := p.parts[0]
			p.chunk = s.chunks[0]
			p.rest, s.chunks = p.chunk, s.chunks[1:]
			p.waiting -= len(p.chunk)
			p.changed.Broadcast()
			return nil
		case p.parts[0].done:
			if err := p.parts[0].err; err != nil {
				p.closed, p.err = true, err
			}
			p.parts = p.parts[1:]
			p.changed.Broadcast()
			continue
		}
		p.changed.Wait()
	}
}

// empty tells whether there is nothing to read just now. Any goroutine may ask.
func (p *pipeline) empty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.rest) == 0 && (len(p.parts) == 0 || len(p.parts[0].chunks) == 0)
}
