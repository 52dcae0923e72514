package run

import (
	"sync"
	"sync/atomic"

	"github.com/linefork/linefork/worker"
)

// Status is how far a run has come.
type Status struct {
	// Bytes were scanned, of Total; -1 if that is not known. Of archives and of UTF-16 the
	// bytes are those of the input, as they were read.
	Bytes, Total int64

	Input  string // the one whose result is being taken; "" before the first
	Inputs int    // that were begun

	// Records were counted, or the lines of a count; Hits were selected. -1 where the
	// operation does not do that. They grow when a range is done and its turn has come.
	Records, Hits int64

	Workers []worker.Status
}

// account is what a run keeps for its [Status].
type account struct {
	total         int64
	scanned       atomic.Int64 // bytes, by workers, of inputs that are not decoded
	records, hits atomic.Int64

	mu      sync.Mutex
	name    string
	inputs  int
	decoded map[*input]struct{} // that are open
	read    int64               // bytes of the others that were decoded
}

// found is what an operation has found so far; -1 for what it does not look for.
type found struct{ records, hits int64 }

func (a *account) found(f found) {
	a.records.Store(f.records)
	a.hits.Store(f.hits)
}

// began says that the result of an input is being taken.
func (a *account) began(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.name = name
	a.inputs++
}

// meter returns what the bytes of an input are added to as workers scan it, nil if they
// are counted as they are read.
func (a *account) meter(in *input) *atomic.Int64 {
	if in.src.Decoder() == nil {
		return &a.scanned
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.decoded == nil {
		a.decoded = make(map[*input]struct{})
	}
	a.decoded[in] = struct{}{}
	return nil
}

// left says that an input is about to be closed.
func (a *account) left(in *input) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.decoded[in]; ok {
		delete(a.decoded, in)
		a.read += in.src.Consumed()
	}
}

// status is all but what the workers are at.
func (a *account) status() Status {
	s := Status{Total: a.total, Bytes: a.scanned.Load()}
	s.Records, s.Hits = a.records.Load(), a.hits.Load()
	a.mu.Lock()
	defer a.mu.Unlock()
	s.Input, s.Inputs = a.name, a.inputs
	s.Bytes += a.read
	for in := range a.decoded {
		s.Bytes += in.src.Consumed()
	}
	if s.Total >= 0 {
		s.Bytes = min(s.Bytes, s.Total) // some bytes are scanned twice
	}
	return s
}
