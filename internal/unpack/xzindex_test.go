package unpack

import (
	"encoding/binary"
	"hash/crc32"
	"io"
	"runtime"
	"testing"
)

// emptyBlocks is an xz archive of n blocks of 16 bytes that hold nothing. It calls before when it
// has been read up to its index.
type emptyBlocks struct {
	n      int
	before func()

	rest  []byte
	read  int
	index *xzIndex
}

func (e *emptyBlocks) Read(b []byte) (int, error) {
	for len(e.rest) == 0 {
		switch {
		case e.read == 0:
			e.index = newXZIndex()
			e.rest = emptyXZHeader()
		case e.read <= e.n:
			block := []byte{2, 0, 0x21, 1, 0, 0, 0, 0} // LZMA2, a dictionary of 4 KiB
			block = binary.LittleEndian.AppendUint32(block, crc32.ChecksumIEEE(block))
			e.rest = append(block, 0, 0, 0, 0)
			e.index.add(&xzRecord{unpadded: 13})
		case e.read == e.n+1:
			e.before()
			var all []byte
			for range e.n {
				all = (&xzRecord{unpadded: 13}).append(all)
			}
			index := append(binary.AppendUvarint([]byte{0}, uint64(e.n)), all...)
			e.rest = append(index, xzFooter(emptyXZHeader(), int64(len(index)), crc32.ChecksumIEEE(index))...)
		default:
			return 0, io.EOF
		}
		e.read++
	}
	n := copy(b, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// emptyXZHeader is that of a stream without checksums.
func emptyXZHeader() []byte {
	head := []byte("\xfd7zXZ\x00\x00\x00")
	return binary.LittleEndian.AppendUint32(head, crc32.ChecksumIEEE(head[6:8]))
}

// TestXZBlocks expects that memory does not depend on the number of blocks.
func TestXZBlocks(t *testing.T) {
	heap := func(blocks int) (bytes uint64) {
		r := NewReader(XZ, &emptyBlocks{n: blocks, before: func() {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			bytes = m.HeapAlloc
		}}, Options{Workers: 1})
		defer r.Close()
		if n, err := io.Copy(io.Discard, r); n > 0 || err != nil {
			t.Fatalf("%d blocks: %d bytes, %v", blocks, n, err)
		}
		return bytes
	}
	const few, many = 1000, 300_000
	if a, b := heap(few), heap(many); b > a+4*(many-few) {
		t.Errorf("%d bytes for %d blocks, %d for %d", a, few, b, many)
	}
}
