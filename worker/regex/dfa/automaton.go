package dfa

import (
	"slices"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// automaton is the deterministic automaton of one graph, as far as it has been built. A state is a
// set of nodes, each with the cases in which the graph may be there: a condition restricts the
// cases of what follows it, and the next byte, which decides between the cases, picks the nodes
// that may read it. So a match is noticed one byte after its end, at the terminator at the latest.
type automaton struct {
	p *Program
	*graph

	table  []uint32 // a row of 256 values for each state
	states []state
	items  []item                 // of all states
	index  []uint32               // open-addressing hash table of state numbers
	starts [2][unknown + 1]uint32 // plus 1; 0 if not computed

	scanned int // bytes passed since the states were last cleared

	// Of the set being built.
	reached []cases // by node
	touched []int32 // nodes with reached != 0
	pending []int32
	set     []item
}

// state is what is known about a state besides its row.
type state struct {
	first, count int32  // its items
	sealed       uint32 // plus 1; 0 if not computed
	tried        bool   // escape was looked for
	escape       escape
}

// item is a node, times 64, plus the cases in which the graph may be there.
type item uint32

func newItem(n int32, c cases) item { return item(n)<<6 | item(c) }
func (i item) node() int32          { return int32(i >> 6) }
func (i item) cases() cases         { return cases(i) & allCases }

// A value in the table consists of the offset of the next state's row, which is 256 times its
// number, and flags. As long as the flag stop is not set, the value is just the offset, and nothing
// has happened.
const (
	stop    = 1 << 31 // set with each of the others
	absent  = 1 << 30 // not computed yet; the row is the one that has the value
	matched = 1 << 29 // a match ends before the byte read
	refused = 1 << 28 // the byte alone does not tell; no next state
	resting = 1 << 27 // stays in the state, which has an escape
	ended   = 1 << 26 // no match will end after the byte read
	row     = 1<<26 - 1

	rowLen = 256
)

// Two states exist from the start: nothing, the empty set, and parked, in which any byte can be
// read without effect.
const (
	nothing = 0 * rowLen
	parked  = 1 * rowLen
	fixed   = 2 // number of these states
)

func newAutomaton(p *Program, g *graph) automaton {
	a := automaton{
		p: p, graph: g,
		reached: make([]cases, len(g.useful)),
		index:   make([]uint32, 64),
	}
	a.clear()
	return a
}

// clear forgets all states.
func (a *automaton) clear() {
	a.table, a.states, a.items = a.table[:0], a.states[:0], a.items[:0]
	clear(a.index)
	a.starts = [2][unknown + 1]uint32{}
	for _, v := range []uint32{nothing | stop | ended, parked} {
		for range rowLen {
			a.table = append(a.table, v)
		}
		a.states = append(a.states, state{sealed: v&row + 1})
	}
}

// full reports whether there should be no more states.
func (a *automaton) full() bool {
	const stateLen, itemLen = 64, 4
	return 4*len(a.table)+stateLen*len(a.states)+itemLen*len(a.items) > a.p.cacheLimit
}

// thrashing is how many bytes of states there may be for each byte of input passed, when the cache
// is full. Filling 64 bytes takes about as long as passing a few dozen.
const thrashing = 64

// renew makes room: it forgets all states except the given ones, which it moves. It returns false,
// and forgets all, if states have come so fast that it is better to give up.
func (a *automaton) renew(keep ...*uint32) bool {
	poor := a.scanned < a.p.cacheLimit/thrashing
	a.scanned = 0
	if poor {
		a.clear()
		return false
	}
	sets := make([][]item, len(keep))
	for i, s := range keep {
		sets[i] = slices.Clone(a.itemsOf(*s))
	}
	a.clear()
	for i, s := range keep {
		if *s != parked {
			*s = a.find(sets[i])
		}
	}
	return true
}

func (a *automaton) itemsOf(s uint32) []item {
	st := &a.states[s/rowLen]
	return a.items[st.first : st.first+st.count]
}

// start returns the state before a record's first byte, or after a byte that is one of before. If
// anywhere is set, a match may start there and at each later position, otherwise only there.
func (a *automaton) start(anywhere bool, before sides) uint32 {
	known, from := &a.starts[0][before], a.entry
	if anywhere {
		known, from = &a.starts[1][before], a.loop
	}
	if *known == 0 {
		a.reach(from, allCases)
		*known = a.close(before) + 1
	}
	return *known - 1
}

// seal returns the state that differs from s only in that no match starts after it.
func (a *automaton) seal(s uint32) uint32 {
	if v := a.states[s/rowLen].sealed; v != 0 {
		return v - 1
	}
	a.set = a.set[:0]
	for _, i := range a.itemsOf(s) {
		if i.node() != a.loop {
			a.set = append(a.set, i)
		}
	}
	v := a.find(a.set)
	a.states[s/rowLen].sealed = v + 1
	return v
}

// fill computes the value for state s and byte b.
func (a *automaton) fill(s uint32, b byte) uint32 {
	v := a.step(s, b)
	a.put(s, b, v)
	if v == s && !a.states[s/rowLen].tried {
		a.rest(s)
	}
	return a.table[s+uint32(b)]
}

// put stores a value for all bytes of a class.
func (a *automaton) put(s uint32, b byte, v uint32) {
	cells := a.table[s : s+rowLen]
	for _, b := range a.p.classes.members[a.p.classes.of[b]] {
		cells[b] = v
	}
}

// step finds the state after s and a byte b.
func (a *automaton) step(s uint32, b byte) uint32 {
	side := a.p.sides[b]
	possible := casesBefore(side)
	var v uint32
	for _, i := range a.itemsOf(s) {
		in := i.cases() & possible
		if in == 0 {
			continue
		}
		n := i.node()
		matters, sure := n == a.accept, in == possible
		if matters {
			v = stop | matched
		}
		if side != edge {
			for _, m := range a.movesOf(n) {
				if set := &a.p.sets[m.set]; set.has(b) {
					a.reach(m.to, allCases)
					matters = true
					sure = sure && !(set.bare && side == unknown)
				}
			}
		}
		if matters && !sure {
			a.drop()
			return stop | refused
		}
	}
	if side == edge {
		return v | a.start(true, edge)
	}
	next := a.close(side)
	if next == nothing {
		v |= stop | ended
	}
	return v | next
}

// reach notes that node n can be reached in the cases c.
func (a *automaton) reach(n int32, c cases) {
	old := a.reached[n]
	if old|c == old {
		return
	}
	if old == 0 {
		a.touched = append(a.touched, n)
	}
	a.reached[n] = old | c
	a.pending = append(a.pending, n)
}

// close follows all jumps from the nodes reached, after a byte that is one of before, and returns
// the state of all nodes.
func (a *automaton) close(before sides) uint32 {
	for len(a.pending) > 0 {
		n := a.pending[len(a.pending)-1]
		a.pending = a.pending[:len(a.pending)-1]
		for _, j := range a.jumpsOf(n) {
			c := a.reached[n]
			if j.look != syntax.Always {
				c &= casesOf(j.look, before)
			}
			a.reach(j.to, c)
		}
	}
	a.set = a.set[:0]
	for _, n := range a.touched {
		if c := a.reached[n] & a.useful[n]; c != 0 {
			a.set = append(a.set, newItem(n, c))
		}
	}
	a.drop()
	slices.Sort(a.set)
	return a.find(a.set)
}

// drop forgets the nodes reached.
func (a *automaton) drop() {
	for _, n := range a.touched {
		a.reached[n] = 0
	}
	a.touched, a.pending = a.touched[:0], a.pending[:0]
}

// find returns the state for a set, a new one if there was none.
func (a *automaton) find(set []item) uint32 {
	if len(set) == 0 {
		return nothing
	}
	h := hash(set)
	at := h & uint64(len(a.index)-1)
	for ; a.index[at] != 0; at = (at + 1) & uint64(len(a.index)-1) {
		if s := a.index[at] * rowLen; slices.Equal(a.itemsOf(s), set) {
			return s
		}
	}
	n := uint32(len(a.states))
	a.index[at] = n
	a.states = append(a.states, state{first: int32(len(a.items)), count: int32(len(set))})
	a.items = append(a.items, set...)
	for range rowLen {
		a.table = append(a.table, n*rowLen|stop|absent)
	}
	if 2*len(a.states) > len(a.index) {
		a.rehash()
	}
	return n * rowLen
}

func (a *automaton) rehash() {
	a.index = make([]uint32, 2*len(a.index))
	for n := fixed; n < len(a.states); n++ {
		at := hash(a.itemsOf(uint32(n*rowLen))) & uint64(len(a.index)-1)
		for a.index[at] != 0 {
			at = (at + 1) & uint64(len(a.index)-1)
		}
		a.index[at] = uint32(n)
	}
}

func hash(set []item) uint64 {
	h := uint64(len(set))
	for _, i := range set {
		h = (h ^ uint64(i)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}
