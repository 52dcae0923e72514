package multi

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// dictionary says which of its needles occur at a position.
//
// The needles are spread over buckets by a hash of some of their bytes, the key, and sorted in each
// bucket. Of those that are prefixes of the text at a position, the longest is either the greatest
// needle that is not above the text, or a prefix of that needle; and the longest prefix of each
// needle, its parent, is known. So a lookup is a binary search in one bucket, usually of one needle
// or none, followed by steps from parent to parent.
type dictionary struct {
	key     key
	fold    bool
	first   []uint32 // number of the first needle in each bucket, and the end
	heads   []uint64 // the first 8 bytes of each needle, zero-padded, to compare at once
	ends    []int    // of each needle in text
	parents []int32  // of each needle, or -1
	text    []byte
}

// key says which bytes of a needle decide on its bucket, and how they are hashed. All needles reach
// to the end of the key.
type key struct {
	off, size int    // 1 <= size <= 8
	caseBits  uint64 // set in each byte before it is hashed
	factor    uint64
	shift     int
}

// hashFactor is the odd number nearest to 2^64 divided by the golden ratio, see Knuth, The Art of
// Computer Programming, volume 3, section 6.4.
const hashFactor = 0x9e3779b97f4a7c15

// newKey returns the key of size bytes at off for 1<<log buckets. The shift of the factor drops the
// bytes of a word after the key.
func newKey(off, size, log int, fold bool) key {
	k := key{off: off, size: size, factor: hashFactor << (64 - 8*size), shift: 64 - log}
	if fold {
		k.caseBits = caseBits
	}
	return k
}

// bucket returns the bucket of the text at position i of b, which must reach to the end of the key.
func (k *key) bucket(b []byte, i int) int {
	i += k.off
	var w uint64
	if i+8 <= len(b) {
		w = binary.LittleEndian.Uint64(b[i:])
	} else {
		var last [8]byte
		copy(last[:], b[i:])
		w = binary.LittleEndian.Uint64(last[:])
	}
	return int((w | k.caseBits) * k.factor >> k.shift)
}

// newDictionary returns the dictionary of needles, which are in lower case if fold is set.
func newDictionary(needles [][]byte, fold bool) *dictionary {
	d := &dictionary{fold: fold, key: chooseKey(needles, fold)}
	order := d.spread(needles)
	d.heads = make([]uint64, 0, len(needles))
	d.ends = make([]int, 0, len(needles))
	d.parents = make([]int32, 0, len(needles))
	size := 0
	for _, n := range needles {
		size += len(n)
	}
	d.text = make([]byte, 0, size)
	for k := range len(d.first) - 1 {
		bucket := order[d.first[k]:d.first[k+1]]
		if len(bucket) > 1 {
			slices.SortFunc(bucket, func(i, j int32) int {
				return bytes.Compare(needles[i], needles[j])
			})
		}
		d.first[k] = uint32(len(d.ends))
		for _, i := range bucket {
			d.add(needles[i], int(d.first[k]))
		}
	}
	d.first[len(d.first)-1] = uint32(len(d.ends))
	return d
}

// spread sets d.first and returns the numbers of the needles, bucket by bucket.
func (d *dictionary) spread(needles [][]byte) []int32 {
	buckets := make([]uint32, len(needles))
	d.first = make([]uint32, 1<<(64-d.key.shift)+1)
	for i, n := range needles {
		k := d.key.bucket(n, 0)
		buckets[i] = uint32(k)
		d.first[k]++
	}
	sum := uint32(0)
	for k, n := range d.first {
		sum += n
		d.first[k] = sum
	}
	order := make([]int32, len(needles))
	for i, k := range buckets {
		d.first[k]--
		order[d.first[k]] = int32(i)
	}
	return order
}

// add appends a needle to the bucket that starts with needle number first, unless it is there
// already. Needles come in ascending order.
func (d *dictionary) add(needle []byte, first int) {
	k := len(d.ends)
	parent := int32(k - 1)
	if k == first {
		parent = -1
	}
	for parent >= 0 && !bytes.HasPrefix(needle, d.needle(int(parent))) {
		parent = d.parents[parent]
	}
	if parent >= 0 && d.len(int(parent)) == len(needle) {
		return
	}
	d.text = append(d.text, needle...)
	d.heads = append(d.heads, head(needle, 0))
	d.ends = append(d.ends, len(d.text))
	d.parents = append(d.parents, parent)
}

// needle returns needle number k.
func (d *dictionary) needle(k int) []byte {
	return d.text[d.ends[k]-d.len(k) : d.ends[k]]
}

func (d *dictionary) len(k int) int {
	if k == 0 {
		return d.ends[0]
	}
	return d.ends[k] - d.ends[k-1]
}

// parent returns the number of the longest proper prefix of needle k that is a needle, or -1.
func (d *dictionary) parent(k int) int { return int(d.parents[k]) }

// longest returns the number of the longest needle at position i of b, or -1.
func (d *dictionary) longest(b []byte, i int, work *budget) int {
	if i+d.key.off+d.key.size > len(b) {
		return -1
	}
	bucket := d.key.bucket(b, i)
	low, high := int(d.first[bucket]), int(d.first[bucket+1])
	if low == high {
		return -1
	}
	text := head(b, i)
	if d.fold {
		text = lowerWord(text)
	}
	first := low
	for low < high {
		k := int(uint(low+high) / 2)
		if d.heads[k] < text || d.heads[k] == text && !d.above(k, b, i, work) {
			low = k + 1
		} else {
			high = k
		}
	}
	if low == first {
		return -1
	}
	// If heads differ, they do so before the end of b, since zeros follow it.
	k := low - 1
	same := bits.LeadingZeros64(d.heads[k]^text) / 8
	if same == 8 {
		same = d.commonPrefix(k, b, i, work)
	}
	for k >= 0 && d.len(k) > same {
		k = d.parent(k)
		work.work++
	}
	return k
}

// above reports whether needle k is greater than the text at position i.
func (d *dictionary) above(k int, b []byte, i int, work *budget) bool {
	needle := d.needle(k)
	n := d.commonPrefix(k, b, i, work)
	if n == len(needle) {
		return false
	}
	if i+n == len(b) {
		return true
	}
	c := b[i+n]
	if d.fold {
		c = lower(c)
	}
	return needle[n] > c
}

// commonPrefix returns the length of the common prefix of needle k and the text at position i.
func (d *dictionary) commonPrefix(k int, b []byte, i int, work *budget) int {
	needle := d.needle(k)
	most := min(len(needle), len(b)-i)
	n := 0
	for ; n+8 <= most; n += 8 {
		text := binary.LittleEndian.Uint64(b[i+n:])
		if d.fold {
			text = lowerWord(text)
		}
		if diff := text ^ binary.LittleEndian.Uint64(needle[n:]); diff != 0 {
			work.work += n / 8
			return n + bits.TrailingZeros64(diff)/8
		}
	}
	work.work += n / 8
	for ; n < most; n++ {
		c := b[i+n]
		if d.fold {
			c = lower(c)
		}
		if c != needle[n] {
			break
		}
	}
	return n
}

// head returns the 8 bytes of b at position i, padded with zeros after the end of b. The words
// compare as their bytes do.
func head(b []byte, i int) uint64 {
	if i+8 <= len(b) {
		return binary.BigEndian.Uint64(b[i:])
	}
	var last [8]byte
	copy(last[:], b[i:])
	return binary.BigEndian.Uint64(last[:])
}

const (
	maxKeyOff  = 64   // how far to look for the key
	keyNeedles = 4096 // in how many needles
)

// chooseKey returns the key of up to 8 bytes that spreads some of the needles over the most
// buckets.
func chooseKey(needles [][]byte, fold bool) key {
	size := min(minLen(needles), 8)
	log := bits.Len(uint(len(needles)))
	if len(needles) < keyNeedles {
		log += 2 // an empty bucket ends a lookup soonest
	}
	best := newKey(0, size, log, fold)
	step := max(len(needles)/keyNeedles, 1)
	most := 0
	for off := 0; off <= min(minLen(needles)-size, maxKeyOff); off++ {
		k := newKey(off, size, log, fold)
		used := make([]uint64, 1<<log/64+1)
		n := 0
		for i := 0; i < len(needles); i += step {
			bucket := k.bucket(needles[i], 0)
			n += int(^used[bucket/64] >> (bucket % 64) & 1)
			used[bucket/64] |= 1 << (bucket % 64)
		}
		if n > most {
			best, most = k, n
		}
	}
	return best
}

func minLen(needles [][]byte) int {
	n := len(needles[0])
	for _, needle := range needles {
		n = min(n, len(needle))
	}
	return n
}
