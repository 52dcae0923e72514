package tally

import (
	"encoding/binary"
	"math/bits"
)

// A key of up to maxInline bytes is held as two words: its bytes in big endian order, and its
// length in the lowest byte. Bytes after the key are zero, so that the words compare as the keys
// do.
const maxInline = 15

// packed is a key as its slot holds it. The lowest byte of low is the length of the key plus one,
// or long: then the other bytes of low are the offset of the key in the arena, and high is its
// hash. No key is all zero.
type packed struct{ high, low uint64 }

const long = 0xff

func (k packed) isLong() bool { return k.low&0xff == long }

// keep has, for each length, the bits of the two words that belong to the key.
var keep = func() (masks [maxInline + 1]packed) {
	for n := range masks {
		masks[n].high = ^(^uint64(0) >> (8 * min(n, 8)))
		masks[n].low = ^(^uint64(0) >> (8 * max(n-8, 0)))
	}
	return masks
}()

// pack returns the key that is the first n bytes of b, which has at least 16.
func pack(b []byte, n int) packed {
	m := &keep[n]
	return packed{
		binary.BigEndian.Uint64(b) & m.high,
		binary.BigEndian.Uint64(b[8:])&m.low | uint64(n+1),
	}
}

// unpack appends the bytes of an inline key to b.
func (k packed) unpack(b []byte) []byte {
	at := len(b)
	b = binary.BigEndian.AppendUint64(b, k.high)
	b = binary.BigEndian.AppendUint64(b, k.low)
	return b[:at+int(k.low&0xff)-1]
}

// hash returns the hash of a key. For an inline key it is the folded product at the heart of wyhash
// (Wang Yi).
func (t *Table) hash(k packed) uint64 {
	if k.isLong() {
		return k.high
	}
	high, low := bits.Mul64(k.high^t.seed[0], k.low^t.seed[1])
	return high ^ low
}
