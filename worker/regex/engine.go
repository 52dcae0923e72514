package regex

import (
	"bytes"

	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/window"
)

// strategy is a way to search for one pattern. It is immutable and may be shared.
type strategy interface {
	engine() engine
	// name names the strategy, for tests.
	name() string
}

// engine carries out a strategy for one goroutine. Its methods are those of [Searcher].
type engine interface {
	decider
	lines(b []byte, hits []int) []int
	count(b []byte) int
}

// decider looks at one record, without its terminator.
type decider interface {
	Match(record []byte) bool
	Find(record []byte, from int) (start, end int, ok bool)
	// GaveUp returns why it could not decide about a record since the last call, and reported no
	// match there, or nil.
	GaveUp() error
}

// nothing is the strategy for what never matches.
type nothing struct{}

func (nothing) name() string                               { return "nothing" }
func (nothing) engine() engine                             { return nothing{} }
func (nothing) lines(b []byte, hits []int) []int           { return hits }
func (nothing) count([]byte) int                           { return 0 }
func (nothing) Match([]byte) bool                          { return false }
func (nothing) Find([]byte, int) (start, end int, ok bool) { return 0, 0, false }
func (nothing) GaveUp() error                              { return nil }

// everything is the strategy for what matches every record.
type everything struct {
	term byte
	find func() decider
}

func (p *everything) name() string   { return "everything" }
func (p *everything) engine() engine { return &everythingEngine{decider: p.find(), term: p.term} }

type everythingEngine struct {
	decider
	term byte
}

func (e *everythingEngine) Match([]byte) bool { return true }

func (e *everythingEngine) lines(b []byte, hits []int) []int {
	eachRecord(b, e.term, func(start, _ int) { hits = append(hits, start) })
	return hits
}

func (e *everythingEngine) count(b []byte) int {
	n := scan.Count(b, e.term)
	if len(b) > 0 && b[len(b)-1] != e.term {
		n++
	}
	return n
}

// eachRecord calls f with the start and the end of each record of b, without its terminator.
func eachRecord(b []byte, term byte, f func(start, end int)) {
	for start := 0; start < len(b); {
		end := recordEnd(b, start, term)
		f(start, end)
		start = end + 1
	}
}

// recordEnd returns where the record with position i ends: at its terminator, or at len(b).
func recordEnd(b []byte, i int, term byte) int {
	rest := b[i:]
	if len(rest) > longStep {
		return i + endLong(rest, term)
	}
	if n := bytes.IndexByte(rest, term); n >= 0 {
		return i + n
	}
	return len(b)
}

// recordStart returns where the record with position i starts, which is at low or later. Position i
// may be the record's terminator. It is before low only where b has changed since low was found,
// and then taken for a start.
func recordStart(b []byte, low, i int, term byte) int {
	low = min(low, i)
	if i-low > longStep {
		return low + window.LastIndexByte(b[low:i], term) + 1
	}
	return low + bytes.LastIndexByte(b[low:i], term) + 1
}
