package split

import (
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"sync/atomic"
)

// spool copies an input that cannot be mapped into a file that can.
type spool struct {
	in      *Input
	live    *live
	decoded *decoded // set if in may have to be decoded
	store   store
	orNUL   bool // see EndAtNUL

	buf     []byte
	filled  atomic.Int64 // bytes copied so far
	size    atomic.Int64 // -1 until the stream has ended
	stopped atomic.Bool
}

// spoolChunk is the most bytes that one read takes from a stream: the size of the largest pipe
// buffer that an unprivileged process may ask for.
const spoolChunk = 1 << 20

// newSpool returns a spool of an input, or of its decoded content.
func newSpool(in *Input, decode func(*live) *decoded) (Source, error) {
	enlargePipe(in.file)
	live, err := newLive(in.file)
	if err != nil {
		return nil, err
	}
	s := &spool{in: in, live: live, decoded: decode(live)}
	s.size.Store(-1)
	return s, nil
}

// errStopped ends the reading of an input that is no longer wanted.
var errStopped = errors.New("stopped")

func (s *spool) Locator() Locator { return s.store.last().at }
func (s *spool) Size() int64      { return s.size.Load() }
func (s *spool) Known() int64     { return s.filled.Load() }
func (s *spool) Start() int64     { return 0 }
func (s *spool) Consumed() int64  { return s.live.read.Load() }
func (s *spool) Stream() bool     { return true }
func (s *spool) Shrunk() error    { return nil }

func (s *spool) Reader() io.Reader {
	if s.decoded != nil {
		return s.decoded
	}
	return s.live
}

func (s *spool) Decoder() Decoder {
	if s.decoded == nil {
		return nil
	}
	s.decoded.mu.Lock()
	defer s.decoded.mu.Unlock()
	return s.decoded.r
}

func (s *spool) ByteOrder() binary.ByteOrder {
	if d := s.Decoder(); d != nil {
		return d.ByteOrder()
	}
	return nil
}

// drained reports whether the next read may block.
func (s *spool) drained() bool {
	if s.decoded != nil {
		return s.decoded.drained()
	}
	return s.live.drained()
}

func (s *spool) ended() bool { return s.size.Load() >= 0 }

// fill copies the next piece of the stream and returns it; it is valid until the next call. An
// empty piece means the end of the stream. After Stop the error is errStopped.
func (s *spool) fill(atMost int64) ([]byte, error) {
	if s.ended() {
		return nil, nil
	}
	if s.stopped.Load() {
		return nil, errStopped // even what a decoder has ready is no longer wanted
	}
	filled := s.filled.Load()
	if err := s.decoded.look(); err != nil {
		return nil, err
	}
	atMost = max(1, min(atMost, spoolChunk))
	least := int64(4 << 10) // usually the whole input, or its first line
	if s.Decoder() != nil {
		least, atMost = decodedPiece, (atMost+decodedPiece-1)/decodedPiece*decodedPiece
	}
	if s.buf == nil {
		s.buf = make([]byte, min(atMost, least))
	} else if int64(len(s.buf)) < atMost {
		s.buf = make([]byte, atMost)
	}
	n, err := s.Reader().Read(s.buf[:min(atMost, int64(len(s.buf)))])
	if n > 0 {
		if err := s.store.append(s.buf[:n], filled); err != nil {
			return nil, err
		}
		filled += int64(n)
		s.filled.Store(filled)
	}
	if err == io.EOF {
		s.size.Store(filled)
		err = nil
	}
	return s.buf[:n], err
}

// ReadAt may read beyond what Ranges has yielded only for a header, on the goroutine that will call
// Ranges next.
func (s *spool) ReadAt(p []byte, fileOffset int64) (int, error) {
	end := fileOffset + int64(len(p))
	for s.filled.Load() < end && !s.ended() {
		if s.filled.Load() > fileOffset && s.drained() {
			break
		}
		if _, err := s.fill(end - s.filled.Load()); err != nil {
			if s.filled.Load() > fileOffset {
				break // the next read returns the error again
			}
			return 0, err
		}
	}
	n := max(0, min(end, s.filled.Load())-fileOffset)
	if n > 0 {
		if _, err := s.store.last().ReadAt(p[:n], fileOffset); err != nil {
			return 0, err
		}
	}
	if n < int64(len(p)) && s.ended() {
		return int(n), io.EOF
	}
	return int(n), nil
}

func (s *spool) EndAtNUL() { s.orNUL = true }

func (s *spool) Ranges(from int64, sizes Sizes, terminator byte) iter.Seq2[Range, error] {
	size := sizes.Most
	return func(yield func(Range, error) bool) {
		start := from
		end := from // of the last record seen that is whole
		base := from
		piece, err := s.next(base, spoolChunk)
		for {
			if errors.Is(err, errStopped) {
				return
			}
			if len(piece) == 0 && s.ended() {
				break
			}
			// Yield every range that ends in this piece.
			for {
				i := max(start+size-1-base, 0)
				if i >= int64(len(piece)) {
					break
				}
				k := firstEnd(piece[i:], terminator, s.orNUL)
				if k < 0 {
					break
				}
				end := base + i + int64(k) + 1
				if !yield(Range{start, end}, nil) {
					return
				}
				start = end
			}
			if k := lastEnd(piece, terminator, s.orNUL); k >= 0 {
				end = base + int64(k) + 1
			}
			// Hand over whole records before waiting for more of a live stream.
			if end > start && err == nil && s.drained() {
				if !yield(Range{start, end}, nil) {
					return
				}
				start = end
			}
			if err != nil {
				yield(Range{start, s.filled.Load()}, err)
				return
			}
			base += int64(len(piece))
			piece, err = s.next(base, max(start+size-base, 64<<10))
		}
		if end := s.filled.Load(); start < end {
			yield(Range{start, end}, nil)
		}
	}
}

// next returns bytes of the stream from fileOffset on, at most atMost and at most a chunk: what
// was copied before (to read a header, or because the input is cut again), or else the next piece.
// They are valid until the next call; none means the end of the stream.
func (s *spool) next(fileOffset, atMost int64) ([]byte, error) {
	ahead := s.filled.Load() - fileOffset
	if ahead == 0 {
		return s.fill(atMost)
	}
	n := min(ahead, max(1, atMost), spoolChunk)
	if int64(len(s.buf)) < n {
		s.buf = make([]byte, n)
	}
	_, err := s.store.last().ReadAt(s.buf[:n], fileOffset)
	return s.buf[:n], err
}

func (s *spool) Release(fileOffset int64) { s.store.release(fileOffset) }

func (s *spool) Stop() {
	s.stopped.Store(true)
	s.live.stop()
}

func (s *spool) Close() error {
	if s.decoded != nil {
		s.decoded.close()
	}
	s.live.close()
	s.in.Close()
	s.store.close()
	return nil
}
