package backtrack

import "slices"

// visits is a set of keys of some numbers each: a hash table with open addressing whose entries are
// indices into one array of keys.
type visits struct {
	width int
	keys  []int32
	table []int32 // number of a key, from 1; 0 is free
}

const minTable = 1 << 10

func newVisits(width int) visits {
	return visits{width: width, table: make([]int32, minTable)}
}

func (v *visits) reset() {
	if len(v.keys) == 0 {
		return
	}
	v.keys = v.keys[:0]
	clear(v.table)
}

// add adds a key and reports whether it was new.
func (v *visits) add(state, pos int32, groups []int32) bool {
	v.keys = append(append(v.keys, state, pos), groups...)
	last := len(v.keys) - v.width
	if !v.insert(int32(last / v.width)) {
		v.keys = v.keys[:last]
		return false
	}
	if n := len(v.keys) / v.width; 2*n > len(v.table) {
		v.table = make([]int32, 4*len(v.table))
		for i := range n {
			v.insert(int32(i))
		}
	}
	return true
}

// insert inserts the key with the given number, counted from 0.
func (v *visits) insert(number int32) bool {
	key := v.key(number)
	hash := uint64(14695981039346656037) // FNV-1a, over numbers
	for _, k := range key {
		hash = (hash ^ uint64(uint32(k))) * 1099511628211
	}
	for i := int(hash>>32) % len(v.table); ; i = (i + 1) % len(v.table) {
		switch other := v.table[i]; {
		case other == 0:
			v.table[i] = number + 1
			return true
		case slices.Equal(key, v.key(other-1)):
			return false
		}
	}
}

func (v *visits) key(number int32) []int32 {
	return v.keys[int(number)*v.width:][:v.width]
}
