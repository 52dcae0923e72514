package backtrack

import (
	"math"
	"math/bits"
	"unicode/utf8"
)

// reach says for each state and each position of a line whether a match may be completed from
// there, if a back-reference stands for any bytes that are in its group. It is worked out from the
// end of the line to its start, for all states at once, and rules out most ways early.
type reach struct {
	words int      // for each state
	rows  []uint64 // of each state: bit pos%64 of word pos/64
	first []int32  // of each state: the first position
	now   []bool   // at the current position
	later []bool   // at the one after
}

// maxReach limits the memory: 32 MiB.
const maxReach = 4 << 20

// fits reports whether there is memory for that many states and positions.
func (r *reach) fits(states, positions int) bool { return states*(positions/64+1) <= maxReach }

func (r *reach) has(state int32, pos int) bool {
	return r.rows[int(state)*r.words+pos/64]>>(pos%64)&1 != 0
}

// last returns the last position of a state that is at or before pos, or -1, and how many words it
// took to find it.
func (r *reach) last(state int32, pos int) (last, words int) {
	if pos < int(r.first[state]) {
		return -1, 0
	}
	row := r.rows[int(state)*r.words:][:r.words]
	i := pos / 64
	w := row[i] << (63 - pos%64) >> (63 - pos%64)
	for w == 0 {
		i--
		w = row[i]
	}
	return 64*i + bits.Len64(w) - 1, pos/64 - i
}

// workOut fills in all rows for the line of b.
func (r *reach) workOut(b *backrefs, f *facts) {
	n, states := len(b.line), len(b.insts)
	r.words = n/64 + 1
	clear(sized(&r.rows, states*r.words))
	for i := range sized(&r.first, states) {
		r.first[i] = math.MaxInt32
	}
	clear(sized(&r.now, states))
	clear(sized(&r.later, states))
	for pos := n; pos >= 0; pos-- {
		size := 1
		if pos < n && b.utf8 && b.line[pos] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(b.line[pos:])
		}
		r.now, r.later = r.later, r.now
		clear(r.now)
		// Most of what follows a state has a smaller number.
		for r.pass(b, f, pos, size) {
		}
		for state, is := range r.now {
			if is {
				r.rows[state*r.words+pos/64] |= 1 << (pos % 64)
				r.first[state] = int32(pos)
			}
		}
	}
}

// pass looks at all states once more and reports whether any of them was reached against the order
// of states.
func (r *reach) pass(b *backrefs, f *facts, pos, size int) (again bool) {
	now, line := r.now, b.line
	for state := range now {
		if now[state] {
			continue
		}
		in := &b.insts[state]
		is := false
		switch in.op {
		case opMatch:
			is = true
		case opFail:
		case opByte:
			is = pos < len(line) && line[pos] == in.b && r.later[in.next]
		case opSet:
			is = pos < len(line) && r.set(b, in, in.next, pos, size)
		case opSpan:
			is = now[in.next] || pos < len(line) && r.set(b, in, int32(state), pos, size)
		case opSplit:
			is = now[in.next] || now[in.other]
		case opLook:
			is = now[in.next] && b.look(in.look, pos)
		case opBackref:
			is = r.backref(in, &f.groups[in.slot/2], int32(state), line, pos)
		default:
			is = now[in.next]
		}
		if is {
			now[state] = true
			again = true
		}
	}
	return again && f.againstOrder
}

// set reports whether a character of a set is at pos, and state is reached after it.
func (r *reach) set(b *backrefs, in *inst, state int32, pos, size int) bool {
	if size == 1 && !r.later[state] || size > 1 && !r.has(state, pos+size) {
		return false
	}
	return b.step(in.set, pos) > 0
}

func (r *reach) backref(in *inst, g *groupBytes, state int32, line []byte, pos int) bool {
	if g.mayBeEmpty && r.now[in.next] {
		return true
	}
	return pos < len(line) && g.has[line[pos]] && (r.later[state] || r.later[in.next])
}
