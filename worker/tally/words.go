package tally

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"math/rand/v2"
)

// words counts keys of up to maxWord bytes as long as they are few. It is a table of buckets of one
// cache line each; a key lies in the bucket of its hash or, if that is full, in one of the next.
// All keys of a bucket are compared at once, without a branch on which of them it is: a
// mispredicted branch costs more than all of that.
type words struct {
	buckets []bucket // a power of two of them
	shift   int      // of the product that is the hash
	factor  uint64
	used    int
}

// bucket holds keys with their counts, filled from the start; a key of zero is a free place.
type bucket struct{ keys, counts [bucketLen]uint64 }

const (
	bucketLen = 4
	maxWord   = 7

	leastBuckets = 64
	// mostBuckets take half of a second-level cache of 2 MiB, and have room for some 50,000 keys.
	mostBuckets = 16 << 10
)

// newWords returns an empty table. Its hash is its own, so that keys cannot be chosen to collide.
func newWords() words {
	return words{
		buckets: make([]bucket, leastBuckets),
		shift:   64 - bits.Len(leastBuckets-1),
		factor:  rand.Uint64() | 1,
	}
}

// word returns the key that is the first n bytes of b, which has at least 8: the bytes of the key
// and, in the highest, its length plus one.
func word(b []byte, n int) uint64 {
	return binary.LittleEndian.Uint64(b)&(1<<(8*n)-1) | uint64(n+1)<<56
}

// count counts the fields of b. It returns those that are too long or found no room, in the memory
// of fields.
func (w *words) count(b []byte, fields []Field) (rest []Field) {
	rest = fields[:0]
	buckets, factor, shift := w.buckets, w.factor, w.shift
	for _, f := range fields {
		n, from := int(f.To-f.From), b[f.From:]
		if n > maxWord || len(from) < 8 {
			rest = append(rest, f)
			continue
		}
		key := word(from, n)
		e := &buckets[key*factor>>(shift&63)]
		if at := e.place(key); e.keys[at] == key {
			e.counts[at]++
			continue
		}
		if !w.elsewhere(key) {
			rest = append(rest, f)
		}
		buckets, shift = w.buckets, w.shift
	}
	return rest
}

// add adds 1 to the count of a key and reports whether there was room for it.
func (w *words) add(key uint64) bool {
	e := &w.buckets[key*w.factor>>w.shift]
	if at := e.place(key); e.keys[at] == key {
		e.counts[at]++
		return true
	}
	return w.elsewhere(key)
}

// place returns where a key is, if it is in the bucket.
func (e *bucket) place(key uint64) uint64 {
	return (1 + 2 + 3 -
		differ(e.keys[1], key) - 2*differ(e.keys[2], key) - 3*differ(e.keys[3], key)) % bucketLen
}

// differ is 1 if a and b are different, otherwise 0.
func differ(a, b uint64) uint64 {
	x := a ^ b
	return (x | -x) >> 63
}

// elsewhere is add for a key that is new or not in the bucket of its hash.
func (w *words) elsewhere(key uint64) bool {
	mask := uint64(len(w.buckets) - 1)
	for at := key * w.factor >> w.shift; ; at++ {
		e := &w.buckets[at&mask]
		for i := range e.keys {
			if e.keys[i] == 0 {
				if w.used == len(w.buckets)*bucketLen/4*3 {
					return w.grow() && w.elsewhere(key)
				}
				e.keys[i] = key
				w.used++
			}
			if e.keys[i] == key {
				e.counts[i]++
				return true
			}
		}
	}
}

// grow doubles the table and reports whether its limit allowed that.
func (w *words) grow() bool {
	if len(w.buckets) == mostBuckets {
		return false
	}
	old := w.buckets
	w.buckets = make([]bucket, 2*len(old))
	w.shift--
	for i := range old {
		for j, key := range old[i].keys {
			if key != 0 {
				*w.free(key) = old[i].counts[j]
			}
		}
	}
	return true
}

// free puts a new key into the table and returns its count.
func (w *words) free(key uint64) *uint64 {
	mask := uint64(len(w.buckets) - 1)
	for at := key * w.factor >> w.shift; ; at++ {
		e := &w.buckets[at&mask]
		for i := range e.keys {
			if e.keys[i] == 0 {
				e.keys[i] = key
				return &e.counts[i]
			}
		}
	}
}

// all yields the keys, valid until the next one, and their counts, in no particular order.
func (w *words) all() iter.Seq2[[]byte, uint64] {
	return func(yield func([]byte, uint64) bool) {
		var key [8]byte
		for i := range w.buckets {
			for j, k := range w.buckets[i].keys {
				if k == 0 {
					break
				}
				binary.LittleEndian.PutUint64(key[:], k)
				if !yield(key[:k>>56-1], w.buckets[i].counts[j]) {
					return
				}
			}
		}
	}
}

// reset empties the table, and shrinks it if little of it was used: the next file may have a single
// row, and the whole table is read and cleared for it.
func (w *words) reset() {
	if w.used < len(w.buckets)*bucketLen/8 && len(w.buckets) > leastBuckets {
		*w = newWords()
		return
	}
	clear(w.buckets)
	w.used = 0
}
