package unpack

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"
)

// xzRecord is what the index of a stream stores about a block, in bytes.
type xzRecord struct{ unpadded, uncompressed uint64 }

func (r *xzRecord) append(b []byte) []byte {
	b = binary.AppendUvarint(b, r.unpadded)
	return binary.AppendUvarint(b, r.uncompressed)
}

// xzIndex is what the index of a stream must be, after its blocks were read. Like xz itself
// (liblzma's index_hash.c) it has a hash of the records: an archive may consist of blocks of twelve
// bytes, so that the records would take more memory than the archive.
type xzIndex struct {
	blocks uint64
	size   int64     // of the records, in bytes
	sum    hash.Hash // of the records
	buf    []byte
}

func newXZIndex() *xzIndex { return &xzIndex{sum: sha256.New()} }

func (x *xzIndex) add(r *xzRecord) {
	x.buf = r.append(x.buf[:0])
	_, _ = x.sum.Write(x.buf)
	x.size += int64(len(x.buf))
	x.blocks++
}

var errIndex = errors.New("index differs")

// verify reads the index, and the footer of the stream with this header. The error is errIndex, or
// that of in.
func (x *xzIndex) verify(in io.Reader, head []byte) error {
	start := binary.AppendUvarint([]byte{0}, x.blocks)
	if err := expect(in, start); err != nil {
		return err
	}
	check, sum := crc32.NewIEEE(), sha256.New()
	_, _ = check.Write(start)
	if _, err := io.CopyN(io.MultiWriter(check, sum), in, x.size); err != nil {
		return err
	}
	if !bytes.Equal(sum.Sum(nil), x.sum.Sum(nil)) {
		return errIndex
	}
	return expect(in, xzFooter(head, int64(len(start))+x.size, check.Sum32()))
}

// expect reads what must be the next bytes.
func expect(in io.Reader, want []byte) error {
	got := make([]byte, len(want))
	n, err := io.ReadFull(in, got)
	if !bytes.Equal(got[:n], want[:n]) {
		return errIndex
	}
	return err
}

// xzFooter returns the end of a stream with this header, from behind the records of its index, which
// has that many bytes, with that checksum, up to there.
func xzFooter(head []byte, size int64, sum uint32) []byte {
	b := make([]byte, -size&3)
	size += int64(len(b))
	b = binary.LittleEndian.AppendUint32(b, crc32.Update(sum, crc32.IEEETable, b))
	footer := binary.LittleEndian.AppendUint32(nil, uint32(size/4))
	footer = append(footer, head[6], head[7])
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(footer))
	return append(append(b, footer...), "YZ"...)
}

// xzTail returns the index and the footer of a stream with this header and one block.
func xzTail(head []byte, block *xzRecord) []byte {
	b := block.append([]byte{0, 1})
	return append(b, xzFooter(head, int64(len(b)), crc32.ChecksumIEEE(b))...)
}
