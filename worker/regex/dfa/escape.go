package dfa

import (
	"bytes"

	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/window"
)

// escape is the bytes that lead out of a state to which all others lead back, so that the next of
// them can be searched for.
type escape struct {
	n     int // number of them
	bytes [2]byte

	visits  int // since the last check of whether it pays
	skipped int // bytes passed in these
}

// A search costs about as much as the steps over this many bytes, of which chainCount are taken at
// once.
const (
	payAfter = 64 // visits
	payBytes = 32 // to be passed per visit
)

// next returns the number of bytes before the first that leads out.
func (e *escape) next(b []byte) int {
	if len(b) > longStep {
		return e.nextLong(b)
	}
	i := -1
	switch e.n {
	case 1:
		i = bytes.IndexByte(b, e.bytes[0])
	case 2:
		i = scan.IndexByteOr(b, e.bytes[0], e.bytes[1])
	}
	if i < 0 {
		return len(b)
	}
	return i
}

// longStep is [window.Step], except in tests.
var longStep = window.Step

// nextLong is next, step by step.
func (e *escape) nextLong(b []byte) int {
	for at := 0; at < len(b); at += longStep {
		step := b[at:min(at+longStep, len(b))]
		if n := e.next(step); n < len(step) {
			return at + n
		}
		window.Passed(len(step))
	}
	return len(b)
}

// rest checks whether only few bytes lead out of the state s; if so, it flags the values for the
// others.
func (a *automaton) rest(s uint32) {
	a.states[s/rowLen].tried = true
	var e escape
	for _, class := range a.p.classes.members {
		if a.table[s+uint32(class[0])]&absent != 0 {
			a.put(s, class[0], a.step(s, class[0]))
		}
		if a.table[s+uint32(class[0])] == s {
			continue
		}
		for _, b := range class {
			if e.n == len(e.bytes) {
				return
			}
			e.bytes[e.n] = b
			e.n++
		}
	}
	a.states[s/rowLen].escape = e
	a.replace(s, s, s|stop|resting)
}

// leave returns the number of bytes at the start of b at which s rests. If it passes too few, s
// rests no more.
func (a *automaton) leave(s uint32, b []byte) int {
	st := &a.states[s/rowLen]
	if !st.tried {
		return 0 // s has moved since it was left
	}
	e := &st.escape
	n := e.next(b)
	e.skipped += n
	if e.visits++; e.visits == payAfter {
		if e.skipped < payAfter*payBytes {
			a.replace(s, s|stop|resting, s)
		}
		e.visits, e.skipped = 0, 0
	}
	return n
}

// replace replaces a value in the row of s.
func (a *automaton) replace(s, old, v uint32) {
	cells := a.table[s : s+rowLen]
	for i := range cells {
		if cells[i] == old {
			cells[i] = v
		}
	}
}
