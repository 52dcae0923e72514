package tally

import (
	"cmp"
	"encoding/binary"
	"iter"
	"slices"
)

// Order is an order of keys and their counts.
type Order uint8

const (
	ByKey   Order = iota // by the bytes of the keys
	ByCount              // largest count first, then as ByKey
)

// Sorted yields the keys, valid until the next one, and their counts in order. It sorts the slots
// in place: after Sorted only Reset may be called.
func (t *Table) Sorted(o Order) iter.Seq2[[]byte, uint64] {
	used := t.slots[:0]
	for _, s := range t.slots {
		if s.low != 0 {
			used = append(used, s)
		}
	}
	if o == ByCount {
		slices.SortFunc(used, func(a, b slot) int { return cmp.Compare(b.n, a.n) })
		groupEqual(used, func(a, b *slot) bool { return a.n == b.n }, t.sortKeys)
	} else {
		t.sortKeys(used)
	}
	return t.entries(used)
}

func (t *Table) sortKeys(slots []slot) {
	if len(t.arena) > 0 {
		t.sortFrom(slots, 0)
		return
	}
	slices.SortFunc(slots, func(a, b slot) int {
		if a.high != b.high {
			return cmp.Compare(a.high, b.high)
		}
		return cmp.Compare(a.low, b.low)
	})
}

// pieceLen is how many bytes of a key are compared at once.
const pieceLen = 7

// sortFrom sorts keys that are equal up to an offset. Long keys lie far apart, and reading one may
// wait for memory: each is read once for each piece that it shares with others, and the piece is
// then kept in place of its hash. This is a radix sort with caching (Ng and Kakehi, "Cache
// Efficient Radix Sort for String Sorting", 2007), with a comparison sort for each digit.
func (t *Table) sortFrom(slots []slot, offset int) {
	for i := range slots {
		if s := &slots[i]; s.isLong() {
			s.high = piece(t.key(s, nil), offset)
		}
	}
	at := func(s *slot) uint64 {
		if s.isLong() {
			return s.high
		}
		var inline [16]byte
		return piece(s.unpack(inline[:0]), offset)
	}
	slices.SortFunc(slots, func(a, b slot) int { return cmp.Compare(at(&a), at(&b)) })
	groupEqual(slots, func(a, b *slot) bool { return at(a) == at(b) }, func(group []slot) {
		t.sortFrom(group, offset+pieceLen)
	})
}

// piece packs the bytes of a key from an offset on, padded with zeros. The lowest byte is how many
// there are, or that there are more.
func piece(key []byte, offset int) uint64 {
	key = key[min(offset, len(key)):]
	if len(key) > pieceLen {
		return binary.BigEndian.Uint64(key) | 0xff
	}
	var b [8]byte
	b[pieceLen] = byte(copy(b[:], key))
	return binary.BigEndian.Uint64(b[:])
}

// groupEqual calls f with each group of two or more slots that equal says are the same.
func groupEqual(slots []slot, equal func(a, b *slot) bool, f func([]slot)) {
	for start := 0; start < len(slots); {
		end := start + 1
		for end < len(slots) && equal(&slots[start], &slots[end]) {
			end++
		}
		if end-start > 1 {
			f(slots[start:end])
		}
		start = end
	}
}
