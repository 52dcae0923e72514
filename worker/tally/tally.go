// Package tally counts how often each key occurs.
//
//	var t tally.Table
//	t.Add([]byte("11865"), 1)
//	for key, n := range t.Sorted(tally.ByCount) { … }
//
// A [Table] counts in memory, up to a limit in bytes. A [Partial] counts the keys of one range in
// little memory, however many there are, and returns a [List], which may contain a key several
// times; adding the lists of all ranges to a Table gives the counts of all. While keys are short
// and few, a Partial has them in a table of its own that stays in the cache (words.go).
//
// # The table
//
// A table is one array of 24-byte slots with open addressing and linear probing, at most three
// quarters full. A key of up to 15 bytes lies in its slot, as two words that are compared and
// hashed as such; longer keys lie end to end in an arena, and their slots hold hash and offset.
// There are no pointers. Growing doubles the array: a key takes 32 to 64 bytes, and a long key its
// own bytes as well. Each table has its own random hash seed: keys cannot be chosen to collide, and
// a table that is filled in the order of another one's slots does not cluster.
package tally

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"iter"
	"math/rand/v2"
)

// Table counts keys. The zero value is empty and has no limit.
type Table struct {
	// Limit is how many bytes the table may take in the end; 0 means no limit. While it grows, old
	// and new slots exist side by side and take more.
	Limit int

	slots []slot // a power of two of them, or none
	used  int
	most  int    // how many may be used before the slots must grow
	arena []byte // long keys, each preceded by its length
	seed  [2]uint64
	long  maphash.Seed

	lookups [lookupLen]hashed // of add
	touched uint64            // keeps the compiler from dropping loads
}

type hashed struct {
	packed
	hash uint64
}

type slot struct {
	packed
	n uint64 // the count
}

const (
	slotSize   = 24
	leastSlots = 64
)

// Len returns the number of keys.
func (t *Table) Len() int { return t.used }

// Field is the bytes [From, To) of a slice.
type Field struct{ From, To uint32 }

// Count adds 1 to the count of each field of b. It returns how many it has counted: all, unless the
// next one is new and needs more memory than the limit. The first key of a table always fits.
func (t *Table) Count(b []byte, fields []Field) int {
	for i := 0; i < len(fields); {
		chunk := fields[i:min(i+lookupLen, len(fields))]
		n := t.add(b, chunk, nil)
		if i += n; n < len(chunk) {
			return i
		}
	}
	return len(fields)
}

// AddList adds the counts of a list. It returns what is left of the list: nothing, unless the next
// key is new and needs more memory than the limit. The first key of a table always fits. AddList
// stops silently at bytes that are not a valid list.
func (t *Table) AddList(l List) (rest List) {
	var fields [lookupLen]Field
	var counts [lookupLen]uint64
	for len(l) > 0 {
		n := l.read(fields[:], counts[:])
		if n == 0 {
			break
		}
		done := t.add(l, fields[:n], counts[:])
		if done > 0 {
			l = l[fields[done-1].To:]
		}
		if done < n {
			return l
		}
	}
	return nil
}

// lookupLen is how many keys are looked up together. Most tables are larger than the caches: all
// slots are requested before the first is used.
const lookupLen = 64

// add adds counts, or 1 each if counts is nil, to the counts of up to lookupLen fields of b. It
// returns how many it has added, as Count does.
func (t *Table) add(b []byte, fields []Field, counts []uint64) int {
	if t.slots == nil {
		t.grow()
	}
	slots, mask := t.slots, uint64(len(t.slots)-1)
	lookups := t.lookups[:len(fields)]
	touched, hasLong := uint64(0), false
	for i, f := range fields {
		n, rest := int(f.To-f.From), b[f.From:]
		var k packed
		if n <= maxInline && len(rest) >= 16 {
			k = pack(rest, n)
		} else {
			k = t.packAny(rest[:n])
			hasLong = hasLong || k.isLong()
		}
		h := t.hash(k)
		lookups[i] = hashed{k, h}
		touched += slots[h&mask].low
	}
	if hasLong {
		touched += t.touchArena(lookups)
	}
	t.touched = touched

	n := uint64(1)
next:
	for i := range lookups {
		k := lookups[i].packed
		if counts != nil {
			n = counts[i]
		}
		if k.isLong() {
			if !t.addLong(b[fields[i].From:fields[i].To], k.high, n) {
				return i
			}
			slots, mask = t.slots, uint64(len(t.slots)-1)
			continue
		}
		for at := lookups[i].hash; ; at++ {
			s := &slots[at&mask]
			if s.packed == k {
				s.n += n
				continue next
			}
			if s.low == 0 {
				break
			}
		}
		if !t.insert(k, n) {
			return i
		}
		slots, mask = t.slots, uint64(len(t.slots)-1)
	}
	return len(fields)
}

// Add adds n to the count of a key. It returns false, and does nothing, if the key is new and needs
// more memory than the limit. The first key always fits.
func (t *Table) Add(key []byte, n uint64) bool {
	if t.slots == nil {
		t.grow()
	}
	k := t.packAny(key)
	if k.isLong() {
		return t.addLong(key, k.high, n)
	}
	mask := uint64(len(t.slots) - 1)
	for at := t.hash(k); ; at++ {
		s := &t.slots[at&mask]
		if s.packed == k {
			s.n += n
			return true
		}
		if s.low == 0 {
			return t.insert(k, n)
		}
	}
}

// packAny packs any key; a long one without its offset.
func (t *Table) packAny(key []byte) packed {
	if len(key) > maxInline {
		return packed{maphash.Bytes(t.long, key), long}
	}
	var b [16]byte
	return pack(b[:], copy(b[:], key))
}

// touchArena loads the long keys that seem to have these hashes.
func (t *Table) touchArena(lookups []hashed) (sum uint64) {
	mask := uint64(len(t.slots) - 1)
	for i := range lookups {
		if s := &t.slots[lookups[i].hash&mask]; s.high == lookups[i].hash && s.isLong() {
			sum += uint64(t.arena[s.low>>8])
		}
	}
	return sum
}

func (t *Table) addLong(key []byte, hash, n uint64) bool {
	mask := uint64(len(t.slots) - 1)
	for at := hash; ; at++ {
		s := &t.slots[at&mask]
		if s.low == 0 {
			break
		}
		if s.high == hash && s.isLong() && bytes.Equal(t.key(s, nil), key) {
			s.n += n
			return true
		}
	}
	size := len(key) + binary.MaxVarintLen64
	if t.used > 0 && !t.fits(len(t.slots), len(t.arena)+size) {
		return false
	}
	if !t.insert(packed{hash, uint64(len(t.arena))<<8 | long}, n) {
		return false
	}
	t.arena = binary.AppendUvarint(t.arena, uint64(len(key)))
	t.arena = append(t.arena, key...)
	return true
}

// insert puts a new key into a free slot.
func (t *Table) insert(k packed, n uint64) bool {
	if t.used == t.most && !t.grow() {
		return false
	}
	*t.free(k) = slot{k, n}
	t.used++
	return true
}

// free returns the free slot for a new key.
func (t *Table) free(k packed) *slot {
	mask := uint64(len(t.slots) - 1)
	for at := t.hash(k); ; at++ {
		if s := &t.slots[at&mask]; s.low == 0 {
			return s
		}
	}
}

// grow doubles the slots, if the limit allows it.
func (t *Table) grow() bool {
	old := t.slots
	size := max(leastSlots, 2*len(old))
	if old != nil && !t.fits(size, len(t.arena)) {
		return false
	}
	if t.seed == [2]uint64{} {
		t.seed = [2]uint64{rand.Uint64(), rand.Uint64()}
		t.long = maphash.MakeSeed()
	}
	t.slots, t.most = make([]slot, size), size/4*3
	for i := range old {
		if s := &old[i]; s.low != 0 {
			*t.free(s.packed) = *s
		}
	}
	return true
}

func (t *Table) fits(slots, arena int) bool {
	return t.Limit == 0 || slots*slotSize+arena <= t.Limit
}

// key returns the key of a slot, in b if it is inline.
func (t *Table) key(s *slot, b []byte) []byte {
	if !s.isLong() {
		return s.unpack(b[:0])
	}
	entry := t.arena[s.low>>8:]
	length, n := binary.Uvarint(entry)
	return entry[n:][:length]
}

// All yields the keys, valid until the next one, and their counts, in no particular order.
func (t *Table) All() iter.Seq2[[]byte, uint64] { return t.entries(t.slots) }

func (t *Table) entries(slots []slot) iter.Seq2[[]byte, uint64] {
	return func(yield func([]byte, uint64) bool) {
		var inline [16]byte
		for i := range slots {
			if s := &slots[i]; s.low != 0 && !yield(t.key(s, inline[:]), s.n) {
				return
			}
		}
	}
}

// Reset empties the table. It keeps its memory unless little of it was used.
func (t *Table) Reset() {
	if t.used < len(t.slots)/8 {
		t.slots, t.most = nil, 0
	}
	if len(t.arena) < cap(t.arena)/8 {
		t.arena = nil
	}
	clear(t.slots)
	t.used, t.arena = 0, t.arena[:0]
}
