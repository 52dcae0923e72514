package backtrack

// maxMemo limits what a memo holds: 64 MiB of keys, and a table of at most that size.
const maxMemo = 16 << 20

// memo is a set of ways: of states, positions and what matters of the groups there, so that none of
// them is tried twice. It is a hash table with open addressing whose entries are indices into one
// array of keys. A key is the state, the position and the values of the parts of the state; before
// it stands a number for the caller.
//
// Groups that matched the same text are the same, wherever it stands.
type memo struct {
	parts  [][]part // of each state, or nil
	all    []part   // of any state, if parts is nil
	texts  texts
	keys   []int32
	starts []int32 // of the keys
	table  []int32 // number of a key, from 1; 0 is free
}

const minTable = 1 << 10

func newMemo(p *program) *memo {
	m := &memo{parts: p.parts(), table: make([]int32, minTable)}
	if m.parts == nil {
		m.all = p.all()
	}
	return m
}

func (m *memo) reset() {
	if len(m.keys) == 0 {
		return
	}
	m.keys, m.starts = m.keys[:0], m.starts[:0]
	if len(m.table) > minTable<<8 {
		m.table = make([]int32, minTable)
		m.keys, m.starts = nil, nil
	}
	clear(m.table)
}

func (m *memo) isFull() bool { return len(m.keys) > maxMemo }

func (m *memo) partsOf(state int32) []part {
	if m.parts == nil {
		return m.all
	}
	return m.parts[state]
}

// add adds a way and returns the number that goes with it, which is -1 if the way is new.
func (m *memo) add(state, pos int32, slots []int32) (number *int32) {
	last := len(m.keys)
	parts := m.partsOf(state)
	keys := append(m.keys, -1, state, pos)
	for _, p := range parts {
		v := slots[p.slot]
		switch p.kind {
		case partText:
			keys = append(keys, v)
			v = slots[p.slot+1]
		case partRound:
			v = isOne(v == pos)
		case partFresh:
			v = isOne(v == fresh)
		}
		keys = append(keys, v)
	}
	m.keys = keys
	at := m.place(keys[last+1:], parts)
	for ; m.table[at] != 0; at = (at + 1) & (len(m.table) - 1) {
		start := m.starts[m.table[at]-1]
		if m.equal(keys[start+1:], keys[last+1:], parts) {
			m.keys = keys[:last]
			return &keys[start]
		}
	}
	m.starts = append(m.starts, int32(last))
	m.table[at] = int32(len(m.starts))
	if 2*len(m.starts) > len(m.table) {
		m.grow()
	}
	return &m.keys[last]
}

// place returns where in the table to look first for a key.
func (m *memo) place(key []int32, parts []part) int {
	hash := mix(mix(0, key[0]), key[1])
	key = key[2:]
	for _, p := range parts {
		if p.kind == partText {
			hash = mix(hash, int32(m.texts.hash(key[0], key[1])>>32))
			key = key[1:]
		} else {
			hash = mix(hash, key[0])
		}
		key = key[1:]
	}
	return int(hash>>32) & (len(m.table) - 1)
}

func isOne(ok bool) int32 {
	if ok {
		return 1
	}
	return 0
}

func mix(hash uint64, v int32) uint64 {
	hash = (hash ^ uint64(uint32(v))) * 0x9e3779b97f4a7c15
	return hash ^ hash>>29
}

// equal reports whether two keys are the same, the first of which is followed by others.
func (m *memo) equal(a, b []int32, parts []part) bool {
	if a[0] != b[0] || a[1] != b[1] {
		return false
	}
	i := 2
	for _, p := range parts {
		if p.kind != partText {
			if a[i] != b[i] {
				return false
			}
			i++
			continue
		}
		if !m.texts.equal(a[i], a[i+1], b[i], b[i+1]) {
			return false
		}
		i += 2
	}
	return true
}

func (m *memo) grow() {
	m.table = make([]int32, 4*len(m.table))
	for i, start := range m.starts {
		key := m.keys[start+1:]
		at := m.place(key, m.partsOf(key[0]))
		for m.table[at] != 0 {
			at = (at + 1) & (len(m.table) - 1)
		}
		m.table[at] = int32(i + 1)
	}
}

// texts tells pieces of a line apart by their hashes, of which those of all prefixes are kept; or,
// without these, by where they stand.
type texts struct {
	line     []byte
	prefixes []uint64
	powers   []uint64
	compared int // bytes
}

const base = 0x9e3779b97f4a7c15 // odd; arithmetic is modulo 2^64

func (t *texts) set(line []byte) {
	t.line = line
	prefixes := sized(&t.prefixes, len(line)+1)
	for i := len(t.powers); i <= len(line); i++ {
		if i == 0 {
			t.powers = append(t.powers, 1)
		} else {
			t.powers = append(t.powers, t.powers[i-1]*base)
		}
	}
	h := uint64(0)
	prefixes[0] = 0
	for i, c := range line {
		h = h*base + uint64(c) + 1
		prefixes[i+1] = h
	}
}

// unset has pieces be told apart by where they stand.
func (t *texts) unset() { *t = texts{} }

func (t *texts) hash(start, end int32) uint64 {
	if t.line == nil || start < 0 || end < start {
		return uint64(uint32(start))<<32 ^ uint64(uint32(end))*base
	}
	return t.prefixes[end] - t.prefixes[start]*t.powers[end-start]
}

func (t *texts) equal(start1, end1, start2, end2 int32) bool {
	if start1 == start2 && end1 == end2 {
		return true
	}
	if t.line == nil || start1 < 0 || start2 < 0 || end1-start1 != end2-start2 || end1 < start1 {
		return false
	}
	t.compared += int(end1 - start1)
	return string(t.line[start1:end1]) == string(t.line[start2:end2])
}
