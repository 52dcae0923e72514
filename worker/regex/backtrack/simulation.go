package backtrack

import (
	"slices"
	"unicode/utf8"
)

// simulation follows all states of a program at once.
type simulation struct {
	program
	text
	// A character moves a thread by up to utf8.UTFMax positions: there is a queue for each, used in
	// turn.
	queues [utf8.UTFMax + 1]queue
	queued int     // threads in all queues
	now    queue   // the threads of the current position, with all they lead to
	stack  []int32 // of follow

	first *bytesFirst // of a match

	exists             bool // all that is asked is whether there is a match
	anchored           bool // and only at the position where the simulation starts
	found              bool
	bestStart, bestEnd int
}

// thread is a state, and where the match started that led to it.
type thread struct {
	state int32
	start int
}

// queue is a set of threads, at most one for each state (P. Briggs, L. Torczon, An efficient
// representation for sparse sets, 1993).
type queue struct {
	threads []thread
	index   []int32 // by state: its index in threads, if it is there
	sorted  bool    // by start
}

func (q *queue) reset() { q.threads, q.sorted = q.threads[:0], true }

// add adds a thread, or makes it start earlier. It reports whether it was new.
func (q *queue) add(state int32, start int) bool {
	if i := q.index[state]; int(i) < len(q.threads) && q.threads[i].state == state {
		if start < q.threads[i].start {
			q.threads[i].start = start
			q.sorted = false
		}
		return false
	}
	if n := len(q.threads); n > 0 && start < q.threads[n-1].start {
		q.sorted = false
	}
	q.index[state] = int32(len(q.threads))
	q.threads = append(q.threads, thread{state, start})
	return true
}

func newSimulation(p program, utf8 bool) *simulation {
	s := &simulation{program: p, text: text{utf8: utf8}}
	n := len(p.insts)
	for i := range s.queues {
		s.queues[i] = newQueue(n)
	}
	s.now = newQueue(n)
	s.stack = make([]int32, 0, n)
	s.first = newClosure(&s.program, utf8).first(p.start, n)
	return s
}

func newQueue(n int) queue {
	return queue{threads: make([]thread, 0, n), index: make([]int32, n)}
}

func (s *simulation) pop() int32 {
	top := s.stack[len(s.stack)-1]
	s.stack = s.stack[:len(s.stack)-1]
	return top
}

func (s *simulation) match(line []byte) bool {
	s.exists = true
	s.simulate(line, 0)
	return s.found
}

func (s *simulation) find(line []byte, from int) (start, end int, ok bool) {
	s.exists = false
	s.simulate(line, from)
	return s.bestStart, s.bestEnd, s.found
}

// matchAt reports whether a match starts at pos.
func (s *simulation) matchAt(line []byte, pos int) bool {
	s.exists, s.anchored = true, true
	s.simulate(line, pos)
	s.anchored = false
	return s.found
}

func (s *simulation) simulate(line []byte, from int) {
	s.line = line
	s.found = false
	s.queued = 0
	for i := range s.queues {
		s.queues[i].reset()
	}
	for pos := from; pos <= len(line); pos++ {
		if s.queued == 0 {
			if s.found || s.anchored && pos > from {
				return
			}
			if pos = s.skip(pos); pos < 0 || s.anchored && pos > from {
				return
			}
		}
		s.position(pos, !s.anchored || pos == from)
		if s.found && s.exists {
			return
		}
	}
}

// skip returns the next position at which a match may start, or -1.
func (s *simulation) skip(pos int) int {
	if s.first.any {
		return pos
	}
	return s.first.next(s.line, pos)
}

// position advances the threads of one position. A match may start there if begins is set.
func (s *simulation) position(pos int, begins bool) {
	due := &s.queues[pos%len(s.queues)]
	if !due.sorted {
		slices.SortFunc(due.threads, func(a, b thread) int { return a.start - b.start })
	}
	s.queued -= len(due.threads)
	s.now.reset()
	for _, t := range due.threads {
		s.follow(t.state, t.start, pos)
	}
	due.reset()
	if begins && !s.found && (s.hasRaw || s.isBoundary(pos)) {
		s.follow(s.start, pos, pos)
	}
	if pos == len(s.line) {
		return
	}
	for _, t := range s.now.threads {
		if s.found && t.start > s.bestStart {
			break
		}
		s.advance(t, pos)
	}
}

// follow adds what a state leads to without reading a character.
func (s *simulation) follow(state int32, start, pos int) {
	s.stack = append(s.stack[:0], state)
	for len(s.stack) > 0 {
		state := s.pop()
		for s.now.add(state, start) {
			in := &s.insts[state]
			if in.op == opSplit {
				s.stack = append(s.stack, in.other)
			} else if in.op == opMatch {
				s.matched(start, pos)
				break
			} else if in.op != opLook || !s.look(in.look, pos) {
				break
			}
			state = in.next
		}
	}
}

// matched notes a match.
func (s *simulation) matched(start, end int) {
	if !s.found || start < s.bestStart || start == s.bestStart && end > s.bestEnd {
		s.found, s.bestStart, s.bestEnd = true, start, end
	}
}

// advance moves a thread past the character at pos.
func (s *simulation) advance(t thread, pos int) {
	in := &s.insts[t.state]
	size := 0
	switch in.op {
	case opByte:
		if s.line[pos] == in.b {
			size = 1
		}
	case opSet:
		size = s.step(in.set, pos)
	case opAnyByte:
		size = 1
	}
	if size > 0 && s.queues[(pos+size)%len(s.queues)].add(in.next, t.start) {
		s.queued++
	}
}
