package unpack

import (
	"bytes"
	"errors"
	"io"
	"sync"
	"unsafe"
)

// pipeline runs jobs, each of which decompresses a part of an archive on a goroutine of its own,
// and returns their output in the order of the jobs.
//
// Memory is bounded: while more than the budget is waiting, no job is started, and only the first
// one may add output. That is the job being read, and it is never more than a few chunks ahead.
// What counts is the memory that is taken, not how much of it holds bytes: an archive may consist of
// pieces of two bytes.
type pipeline struct {
	workers int
	budget  int  // bytes
	live    bool // chunks are handed over as they come, not when they are full

	mu      sync.Mutex
	changed *sync.Cond
	jobs    []*job // started, and not read to their end yet
	running int
	waiting int      // bytes of memory: of jobs, chunks, and pieces that are held
	free    [][]byte // chunks to reuse
	rest    []byte   // of the current chunk
	chunk   []byte   // the current chunk
	closed  bool
	ended   bool // no more jobs will be started
	err     error
}

// job decompresses a part of an archive.
type job struct {
	p      *pipeline
	raw    int // bytes held in memory until it is done
	chunks [][]byte
	done   bool
	err    error

	open []byte // the chunk that it is filling; only the job's goroutine uses it
}

const (
	chunkSize = 128 << 10
	ahead     = 16 // chunks of the first job
	// A piece of more bytes is not held in memory. A block of xz -6 is 24 MiB, or some 6 MiB when
	// it is compressed text; zstd frames may have any size.
	maxPiece = 32 << 20
	// How many bytes may wait per worker, and in all. If the output of a job is longer, the next
	// ones continue only when it has been read.
	budgetPerWorker = 64 << 20
	mostBudget      = 512 << 20
	// How many bytes a job takes besides its piece and its chunks, more or less.
	jobMemory = 512
	// A job with more bytes is worth more than one goroutine.
	longJob = 8 << 20
	// Pieces of fewer bytes are grouped: handing over a job costs some microseconds.
	minPiece = 256 << 10
)

// errClosed ends what works for a closed reader.
var errClosed = errors.New("closed")

func newPipeline(workers int, live bool) *pipeline {
	p := &pipeline{
		workers: workers, budget: min(max(2, workers)*budgetPerWorker, mostBudget), live: live,
	}
	p.changed = sync.NewCond(&p.mu)
	return p
}

// start starts a job, for which raw bytes are held in memory, when it is its turn. The error is
// errClosed.
func (p *pipeline) start(raw int, decompress func(*job) error) (*job, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && (p.running == p.workers || len(p.jobs) > 0 && p.waiting >= p.budget) {
		p.changed.Wait()
	}
	if p.closed {
		return nil, errClosed
	}
	j := &job{p: p, raw: raw}
	p.jobs = append(p.jobs, j)
	p.running++
	p.waiting += raw + jobMemory
	go func() {
		err := decompress(j)
		if flushErr := j.flush(); err == nil {
			err = flushErr
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		j.done, j.err = true, err
		p.running--
		p.waiting -= j.raw
		p.changed.Broadcast()
	}()
	return j, nil
}

// wait waits until the job is done.
func (j *job) wait() error {
	j.p.mu.Lock()
	defer j.p.mu.Unlock()
	for !j.done && !j.p.closed {
		j.p.changed.Wait()
	}
	if j.p.closed {
		return errClosed
	}
	return j.err
}

// write hands over a chunk, which the caller must not use any more.
func (j *job) write(chunk []byte) error {
	p := j.p
	if len(chunk) < cap(chunk)/2 {
		short := bytes.Clone(chunk)
		p.reuse(chunk)
		chunk = short
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.closed && j.mustWait() {
		p.changed.Wait()
	}
	if p.closed {
		return errClosed
	}
	p.waiting += memory(chunk)
	j.chunks = append(j.chunks, chunk)
	p.changed.Broadcast()
	return nil
}

func (j *job) mustWait() bool {
	if j == j.p.jobs[0] {
		return len(j.chunks) >= ahead
	}
	return j.p.waiting >= j.p.budget
}

// memory is how many bytes of memory a chunk takes.
func memory(chunk []byte) int { return cap(chunk) + int(unsafe.Sizeof(chunk)) }

// copy adds everything that r reads to the output. The error is errClosed or that of r, except
// io.EOF.
func (j *job) copy(r io.Reader) error {
	for {
		b := j.room()
		read := readFull
		if j.p.live {
			read = io.Reader.Read
		}
		n, err := read(r, b)
		if err := j.added(n); err != nil {
			return err
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// room is where the next bytes of output belong.
func (j *job) room() []byte {
	if j.open == nil {
		j.open = j.p.buffer()[:0]
	}
	return j.open[len(j.open):cap(j.open)]
}

// added says that so many bytes of room were filled. They are handed over when the chunk is full or
// the job is done or, if the input is live, at once.
func (j *job) added(n int) error {
	if j.open = j.open[:len(j.open)+n]; j.p.live || len(j.open) == cap(j.open) {
		return j.flush()
	}
	return nil
}

// flush hands over the chunk that is being filled.
func (j *job) flush() error {
	chunk := j.open
	if j.open = nil; len(chunk) == 0 {
		j.p.reuse(chunk)
		return nil
	}
	return j.write(chunk)
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
	// With those that wait, no more than the budget: garbage of that size would double the memory.
	if cap(b) == chunkSize && p.waiting+len(p.free)*chunkSize < p.budget {
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

// end says that no more jobs will be started, because of err.
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
	p.jobs = nil
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

// next takes the next chunk. The lock must be held.
func (p *pipeline) next() error {
	p.recycle(p.chunk)
	p.chunk = nil
	for {
		switch {
		case p.closed:
			return p.err
		case len(p.jobs) == 0 && p.ended:
			if p.err == nil {
				return io.EOF
			}
			return p.err
		case len(p.jobs) == 0:
		case len(p.jobs[0].chunks) > 0:
			j := p.jobs[0]
			p.chunk = j.chunks[0]
			p.rest, j.chunks = p.chunk, j.chunks[1:]
			p.waiting -= memory(p.chunk)
			p.changed.Broadcast()
			return nil
		case p.jobs[0].done:
			if err := p.jobs[0].err; err != nil {
				p.closed, p.err = true, err
			}
			p.jobs = p.jobs[1:]
			p.waiting -= jobMemory
			p.changed.Broadcast()
			continue
		}
		p.changed.Wait()
	}
}

// empty reports whether there is nothing to read at the moment. Any goroutine may call it.
func (p *pipeline) empty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.rest) == 0 && (len(p.jobs) == 0 || len(p.jobs[0].chunks) == 0)
}
