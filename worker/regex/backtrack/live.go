package backtrack

// Which slots matter in a state: those that an instruction may read before another value is set.
// Two ways that come to the same state and position and agree in these have the same future.

// part says how one or two slots count in the key of a state.
type part struct {
	kind partKind
	slot int32
}

type partKind uint8

const (
	partText  partKind = iota // what the group matched
	partStart                 // where the open group starts
	partRound                 // whether the round of the loop began at this position
	partFresh                 // whether no round of the loop has begun
)

// maxLive limits the bits that are worked out. For a larger program all slots count in all states.
const maxLive = 1 << 26

// liveness is a set of bits for each state: for each slot whether its value is live and, from
// numSlots on, whether it is live if it is [fresh].
type liveness struct {
	*program
	words int
	bits  []uint64
}

// parts returns the parts of the keys of each state in which ways part; nil if the program is too
// large.
func (p *program) parts() [][]part {
	l := liveness{program: p, words: (2*p.numSlots + 63) / 64}
	if 64*l.words*len(p.insts) > maxLive {
		return nil
	}
	l.bits = make([]uint64, l.words*len(p.insts))
	for changed := true; changed; {
		changed = false
		for state := range p.insts {
			changed = l.update(int32(state)) || changed
		}
	}
	all := make([][]part, len(p.insts))
	for state := range p.insts {
		if op := p.insts[state].op; op == opSplit || op == opSpan {
			all[state] = l.partsOf(int32(state))
		}
	}
	return all
}

func (l *liveness) of(state int32) []uint64 { return l.bits[int(state)*l.words:][:l.words] }

func (l *liveness) has(state int32, bit int) bool { return l.of(state)[bit/64]>>(bit%64)&1 != 0 }

// update works out the bits of a state from those of the states that follow, and reports whether
// they have changed.
func (l *liveness) update(state int32) bool {
	in := &l.insts[state]
	old := l.of(state)
	if in.op == opMatch || in.op == opFail {
		return false
	}
	changed := false
	next := l.of(in.next)
	for i := range old {
		w := next[i]
		if in.op == opSplit {
			w |= l.of(in.other)[i]
		}
		lives, dies := l.effect(in, i)
		if w = w&^dies | lives; w != old[i] {
			old[i], changed = w, true
		}
	}
	return changed
}

// effect returns the bits of word i that an instruction reads, and those that it sets.
func (l *liveness) effect(in *inst, i int) (reads, sets uint64) {
	bit := func(n int32) uint64 {
		if int(n)/64 == i {
			return 1 << (n % 64)
		}
		return 0
	}
	isFresh := in.slot + int32(l.numSlots)
	switch in.op {
	case opBackref:
		reads = bit(in.slot) | bit(in.slot+1)
	case opOpen:
		sets = bit(in.slot)
	case opClose:
		sets = bit(in.slot + 1)
	case opLoop:
		sets = bit(in.slot) | bit(isFresh)
	case opEnter:
		reads, sets = bit(isFresh), bit(in.slot)
	case opLeave:
		reads = bit(in.slot)
	}
	return reads, sets
}

func (l *liveness) partsOf(state int32) (parts []part) {
	slot := 2
	for ; slot < 2*(l.groups+1); slot += 2 {
		switch start, end := l.has(state, slot), l.has(state, slot+1); {
		case start && end:
			parts = append(parts, part{partText, int32(slot)})
		case start:
			parts = append(parts, part{partStart, int32(slot)})
		}
	}
	for ; slot < l.numSlots; slot++ {
		if l.has(state, slot) {
			parts = append(parts, part{partRound, int32(slot)})
		}
		if l.has(state, l.numSlots+slot) {
			parts = append(parts, part{partFresh, int32(slot)})
		}
	}
	return parts
}

// all returns the parts of the keys of any state where it was not worked out which matter.
func (p *program) all() (parts []part) {
	for slot := 2; slot < p.numSlots; slot++ {
		parts = append(parts, part{partStart, int32(slot)}) // the value, whatever it is
	}
	return parts
}
