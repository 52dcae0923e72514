package tally

import "encoding/binary"

// List holds keys with counts, end to end. An entry is the length of the key and the count, as
// unsigned varints, followed by the key. A key may occur again.
type List []byte

// Append appends a key and its count to l.
func (l List) Append(key []byte, n uint64) List {
	l = binary.AppendUvarint(l, uint64(len(key)))
	l = binary.AppendUvarint(l, n)
	return append(l, key...)
}

// read finds as many of the first keys of l as there is room for, and returns their number. The
// next entry starts where the last key ends.
func (l List) read(keys []Field, counts []uint64) (n int) {
	for at := 0; n < len(keys) && at < len(l); n++ {
		length, k := binary.Uvarint(l[at:])
		if k <= 0 {
			break
		}
		count, m := binary.Uvarint(l[at+k:])
		from := at + k + m
		if m <= 0 || length > uint64(len(l)-from) {
			break
		}
		at = from + int(length)
		keys[n], counts[n] = Field{uint32(from), uint32(at)}, count
	}
	return n
}
