package rows

import (
	"bytes"
	"hash/maphash"
	"math"
	"math/bits"
)

// Keys is a set of keys, built once and then only asked. All keys are text, or all
// are numbers. A table with open addressing in one array of words, the bytes of
// the keys end to end in another: 1,000,000 keys of 7 bytes take 28 MB and no
// pointers, and a value that is not in the set costs a hash and, as a rule, one
// cache line.
type Keys struct {
	data  []byte
	ends  []uint32 // key k is data[ends[k-1]:ends[k]]
	slots []uint64 // 0, or the upper half of the key's hash and its index + 1
	seed  maphash.Seed
	// lengths has bit n set where a key has n bytes, bit 63 for 63 and more: a
	// value of another length needs no hash.
	lengths uint64
	// text and number are 1 + the index of the first key of Add and of AddNumber; 0
	// if there is none, or if that is not known, after SetRaw.
	text, number int
}

// NewKeys returns a set of these keys.
func NewKeys(keys ...string) *Keys {
	k := &Keys{}
	for _, key := range keys {
		k.Add([]byte(key))
	}
	return k
}

// Len is the number of keys that were added.
func (k *Keys) Len() int { return len(k.ends) }

// MaxKeys is how many bytes all keys of a set may have together, and how many
// keys there may be.
const MaxKeys = 1 << 30

// Add puts a key into the set. It returns false if that would be more than
// MaxKeys. Keys may not be added after the set was compiled into a Matcher.
func (k *Keys) Add(key []byte) bool {
	if len(k.data)+len(key)+len(k.ends) >= MaxKeys {
		return false
	}
	k.end(append(k.data, key...), &k.text)
	return true
}

// AddNumber puts a number into the set, in its canonical form: the set belongs to
// a numeric Condition. It returns false if key is not a number, by [Number], or
// where Add does.
func (k *Keys) AddNumber(key []byte) bool {
	data, ok := Number(k.data, key)
	if !ok || len(data)+len(k.ends) >= MaxKeys {
		return false
	}
	k.end(data, &k.number)
	return true
}

// end makes what data has more than before the next key, maybe the first of a kind.
func (k *Keys) end(data []byte, kind *int) {
	k.data = data
	k.ends = append(k.ends, uint32(len(data)))
	if *kind == 0 {
		*kind = len(k.ends)
	}
}

// At returns key number i, in the order in which they were added; a number is in
// its canonical form.
func (k *Keys) At(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = k.ends[i-1]
	}
	return k.data[from:k.ends[i]]
}

// Raw returns the keys end to end, and the length of each, for sending.
func (k *Keys) Raw() (data []byte, lengths []uint32) {
	lengths = make([]uint32, len(k.ends))
	for i := range k.ends {
		lengths[i] = uint32(len(k.At(i)))
	}
	return k.data, lengths
}

// SetRaw makes the set hold what Raw returned, text or numbers; it keeps both
// slices. It returns false if they do not belong together.
func (k *Keys) SetRaw(data []byte, lengths []uint32) bool {
	end := uint64(0)
	for i, n := range lengths {
		end += uint64(n)
		lengths[i] = uint32(end)
	}
	k.data, k.ends, k.text, k.number = data, lengths, 0, 0
	return end == uint64(len(data))
}

// Has reports whether key is in the set, once that was compiled into a Matcher. Of
// a number it is given the canonical form.
func (k *Keys) Has(key []byte) bool {
	if k.lengths>>min(len(key), 63)&1 == 0 {
		return false
	}
	if len(k.ends) == 1 {
		return bytes.Equal(key, k.data)
	}
	_, found := k.find(key)
	return found
}

// index builds the table; duplicates take one slot.
func (k *Keys) index() {
	if k.slots != nil {
		return
	}
	k.seed = maphash.MakeSeed()
	// Two to four slots a key, but more where the table is small anyway: then
	// most values that are not keys meet an empty slot.
	size := 2 << bits.Len(uint(len(k.ends)))
	k.slots = make([]uint64, max(size, min(4*size, 1<<15)))
	for i := range k.ends {
		key := k.At(i)
		k.lengths |= 1 << min(len(key), 63)
		if slot, found := k.find(key); !found {
			k.slots[slot] = maphash.Bytes(k.seed, key)&^math.MaxUint32 | uint64(i+1)
		}
	}
}

// find returns the slot of key, or the free one where it belongs.
func (k *Keys) find(key []byte) (slot uint64, found bool) {
	hash := maphash.Bytes(k.seed, key)
	mask := uint64(len(k.slots) - 1)
	for slot = hash & mask; ; slot = (slot + 1) & mask {
		entry := k.slots[slot]
		if entry == 0 {
			return slot, false
		}
		if entry>>32 == hash>>32 && bytes.Equal(k.At(int(uint32(entry)-1)), key) {
			return slot, true
		}
	}
}
