package unpack

import (
	"bytes"
	"encoding/binary"
	"io"
	"sync"
)

// decoder decompresses one frame that r gives, on up to so many goroutines.
type decoder func(s *part, r io.Reader, workers int) error

// frame is a part of an archive in memory.
type frame struct {
	off    int64 // in the archive
	raw    *held
	decode decoder
}

// held is bytes of an archive in memory: the first ones, and more of them in
// pieces that are used again. To let a buffer grow took half of all time.
type held struct {
	first bytes.Buffer
	more  []*[minPart]byte
	last  int // bytes of the last one of more; the others are full
}

var pieces = sync.Pool{New: func() any { return new([minPart]byte) }}

// fill adds what one Read of r gives. The reader keeps its error.
func (h *held) fill(r io.Reader) {
	if n := minPart - h.first.Len(); n > 0 {
		n = min(n, max(512, h.first.Len()))
		h.first.Grow(n)
		n, _ = r.Read(h.first.AvailableBuffer()[:n])
		_, _ = h.first.Write(h.first.AvailableBuffer()[:n])
		return
	}
	if len(h.more) == 0 || h.last == minPart {
		h.more, h.last = append(h.more, pieces.Get().(*[minPart]byte)), 0
	}
	n, _ := r.Read(h.more[len(h.more)-1][h.last:])
	h.last += n
}

// size is in bytes.
func (h *held) size() int { return h.first.Len() + max(0, len(h.more)-1)*minPart + h.last }

func (h *held) reader() io.Reader {
	first := bytes.NewReader(h.first.Bytes())
	if len(h.more) == 0 {
		return first // of which gzip takes no byte more than it needs
	}
	all := []io.Reader{first}
	for i, b := range h.more {
		n := minPart
		if i == len(h.more)-1 {
			n = h.last
		}
		all = append(all, bytes.NewReader(b[:n]))
	}
	return io.MultiReader(all...)
}

// free gives the pieces back.
func (h *held) free() {
	for _, b := range h.more {
		pieces.Put(b)
	}
	h.more, h.last = nil, 0
}

// batch collects short frames, which are decompressed one after the other.
type batch struct {
	in     *input
	p      *pipeline
	frames []frame
	size   int // bytes
}

// newBatch returns a batch that is started when more of the input would have to
// be waited for.
func newBatch(in *input, p *pipeline) *batch {
	b := &batch{in: in, p: p}
	in.pause = func() { _ = b.start() } // once closed, the next start says so too
	return b
}

func (b *batch) add(f frame) error {
	if b.size > 0 && b.size+f.raw.size() > maxPart {
		if err := b.start(); err != nil {
			return err
		}
	}
	b.frames = append(b.frames, f)
	b.size += f.raw.size()
	if b.size >= minPart || b.in.idle() {
		return b.start()
	}
	return nil
}

// start begins to decompress what was collected.
func (b *batch) start() error {
	if len(b.frames) == 0 {
		return nil
	}
	frames, format := b.frames, b.in.format
	workers := 1
	if b.size > longPart {
		workers = b.p.workers // it may be the only one
	}
	_, err := b.p.start(b.size, func(s *part) error {
		for _, f := range frames {
			err := whole(s, f.raw.reader(), f.decode, workers)
			f.raw.free()
			if err == errClosed {
				return err
			}
			if err != nil {
				if err == io.ErrUnexpectedEOF {
					err = errLength // its end was found, but is not where it should be
				}
				return &Error{format, f.off, err}
			}
		}
		return nil
	})
	b.frames, b.size = nil, 0
	return err
}

// end begins to decompress what was collected before an error, which it returns.
func (b *batch) end(off int64, err error) error {
	if startErr := b.start(); startErr != nil {
		return startErr
	}
	return b.in.fail(off, err)
}

// whole decompresses a frame, which must be all that r gives.
func whole(s *part, r io.Reader, decode decoder, workers int) error {
	if err := decode(s, r, workers); err != nil {
		return err
	}
	if n, err := io.Copy(io.Discard, r); n > 0 || err != nil {
		return errLength
	}
	return nil
}

// cut has the frame decompressed that raw reads: from memory, or as it is read
// if it is too long for that or if more of it would have to be waited for. In
// that case it returns when that is done.
func (b *batch) cut(raw *walker, decode decoder) error {
	in := b.in
	off := in.offset()
	head := new(held)
	for raw.err == nil && head.size() < maxPart && !in.idle() {
		head.fill(raw)
	}
	if raw.err == io.EOF {
		return b.add(frame{off, head, decode})
	}
	if err := b.start(); err != nil {
		return err
	}
	workers := b.p.workers
	s, err := b.p.start(head.size(), func(s *part) error {
		err := whole(s, io.MultiReader(head.reader(), raw), decode, workers)
		head.free()
		if raw.err != nil && raw.err != io.EOF && err != errClosed {
			err = raw.err // which is why the decoder failed
		}
		return in.fail(off, err)
	})
	if err != nil {
		return err
	}
	return s.wait()
}

// splitFrames cuts an archive into the frames of zstd and lz4, which have those
// in common that are to be skipped.
func splitFrames(in *input, p *pipeline) error {
	b := newBatch(in, p)
	for {
		off := in.offset()
		head, err := in.header(4)
		if err == io.EOF {
			return b.start()
		}
		if err != nil {
			return b.end(off, err)
		}
		switch magic := binary.LittleEndian.Uint32(head); {
		case magic&^0xf == 0x184d2a50:
			err = skip(in)
		case magic == zstdMagic:
			err = b.cut(walkZstd(in), decodeZstd)
		case magic == lz4Magic:
			err = b.cut(walkLZ4(in), decodeLZ4)
		case magic == legacyMagic:
			err = b.cut(walkLegacy(in), decodeLZ4)
		default:
			err = errGarbage
		}
		if err != nil {
			return b.end(off, err)
		}
	}
}

// skip passes over a frame that holds no data.
func skip(in *input) error {
	head, err := in.header(8)
	if err != nil {
		return err
	}
	_, err = io.CopyN(io.Discard, in, 8+int64(binary.LittleEndian.Uint32(head[4:])))
	return err
}
