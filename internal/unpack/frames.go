package unpack

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync"
)

// decompressor decompresses the one piece that r reads, on up to so many goroutines.
type decompressor func(j *job, r io.Reader, workers int) error

// piece is a part of an archive that can be decompressed by itself (a BGZF member, an xz block, a
// frame of zstd or lz4), held in memory.
type piece struct {
	off        int64 // in the archive
	raw        *held
	decompress decompressor
}

// held holds bytes of an archive in memory: the first ones in one buffer, the rest in buffers that
// are reused. Growing one large buffer took half of the run time.
type held struct {
	first bytes.Buffer
	more  []*[minPiece]byte
	last  int // bytes in the last one of more; the others are full
}

var buffers = sync.Pool{New: func() any { return new([minPiece]byte) }}

// fill adds the bytes of one Read of r. The reader must keep its error.
func (h *held) fill(r io.Reader) {
	if n := minPiece - h.first.Len(); n > 0 {
		n = min(n, max(512, h.first.Len()))
		h.first.Grow(n)
		n, _ = r.Read(h.first.AvailableBuffer()[:n])
		_, _ = h.first.Write(h.first.AvailableBuffer()[:n])
		return
	}
	if len(h.more) == 0 || h.last == minPiece {
		h.more, h.last = append(h.more, buffers.Get().(*[minPiece]byte)), 0
	}
	n, _ := r.Read(h.more[len(h.more)-1][h.last:])
	h.last += n
}

// size is in bytes.
func (h *held) size() int { return h.first.Len() + max(0, len(h.more)-1)*minPiece + h.last }

// memory is how many bytes of memory are taken.
func (h *held) memory() int { return h.first.Cap() + len(h.more)*minPiece }

// trim gives back the memory that a short piece does not need.
func (h *held) trim() {
	if h.first.Len() < h.first.Cap()/2 {
		h.first = *bytes.NewBuffer(bytes.Clone(h.first.Bytes()))
	}
}

func (h *held) reader() io.Reader {
	first := bytes.NewReader(h.first.Bytes())
	if len(h.more) == 0 {
		return first // from which gzip reads no more than it needs
	}
	all := []io.Reader{first}
	for i, b := range h.more {
		n := minPiece
		if i == len(h.more)-1 {
			n = h.last
		}
		all = append(all, bytes.NewReader(b[:n]))
	}
	return io.MultiReader(all...)
}

// free gives the buffers back.
func (h *held) free() {
	for _, b := range h.more {
		buffers.Put(b)
	}
	h.more, h.last = nil, 0
}

// group collects short pieces, which one job decompresses one after the other.
type group struct {
	in     *input
	p      *pipeline
	pieces []piece
	size   int // bytes of memory
}

// pieceMemory is how many bytes a piece takes besides those of the archive.
const pieceMemory = 512

// newGroup returns a group that is started as soon as the next read of the input would block.
func newGroup(in *input, p *pipeline) *group {
	g := &group{in: in, p: p}
	in.pause = func() { _ = g.start() } // once closed, the next start returns the error again
	return g
}

func (g *group) add(p piece) error {
	p.raw.trim()
	size := p.raw.memory() + pieceMemory
	if g.size > 0 && g.size+size > maxPiece {
		if err := g.start(); err != nil {
			return err
		}
	}
	g.pieces = append(g.pieces, p)
	g.size += size
	if g.size >= minPiece || g.in.idle() {
		return g.start()
	}
	return nil
}

// start starts a job for what was collected.
func (g *group) start() error {
	if len(g.pieces) == 0 {
		return nil
	}
	pieces, format := g.pieces, g.in.format
	workers := 1
	if g.size > longJob {
		workers = g.p.workers // it may be the only job
	}
	_, err := g.p.start(g.size, func(j *job) error {
		for _, p := range pieces {
			err := decompressAll(j, p.raw.reader(), p.decompress, workers)
			p.raw.free()
			if err == errClosed {
				return err
			}
			if err != nil {
				if err == io.ErrUnexpectedEOF {
					err = errLength // its end was found, but in the wrong place
				}
				return &Error{format, p.off, err}
			}
		}
		return nil
	})
	g.pieces, g.size = nil, 0
	return err
}

// end starts a job for what was collected before an error, and returns the error.
func (g *group) end(off int64, err error) error {
	if startErr := g.start(); startErr != nil {
		return startErr
	}
	return g.in.fail(off, err)
}

// decompressAll decompresses a piece, which must be all that r reads.
func decompressAll(j *job, r io.Reader, decompress decompressor, workers int) error {
	if err := decompress(j, r, workers); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, r); n > 0 || err != nil {
		return errLength
	}
	return nil
}

// cut decompresses the piece that raw reads: later, from memory, or, if it is too long or the next
// read would block, as it is read. In that case cut returns when that is done.
func (g *group) cut(raw *pieceReader, decompress decompressor) error {
	in := g.in
	off := in.offset()
	head := new(held)
	for raw.err == nil && head.size() < maxPiece && !in.idle() {
		head.fill(raw)
	}
	if raw.err == io.EOF {
		return g.add(piece{off, head, decompress})
	}
	if err := g.start(); err != nil {
		return err
	}
	workers := g.p.workers
	if raw.err != nil {
		workers = 1 // the rest is short
	}
	j, err := g.p.start(head.memory(), func(j *job) error {
		err := decompressAll(j, io.MultiReader(head.reader(), raw), decompress, workers)
		head.free()
		if raw.err != nil && raw.err != io.EOF && err != errClosed {
			err = raw.err // which is why the decompressor failed
		}
		return in.fail(off, err)
	})
	if err != nil {
		return err
	}
	return j.wait()
}

// splitFrames cuts an archive into frames of zstd or lz4; both formats share skippable frames.
func splitFrames(in *input, p *pipeline) error {
	g := newGroup(in, p)
	for {
		off := in.offset()
		head, err := in.header(4)
		if err == io.EOF {
			return g.start()
		}
		if err != nil {
			return g.end(off, err)
		}
		switch magic := binary.LittleEndian.Uint32(head); {
		case magic&^0xf == 0x184d2a50:
			err = skip(in)
		case magic == zstdMagic:
			err = g.cut(zstdFrame(in), decompressZstd)
		case magic == lz4Magic:
			err = g.cut(lz4Frame(in), decompressLZ4)
		case magic == legacyMagic:
			err = g.cut(legacyFrame(in), decompressLZ4)
		default:
			err = errGarbage
		}
		if err != nil {
			return g.end(off, err)
		}
	}
}

// skip skips a frame that holds no data.
func skip(in *input) error {
	head, err := in.header(8)
	if err != nil {
		return err
	}
	_, err = io.CopyN(io.Discard, in, 8+int64(binary.LittleEndian.Uint32(head[4:])))
	return err
}
