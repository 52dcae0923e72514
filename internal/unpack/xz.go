package unpack

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"sync"

	"github.com/mikelolasagasti/xz"
)

// The format is described in "The .xz File Format", version 1.2.1. A stream is a header, blocks, an
// index with the lengths of the blocks, and a footer. The header of a block may lack its length,
// but the LZMA2 chunks that it consists of all have theirs. Each block is decompressed as a stream
// of its own: the header of its stream, the block, and an index and a footer made for it.

// splitXZ cuts an archive into blocks, and verifies everything outside of blocks.
func splitXZ(in *input, p *pipeline) error {
	g := newGroup(in, p)
	for {
		off := in.offset()
		head, err := in.header(xzHeader)
		if err == io.EOF {
			return g.start()
		}
		if err == nil && !isXZHeader(head) {
			err = errGarbage
		}
		if err == nil {
			head = bytes.Clone(head)
			_, _ = in.Discard(xzHeader)
			err = splitStream(g, head)
		}
		if err == nil {
			off = in.offset()
			err = xzPadding(in)
		}
		if err != nil {
			return g.end(off, err)
		}
	}
}

const xzHeader = 12 // bytes in the header of a stream, and in its footer

func isXZHeader(b []byte) bool {
	return string(b[:6]) == "\xfd7zXZ\x00" &&
		binary.LittleEndian.Uint32(b[8:]) == crc32.ChecksumIEEE(b[6:8])
}

// xzPadding skips the NULs after a stream, which must be a multiple of four.
func xzPadding(in *input) error {
	n, err := in.zeros()
	if n%4 != 0 {
		return errGarbage
	}
	if err == io.EOF {
		return nil
	}
	return err
}

// splitStream cuts a stream whose header was read.
func splitStream(g *group, head []byte) error {
	in := g.in
	index := newXZIndex()
	for {
		size, err := in.header(1)
		if err != nil {
			return unexpected(err)
		}
		if size[0] == 0 {
			break
		}
		raw, block := xzBlock(in, head[7])
		decompress := func(j *job, r io.Reader, _ int) error {
			return decompressBlock(j, r, head, block)
		}
		if err := g.cut(raw, decompress); err != nil {
			return err
		}
		index.add(block)
	}
	off := in.offset()
	err := index.verify(in, head)
	if err == errIndex {
		return in.fail(off, err)
	}
	return unexpected(err)
}

// xzBlock reads a block and meanwhile fills its record: a header, chunks of LZMA2, padding to a
// multiple of four bytes, and a checksum.
func xzBlock(in *input, check byte) (*pieceReader, *xzRecord) {
	block := new(xzRecord)
	sum := int64(0) // bytes of the checksum
	if check&0xf > 0 {
		sum = 4 << ((check&0xf - 1) / 3)
	}
	var next func() (int64, error)
	end := func() (int64, error) { return 0, io.EOF }
	take := func(n int64) (int64, error) {
		block.unpadded += uint64(n)
		return n, nil
	}
	chunk := func() (int64, error) {
		b, err := in.header(6)
		if len(b) == 0 {
			return 0, unexpected(err)
		}
		control := b[0]
		switch {
		case control == 0:
			next = end
			padding := -int64(block.unpadded+1) & 3
			n, err := take(1 + sum)
			return n + padding, err
		case err != nil:
			return 0, unexpected(err)
		case control < 3: // not compressed
			n := int64(binary.BigEndian.Uint16(b[1:])) + 1
			block.uncompressed += uint64(n)
			return take(3 + n)
		case control < 0x80:
			return 0, errors.New("reserved type of chunk")
		}
		block.uncompressed += uint64(control&0x1f)<<16 + uint64(binary.BigEndian.Uint16(b[1:])) + 1
		n := int64(binary.BigEndian.Uint16(b[3:])) + 1
		if control >= 0xc0 {
			n++ // its properties
		}
		return take(5 + n)
	}
	next = func() (int64, error) {
		b, err := in.header(1)
		if err != nil {
			return 0, unexpected(err)
		}
		next = chunk
		return take((int64(b[0]) + 1) * 4)
	}
	return &pieceReader{in: in, next: func() (int64, error) { return next() }}, block
}

// xzReaders keep their dictionaries.
var xzReaders = sync.Pool{New: func() any {
	z, _ := xz.NewReader(nil, 0) // only the header of a stream may be an error
	return z
}}

// decompressBlock decompresses a block. Its record is known once r has come to its end.
func decompressBlock(j *job, r io.Reader, head []byte, block *xzRecord) error {
	tail := &deferred{make: func() []byte { return xzTail(head, block) }}
	z := xzReaders.Get().(*xz.Reader)
	defer xzReaders.Put(z)
	if err := z.Reset(io.MultiReader(bytes.NewReader(head), r, tail)); err != nil {
		return err
	}
	return j.copy(z)
}

// deferred reads bytes that are made when they are needed.
type deferred struct {
	make func() []byte
	r    *bytes.Reader
}

func (d *deferred) Read(b []byte) (int, error) {
	if d.r == nil {
		d.r = bytes.NewReader(d.make())
	}
	return d.r.Read(b)
}
