package unpack

import (
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"sync/atomic"
)

// A bzip2 stream is a header of four bytes, blocks, and a trailer. Each block and the trailer start
// with a magic number of 48 bits, at any bit position. Blocks do not store their lengths, so the
// archive is cut wherever a magic number appears, and each segment is decompressed as if it were a
// block: a stream is made of a header, the block and a trailer, so that the standard decoder
// verifies the block's checksum.
//
// A magic number may also appear inside a block, by chance or on purpose. If the decoder comes to
// the end of a segment before that of the block, the next segments belong to the block, too. Where
// it ends is known when the decoder has found its end in all of them together; what follows are
// segments again. That a truncated block passes its checksum has a probability of 2^-32. Only this,
// and the checksum of the stream, must be settled in the order of the segments (chain).
//
// Archives may be made so that most of them is magic numbers. The time stays linear: segments are
// joined only when they have become twice as long as at the last try, and after some segments that
// turned out not to be blocks, none is tried before it is its turn.

const (
	blockMagic = 0x314159265359
	endMagic   = 0x177245385090
	magicBits  = 48
	endBits    = magicBits + 32 // of the trailer, with its checksum

	streamHeader = 4 // bytes before the first block

	// maxSegment is more bytes than a block can have: 900,000 symbols of 20 bits each, and its
	// tables.
	maxSegment = 4 << 20
	// maxHeld is how many decompressed bytes of a block are held until it is verified. A larger
	// block (46 MB of equal bytes may be one) is decompressed a second time.
	maxHeld = 4 << 20

	// A segment of fewer bytes is first decompressed as a block of level 1, which needs 0.4 MB
	// instead of up to 3.6: making these took most of the time for a short block.
	shortSegment = 8 << 10
	// How many segments are tried without success before their turn, and how often what might be the
	// start of the next block makes joined segments be tried.
	mostTried, mostHints = 64, 4
)

// segment is the part of an archive between two magic numbers.
type segment struct {
	off  int64 // of the byte with its first bit, in the archive
	data []byte
	skip int  // bits of data before it, 0 to 7
	bits int  // its length
	end  bool // it starts with a trailer, not with a block
}

// join returns segments that follow each other as one.
func join(segments []*segment) *segment {
	first := segments[0]
	all := &segment{off: first.off, skip: first.skip, end: first.end}
	for i, g := range segments {
		if i > 0 && g.skip > 0 {
			all.data = all.data[:len(all.data)-1] // it is also the first byte of g
		}
		all.data = append(all.data, g.data...)
		all.bits += g.bits
	}
	return all
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

// start makes the start of a stream, up to the end of the segment.
func (g *segment) start(level byte) []byte {
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
	return b[:streamHeader+(g.bits+7)/8]
}

// stream makes a stream with the segment as its only block.
func (g *segment) stream(level byte) []byte {
	b := g.start(level)
	used := (g.bits-1)%8 + 1
	b[len(b)-1] &= ^byte(0) << (8 - used)
	b, used = appendBits(b, used, endMagic, magicBits)
	b, _ = appendBits(b, used, g.uint(magicBits, 32), 32)
	return b
}

// blockEnd returns how many bytes, the last of them perhaps in part, the block takes that starts the
// segment. The error is io.ErrUnexpectedEOF if the segment ends before the block.
func (g *segment) blockEnd(level byte) (int, error) {
	end := func(level byte) (int, error) {
		in := bytes.NewReader(g.start(level))
		size := in.Len()
		// The first byte comes out when the whole block was read, and nothing behind it.
		_, err := bzip2.NewReader(in).Read(make([]byte, 1))
		return size - in.Len() - streamHeader, unexpected(err)
	}
	if len(g.data) <= shortSegment {
		if n, err := end('1'); err == nil || err == io.ErrUnexpectedEOF {
			return n, err
		}
	}
	return end(level)
}

// block is a decompressed segment.
type block struct {
	chunks [][]byte
	more   bool // than maxHeld: chunks are nil
	err    error
	// short says that the block may be longer than the segment; otherwise err is final.
	short bool
}

// errNotTried is for a segment that is decompressed only when it is its turn.
var errNotTried = errors.New("not decompressed yet")

// decompress decompresses the segment as one block and verifies it.
func (g *segment) decompress(level byte) (b block) {
	if g.end || g.bits < endBits {
		return block{err: io.ErrUnexpectedEOF, short: true}
	}
	if len(g.data) <= shortSegment {
		if b := g.decompressAs('1'); b.err == nil || b.short {
			return b
		}
	}
	return g.decompressAs(level)
}

func (g *segment) decompressAs(level byte) (b block) {
	in := bytes.NewReader(g.stream(level))
	size := in.Len()
	r := bzip2.NewReader(in)
	for held := 0; ; {
		chunk := make([]byte, chunkSize)
		n, err := readFull(r, chunk)
		if held += n; held > maxHeld {
			b.more, b.chunks = true, nil
		} else if n > 0 {
			b.chunks = append(b.chunks, chunk[:n])
		}
		if err == nil && b.more {
			if _, err = io.Copy(io.Discard, r); err == nil {
				return block{more: true}
			}
		}
		switch {
		case err == io.EOF:
			return b
		case err != nil:
			return block{err: err, short: size-in.Len() > streamHeader+g.bits/8}
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
	sum    uint32 // checksum of the stream's blocks
	stream bool   // the stream has not ended

	open  []*segment // the start of a block, which is longer than its first segment
	size  int        // bytes of them
	tried int        // bytes when they were tried the last time
	hints int        // see mostHints
	why   error      // the reason why the first could not be decompressed
}

// add settles a segment, which was decompressed as b, and is the last one of the archive or not.
func (c *chain) add(j *job, g *segment, b block, level byte, final bool) error {
	switch {
	case len(c.open) > 0:
		c.open, c.size = append(c.open, g), c.size+len(g.data)
		hint := b.err == nil || g.end
		if hint {
			c.hints++
		}
		if final || c.size >= 2*c.tried || c.size > maxSegment || hint && c.hints <= mostHints {
			return c.settle(j, b, level, final)
		}
		return nil
	case g.end:
		return c.end(g)
	case b.err == errNotTried:
		b = g.decompress(level)
	}
	if b.err != nil {
		c.wait(g, b.err)
		if !b.short {
			return c.damaged()
		}
		return nil
	}
	return c.block(j, g, b, level)
}

// wait makes g the start of a block.
func (c *chain) wait(g *segment, why error) {
	c.open, c.size, c.tried, c.hints, c.why = []*segment{g}, len(g.data), len(g.data), 0, why
}

// settle finds the end of the open block. If it has one, the segments behind it are settled,
// too; the last of them was decompressed as last.
func (c *chain) settle(j *job, last block, level byte, final bool) error {
	open := c.open
	end, err := join(open).blockEnd(level)
	switch {
	case err == io.ErrUnexpectedEOF && c.size <= maxSegment:
		c.tried = c.size
		return nil
	case err != nil:
		c.why = err
		return c.damaged()
	}
	n, bits := 0, 0
	for n < len(open) && (bits+7)/8 < end {
		bits += open[n].bits
		n++
	}
	g := join(open[:n])
	b := g.decompress(level)
	if b.err != nil { // it does not end where a segment ends, or its checksum differs
		c.why = b.err
		return c.damaged()
	}
	c.open, c.size = nil, 0
	if err := c.block(j, g, b, level); err != nil {
		return err
	}
	for i, g := range open[n:] {
		b := block{err: errNotTried}
		if n+i == len(open)-1 {
			b = last
		}
		if err := c.add(j, g, b, level, final && n+i == len(open)-1); err != nil {
			return err
		}
	}
	return nil
}

// block hands over a block that was verified.
func (c *chain) block(j *job, g *segment, b block, level byte) error {
	c.sum = (c.sum<<1 | c.sum>>31) ^ uint32(g.uint(magicBits, 32))
	return g.write(j, b, level)
}

func (c *chain) damaged() error {
	if c.why == io.ErrUnexpectedEOF {
		c.why = errLength
	}
	return &Error{Bzip2, c.open[0].off, c.why}
}

// end verifies a trailer and checks what follows: nothing, NULs, or the header of another stream.
func (c *chain) end(g *segment) error {
	if g.bits < endBits {
		c.wait(g, io.ErrUnexpectedEOF)
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
	bits, trailer := 0, false
	for _, g := range c.open {
		bits, trailer = bits+g.bits, trailer || g.end
	}
	switch {
	case trailer && bits >= endBits || c.size > maxSegment:
		return c.damaged()
	case len(c.open) > 0 || c.stream:
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
	level byte         // the highest of all streams so far
	chain chan *chain  // up to the last segment; receives nil after an error
	tried atomic.Int32 // segments, without success

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
			if segErr := c.segment(8*len(c.data), false, true); segErr != nil {
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
			if err := c.segment(8*len(c.data)-shift-magicBits, end, false); err != nil {
				return err
			}
		}
		c.data = append(c.data, b[done:]...)
		_, _ = c.in.Discard(len(b))
		if len(c.data) > maxSegment {
			return c.segment(8*len(c.data), false, false)
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
// to decompress it. end is that of the next one; final says that none will follow.
func (c *cutter) segment(bit int, end, final bool) error {
	if bit > c.skip {
		data := bytes.Clone(c.data[:(bit+7)/8])
		g := &segment{c.at, data, c.skip, bit - c.skip, c.end}
		before, after := c.chain, make(chan *chain, 1)
		level := c.level
		_, err := c.p.start(len(data), func(j *job) error {
			defer close(after)
			b := c.decompress(g, level)
			chain := <-before
			if chain == nil {
				return errClosed
			}
			if err := chain.add(j, g, b, level, final); err != nil {
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

// decompress decompresses a segment before its turn.
func (c *cutter) decompress(g *segment, level byte) block {
	if c.tried.Load() >= mostTried {
		return block{err: errNotTried}
	}
	b := g.decompress(level)
	if b.err != nil && !g.end {
		c.tried.Add(1)
	}
	return b
}
