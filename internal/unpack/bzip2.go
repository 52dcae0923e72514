package unpack

import (
	"bytes"
	"compress/bzip2"
	"io"
)

// A bzip2 stream is a header of four bytes, blocks, and a trailer. Each block and the trailer start
// with a magic number of 48 bits, at any bit position. Blocks do not store their lengths, so the
// archive is cut wherever a magic number appears, and each segment is decompressed as if it were a
// block: a stream is made of a header, the block and a trailer, so that the standard decoder
// verifies the block's checksum.
//
// A magic number may also appear inside a block, by chance or on purpose. A segment that cannot be
// decompressed is therefore tried again together with the next one, and so on. That a truncated
// block passes its checksum has a probability of 2^-32. Only this, and the checksum of the stream,
// must be settled in the order of the segments (chain).

const (
	blockMagic = 0x314159265359
	endMagic   = 0x177245385090
	magicBits  = 48
	endBits    = magicBits + 32 // of the trailer, with its checksum

	// maxSegment is more bytes than a block can have: 900,000 symbols of 20 bits each, and its
	// tables.
	maxSegment = 4 << 20
	// maxHeld is how many decompressed bytes of a block are held until it is verified. A larger
	// block (46 MB of equal bytes may be one) is decompressed a second time.
	maxHeld = 4 << 20
)

// segment is the part of an archive between two magic numbers.
type segment struct {
	off  int64 // of the byte with its first bit, in the archive
	data []byte
	skip int  // bits of data before it, 0 to 7
	bits int  // its length
	end  bool // it starts with a trailer, not with a block
	last bool // it contains a trailer
}

// join returns the segment and the one after it as one.
func (g *segment) join(next *segment) *segment {
	data := bytes.Clone(g.data)
	if (g.skip+g.bits)%8 != 0 {
		data = data[:len(data)-1] // it is also the first byte of next
	}
	return &segment{
		g.off, append(data, next.data...), g.skip, g.bits + next.bits, g.end, g.last || next.last,
	}
}

// appendBits appends n bits of value to b. used is the number of bits in use in its last byte,
// before and after.
func appendBits(b []byte, used int, value uint64, n int) ([]byte, int) {
	for n > 0 {
		if used == 8 {
			b, used = append(b, 0), 0
		}
		k := min(n, 8-used)
		v := value >> (n - k) & (1<<k - 1)
		b[len(b)-1] |= byte(v << (8 - used - k))
		used += k
		n -= k
	}
	return b, used
}

// uint returns the n bits at bit i.
func (g *segment) uint(i, n int) (v uint64) {
	for i += g.skip; n > 0; n-- {
		v = v<<1 | uint64(g.data[i/8]>>(7-i%8)&1)
		i++
	}
	return v
}

// stream makes a stream with the segment as its only block.
func (g *segment) stream(level byte) []byte {
	b := make([]byte, 0, len(g.data)+16)
	b = append(b, 'B', 'Z', 'h', level)
	if g.skip == 0 {
		b = append(b, g.data...)
	} else {
		for i, c := range g.data {
			c <<= g.skip
			if i+1 < len(g.data) {
				c |= g.data[i+1] >> (8 - g.skip)
			}
			b = append(b, c)
		}
	}
	b = b[:4+(g.bits+7)/8]
	used := (g.bits-1)%8 + 1
	b[len(b)-1] &= ^byte(0) << (8 - used)
	b, used = appendBits(b, used, endMagic, magicBits)
	b, _ = appendBits(b, used, g.uint(magicBits, 32), 32)
	return b
}

// block is a decompressed segment.
type block struct {
	chunks [][]byte
	more   bool // than maxHeld: chunks are nil
	err    error
}

// decompress decompresses the segment as one block and verifies it.
func (g *segment) decompress(level byte) (b block) {
	if g.end || g.bits < endBits {
		return block{err: io.ErrUnexpectedEOF}
	}
	r := bzip2.NewReader(bytes.NewReader(g.stream(level)))
	for held := 0; ; {
		chunk := make([]byte, chunkSize)
		n, err := readFull(r, chunk)
		if held += n; held > maxHeld {
			b.more, b.chunks = true, nil
		} else if n > 0 {
			b.chunks = append(b.chunks, chunk[:n])
		}
		switch {
		case err == io.EOF:
			return b
		case err != nil:
			return block{err: err}
		case b.more:
			_, err := io.Copy(io.Discard, r)
			return block{more: true, err: err}
		}
	}
}

// write hands over what was decompressed.
func (g *segment) write(j *job, b block, level byte) error {
	if b.more {
		return j.copy(bzip2.NewReader(bytes.NewReader(g.stream(level))))
	}
	for _, chunk := range b.chunks {
		if err := j.write(chunk); err != nil {
			return err
		}
	}
	return nil
}

// chain is what is known about the archive up to the end of a segment.
type chain struct {
	sum    uint32   // checksum of the stream's blocks
	stream bool     // the stream has not ended
	open   *segment // could not be decompressed yet
	why    error    // the reason
}

// add settles a segment, which was decompressed as b.
func (c *chain) add(j *job, g *segment, b block, level byte) error {
	switch {
	case c.open == nil && g.end:
		return c.end(g)
	case c.open == nil && b.err != nil:
		c.open, c.why = g, b.err
		return nil
	case c.open != nil && (b.err == nil || len(c.open.data)+len(g.data) > maxSegment):
		return c.damaged() // since g starts a block, or they are too long
	case c.open != nil:
		c.open = c.open.join(g)
		g = c.open
		if b = g.decompress(level); b.err != nil {
			return nil
		}
		c.open = nil
	}
	c.sum = (c.sum<<1 | c.sum>>31) ^ uint32(g.uint(magicBits, 32))
	return g.write(j, b, level)
}

func (c *chain) damaged() error {
	if c.why == io.ErrUnexpectedEOF {
		c.why = errLength
	}
	return &Error{Bzip2, c.open.off, c.why}
}

// end verifies a trailer and checks what follows: nothing, NULs, or the header of another stream.
func (c *chain) end(g *segment) error {
	if g.bits < endBits {
		c.open, c.why = g, io.ErrUnexpectedEOF
		return nil
	}
	if uint32(g.uint(magicBits, 32)) != c.sum {
		return &Error{Bzip2, g.off, errChecksum}
	}
	c.sum, c.stream = 0, false
	rest := g.data[(g.skip+endBits+7)/8:]
	switch {
	case len(rest) == 4 && (g.skip+g.bits)%8 == 0 && isBzip2Header(rest):
		c.stream = true
	case len(bytes.Trim(rest, "\x00")) > 0 || len(g.data) > maxSegment:
		return &Error{Bzip2, g.off + int64(len(g.data)-len(rest)), errGarbage}
	}
	return nil
}

// finish returns what is wrong with an archive that ends at off, or nil.
func (c *chain) finish(off int64) error {
	switch {
	case c.open != nil && (c.open.last && c.open.bits >= endBits || len(c.open.data) > maxSegment):
		return c.damaged()
	case c.open != nil || c.stream:
		return &Error{Bzip2, off, io.ErrUnexpectedEOF}
	}
	return nil
}

func isBzip2Header(b []byte) bool {
	return string(b[:3]) == "BZh" && '1' <= b[3] && b[3] <= '9'
}

// splitBzip2 cuts an archive into segments.
func splitBzip2(in *input, p *pipeline) error {
	head, err := in.header(4)
	if err != nil {
		return in.fail(0, err)
	}
	c := &cutter{in: in, p: p, level: head[3], at: 4, chain: make(chan *chain, 1)}
	c.chain <- &chain{stream: true}
	_, _ = in.Discard(4)
	if err := c.cut(); err != nil {
		return in.fail(c.at, err)
	}
	last := <-c.chain
	if last == nil {
		return errClosed // a job has reported its error
	}
	return last.finish(in.offset())
}

// cutter cuts an archive into segments.
type cutter struct {
	in    *input
	p     *pipeline
	level byte        // the highest of all streams so far
	chain chan *chain // up to the last segment; receives nil after an error

	data []byte // from the byte with the first bit of the current segment
	at   int64  // offset of that byte in the archive
	skip int    // its bits before the segment
	end  bool   // as in segment
}

// cut cuts at each magic number, up to the end of the archive.
func (c *cutter) cut() error {
	window := uint64(0) // the last eight bytes
	for {
		if _, err := c.in.Peek(1); err != nil {
			if segErr := c.segment(8*len(c.data), false); segErr != nil {
				return segErr
			}
			if err == io.EOF {
				return nil
			}
			return err
		}
		b, _ := c.in.Peek(c.in.Buffered())
		done := 0
		for i, v := range b {
			window = window<<8 | uint64(v)
			if !magicByte[byte(window>>16)] {
				continue
			}
			shift, end := magicAt(window)
			if shift < 0 {
				continue
			}
			c.data = append(c.data, b[done:i+1]...)
			done = i + 1
			if err := c.segment(8*len(c.data)-shift-magicBits, end); err != nil {
				return err
			}
		}
		c.data = append(c.data, b[done:]...)
		_, _ = c.in.Discard(len(b))
		if len(c.data) > maxSegment {
			return c.segment(8*len(c.data), false)
		}
	}
}

// magicByte says what the third byte from the end may be, if a magic number ends in the last byte.
var magicByte [256]bool

func init() {
	for _, magic := range []uint64{blockMagic, endMagic} {
		for shift := range 8 {
			magicByte[byte(magic<<shift>>16)] = true
		}
	}
}

// magicAt returns how many bits follow a magic number in the last byte of the window, or -1 if none
// ends there.
func magicAt(window uint64) (shift int, end bool) {
	for shift := range 8 {
		switch window >> shift & (1<<magicBits - 1) {
		case blockMagic:
			return shift, false
		case endMagic:
			return shift, true
		}
	}
	return -1, false
}

// segment ends the current segment before this bit of data, where the next one starts, and starts
// to decompress it.
func (c *cutter) segment(bit int, end bool) error {
	if bit > c.skip {
		data := bytes.Clone(c.data[:(bit+7)/8])
		g := &segment{c.at, data, c.skip, bit - c.skip, c.end, c.end}
		before, after := c.chain, make(chan *chain, 1)
		level := c.level
		_, err := c.p.start(len(data), func(j *job) error {
			defer close(after)
			b := g.decompress(level)
			chain := <-before
			if chain == nil {
				return errClosed
			}
			if err := chain.add(j, g, b, level); err != nil {
				return err
			}
			after <- chain
			return nil
		})
		if err != nil {
			return err
		}
		c.chain = after
	}
	if n := bit / 8; bit%8 == 0 && n >= 4 && n < len(c.data) && isBzip2Header(c.data[n-4:n]) {
		c.level = max(c.level, c.data[n-1])
	}
	c.data = append(c.data[:0], c.data[bit/8:]...)
	c.at, c.skip, c.end = c.at+int64(bit/8), bit%8, end
	return nil
}
