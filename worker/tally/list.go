package tally

import "encoding/binary"

// List is keys with counts, end to end: of each the length of the key and the
// count, as unsigned varints, and the key. A key may be there again.
type List []byte

// Append appends a key and its count to l.
func (l List) Append(key []byte, n uint64) List {
	l = binary.AppendUvarint(l, uint64(len(key)))
	l = binary.AppendUvarint(l, n)
	return append(l, key...)
}

// read finds the first keys of l, as many as there is room for, and returns
// their number. The next entry begins where the last key ends.
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
