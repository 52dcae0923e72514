// Package tally counts how often each key occurs.
//
//	var t tally.Table
//	t.Add([]byte("11865"), 1)
//	for key, n := range t.Sorted(tally.ByCount) { … }
//
// A [Table] counts in memory, up to a limit in bytes. A [Partial] counts the
// keys of one range in little memory, whatever their number, and gives a
// [List], which may name a key several times; adding up the lists of all
// ranges in a Table gives the counts of all. As long as keys are short and few, a
// Partial has them in a table of its own that stays in a cache (words.go).
//
// # The table
//
// A table is one array of slots of 24 bytes with open addressing and linear
// probing, filled to three quarters at most. A key of up to 15 bytes lies in
// its slot, as two words that are compared and hashed as such; a longer one
// lies in an arena, end to end with the others, and its slot has its hash and
// its place. There are no pointers. Growing doubles the array: a key takes 32
// to 64 bytes, and those of a longer one beside that. Hashes are seeded anew in
// each table: keys cannot be chosen to collide, and a table that is filled in
// the order of another one's slots does not cluster.
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
	// Limit is how many bytes the table may take; 0 is no limit. It is the
	// memory in the end: while the slots are moved to larger ones both are there.
	Limit int

	slots []slot // as many as a power of two, or none
	used  int
	most  int    // of used, before the slots must be more
	arena []byte // long keys, each with its length before it
	seed  [2]uint64
	long  maphash.Seed

	batch   [batchLen]hashed // of add
	touched uint64           // keeps the compiler from dropping loads
}

type hashed struct {
	packed
	hash uint64
}

type slot struct {
	packed
	n uint64 // how often
}

const (
	slotSize   = 24
	leastSlots = 64
)

// Len is the number of keys.
func (t *Table) Len() int { return t.used }

// Field is the bytes [From, To) of a slice.
type Field struct{ From, To uint32 }

// Count adds 1 to the count of each field of b. It returns how many it has
// counted, which is less than all only where the next one is new and needs more
// memory than the limit; the first key of a table never does.
func (t *Table) Count(b []byte, fields []Field) int {
	for i := 0; i < len(fields); {
		chunk := fields[i:min(i+batchLen, len(fields))]
		n := t.add(b, chunk, nil)
		if i += n; n < len(chunk) {
			return i
		}
	}
	return len(fields)
}

// AddList adds the counts of a list. It returns what is left of it, which is
// something only where the next key is new and needs more memory than the
// limit; the first key of a table never does. It ends without a word at bytes
// that are no list.
func (t *Table) AddList(l List) (rest List) {
	var fields [batchLen]Field
	var counts [batchLen]uint64
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

// batchLen is how many keys are looked up together. A table is mostly larger
// than the caches: all their slots are asked for before the first is waited for.
const batchLen = 64

// add adds counts, or 1 each if that is nil, to the counts of up to batchLen
// fields of b. It returns how many it has added, as Count does.
func (t *Table) add(b []byte, fields []Field, counts []uint64) int {
	if t.slots == nil {
		t.grow()
	}
	slots, mask := t.slots, uint64(len(t.slots)-1)
	batch := t.batch[:len(fields)]
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
		batch[i] = hashed{k, h}
		touched += slots[h&mask].low
	}
	if hasLong {
		touched += t.touchArena(batch)
	}
	t.touched = touched

	n := uint64(1)
next:
	for i := range batch {
		k := batch[i].packed
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
		for at := batch[i].hash; ; at++ {
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

// Add adds n to the count of a key. It returns false, and does nothing, where
// the key is new and needs more memory than the limit; the first key never does.
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

// packAny returns any key; a long one without its place.
func (t *Table) packAny(key []byte) packed {
	if len(key) > maxInline {
		return packed{maphash.Bytes(t.long, key), long}
	}
	var b [16]byte
	return pack(b[:], copy(b[:], key))
}

// touchArena asks for the long keys that these hashes seem to be of.
func (t *Table) touchArena(batch []hashed) (sum uint64) {
	mask := uint64(len(t.slots) - 1)
	for i := range batch {
		if s := &t.slots[batch[i].hash&mask]; s.high == batch[i].hash && s.isLong() {
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

// insert puts a key that is not there into a free slot.
func (t *Table) insert(k packed, n uint64) bool {
	if t.used == t.most && !t.grow() {
		return false
	}
	*t.free(k) = slot{k, n}
	t.used++
	return true
}

// free returns the free slot where a key that is not there belongs.
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

// key returns the key of a slot, in b where it is inline.
func (t *Table) key(s *slot, b []byte) []byte {
	if !s.isLong() {
		return s.unpack(b[:0])
	}
	entry := t.arena[s.low>>8:]
	length, n := binary.Uvarint(entry)
	return entry[n:][:length]
}

// All yields the keys, valid until the next, and their counts, in no order.
func (t *Table) All() iter.Seq2[[]byte, uint64] { return t.each(t.slots) }

func (t *Table) each(slots []slot) iter.Seq2[[]byte, uint64] {
	return func(yield func([]byte, uint64) bool) {
		var inline [16]byte
		for i := range slots {
			if s := &slots[i]; s.low != 0 && !yield(t.key(s, inline[:]), s.n) {
				return
			}
		}
	}
}

// Reset makes the table empty. It keeps its memory as far as it was used.
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
