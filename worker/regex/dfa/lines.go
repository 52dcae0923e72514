package dfa

import (
	"slices"

	"github.com/linefork/linefork/worker/window"
)

// leastPiece is the minimum number of bytes worth a chain of its own.
const leastPiece = 1 << 10

// lines is the state of a pass over a block.
type lines struct {
	b      []byte
	chains [chainCount]chain
	pieces []piece
	active int // number of chains that have a piece
}

// piece is a piece of the block, of whole records, and its hits.
type piece struct {
	start int
	hits  []int
}

// Lines appends to hits, for each record in b that contains a match, an offset in b that is within
// that record or at its terminator. They are in ascending order. All records in b are whole; the
// last may lack its terminator.
func (m *Machine) Lines(b []byte, hits []int) []int {
	if len(b) == 0 {
		return hits
	}
	l := &m.lines
	l.b, l.pieces = b, l.pieces[:0]
	for i := range l.chains {
		l.chains[i].park(len(b))
	}
	m.begin(&l.chains[0], 0, len(b))
	for m.share() {
		if !m.advance() {
			m.decline()
			break
		}
	}
	l.b = nil
	slices.SortFunc(l.pieces, func(x, y piece) int { return x.start - y.start })
	for i := range l.pieces {
		hits = append(hits, l.pieces[i].hits...)
	}
	return hits
}

// park takes a chain out of use.
func (c *chain) park(blockLen int) { *c = chain{end: blockLen, state: parked} }

// begin sets a chain to the records in b[pos:end].
func (m *Machine) begin(c *chain, pos, end int) {
	l := &m.lines
	n := len(l.pieces)
	if n < cap(l.pieces) {
		l.pieces = l.pieces[:n+1] // with the memory of a former piece
	} else {
		l.pieces = append(l.pieces, piece{})
	}
	l.pieces[n].start, l.pieces[n].hits = pos, l.pieces[n].hits[:0]
	*c = chain{pos: pos, end: end, state: m.forward.start(true, edge), piece: n}
}

// share gives each parked chain the rear half of what the longest has left, and reports whether any
// chain has a piece.
func (m *Machine) share() bool {
	l := &m.lines
	l.active = 0
	for i := range l.chains {
		c := &l.chains[i]
		if c.state == parked {
			m.split(c)
		}
		if c.state != parked {
			l.active++
		}
	}
	return l.active > 0
}

// split gives chain c the rear half of what the longest chain has left, if that is worth it.
func (m *Machine) split(c *chain) {
	var longest *chain
	left := 2 * m.p.leastPiece
	for i := range m.lines.chains {
		if d := &m.lines.chains[i]; d.state != parked && d.end-d.pos >= left {
			longest, left = d, d.end-d.pos
		}
	}
	if longest == nil {
		return
	}
	if cut := m.recordEnd(longest.pos+left/2, longest.end); cut < longest.end {
		m.begin(c, cut, longest.end)
		longest.end = cut
	}
}

// advance advances the chains until one has reached its end. It returns false if there are too many
// states to continue.
func (m *Machine) advance() bool {
	l, a := &m.lines, &m.forward
	for {
		n := min(len(l.b), longStep)
		for i := range l.chains {
			n = min(n, l.chains[i].end-l.chains[i].pos)
		}
		if n == 0 {
			break
		}
		before := l.chains[0].pos
		stepAll(&l.chains, l.b, a.table, n)
		passed := l.chains[0].pos - before
		a.scanned += l.active * passed
		if passed == longStep {
			window.Passed(passed)
		}
		for i := range l.chains {
			if c := &l.chains[i]; c.state&stop != 0 && !m.event(c) {
				return false
			}
		}
	}
	for i := range l.chains {
		if c := &l.chains[i]; c.pos == c.end {
			if c.state != parked {
				m.finish(c)
			}
			c.park(len(l.b))
		}
	}
	return true
}

// event handles a chain whose state was flagged by the byte before its position. It returns false
// if there are too many states.
func (m *Machine) event(c *chain) bool {
	a, b := &m.forward, m.lines.b
	if c.state&absent != 0 {
		if a.full() && !m.renew() {
			return false
		}
		c.state = a.fill(c.state&row, b[c.pos-1])
	}
	v := c.state
	c.state = v & row
	switch {
	case v&stop == 0:
	case v&refused != 0:
		start, end := m.recordStart(c, c.pos-1), m.recordEnd(c.pos-1, c.end)
		if m.fallback.Match(m.record(start, end)) {
			m.hit(c, start)
		}
		m.skip(c)
	case v&matched != 0:
		m.hit(c, c.pos-1)
		m.skip(c)
	case v&resting != 0:
		n := a.leave(c.state, b[c.pos:c.end])
		c.pos += n
		a.scanned += n
	}
	return true
}

// hit notes that the record with b[pos] contains a match.
func (m *Machine) hit(c *chain, pos int) {
	p := &m.lines.pieces[c.piece]
	p.hits = append(p.hits, pos)
}

// skip moves a chain to the end of the record that has the byte before its position.
func (m *Machine) skip(c *chain) {
	b := m.lines.b
	if b[c.pos-1] == m.p.Terminator {
		c.state = m.forward.start(true, edge)
		return
	}
	pos := m.recordEnd(c.pos, c.end)
	m.forward.scanned += pos - c.pos
	c.pos, c.state = pos, m.forward.start(true, edge)
	if b[pos-1] != m.p.Terminator {
		c.park(len(b)) // decided, although it lacks its terminator
	}
}

// finish decides about the last record of a chain if it has no terminator.
func (m *Machine) finish(c *chain) {
	a, b := &m.forward, m.lines.b
	if b[c.end-1] == m.p.Terminator {
		return
	}
	v := a.table[c.state+uint32(m.p.Terminator)]
	if v&absent != 0 {
		v = a.step(c.state, m.p.Terminator)
	}
	if v&refused != 0 {
		if m.fallback.Match(b[m.recordStart(c, len(b)):]) {
			v = matched
		}
	}
	if v&matched != 0 {
		m.hit(c, len(b)-1)
	}
}

// renew makes room in the cache, in which the states of the chains stay. It returns false if the
// cache has not been worth it.
func (m *Machine) renew() bool {
	var flags [chainCount]uint32
	keep := make([]*uint32, chainCount)
	for i := range keep {
		c := &m.lines.chains[i]
		flags[i] = c.state &^ row
		c.state &= row
		keep[i] = &c.state
	}
	ok := m.forward.renew(keep...)
	for i, f := range flags {
		*keep[i] |= f
	}
	return ok
}

// decline leaves the rest of the block to the fallback.
func (m *Machine) decline() {
	l := &m.lines
	for i := range l.chains {
		c := &l.chains[i]
		if c.state == parked {
			continue
		}
		decided := c.pos
		if c.state&stop != 0 {
			decided-- // what the last byte leads to was not handled
		}
		for pos := m.recordStart(c, decided); pos < c.end; {
			end := m.recordEnd(pos, c.end)
			if m.fallback.Match(m.record(pos, end)) {
				m.hit(c, pos)
			}
			pos = end
		}
	}
}

// recordStart returns where the record with b[pos] starts.
func (m *Machine) recordStart(c *chain, pos int) int {
	start := m.lines.pieces[c.piece].start
	return start + 1 + window.LastIndexByte(m.lines.b[start:pos], m.p.Terminator)
}

// recordEnd returns where the record with b[pos] ends, or end if that comes first.
func (m *Machine) recordEnd(pos, end int) int {
	if i := window.IndexByte(m.lines.b[pos:end], m.p.Terminator); i >= 0 {
		return pos + i + 1
	}
	return end
}

// record returns b[start:end] without a terminator.
func (m *Machine) record(start, end int) []byte {
	if m.lines.b[end-1] == m.p.Terminator {
		end--
	}
	return m.lines.b[start:end]
}
