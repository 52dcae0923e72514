package charset

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// UTF16Reader reads UTF-16 text as UTF-8. It is for one goroutine, except for Close.
type UTF16Reader struct {
	pieces  chan chan *piece // in order; each channel delivers one
	free    chan *piece      // to use again
	current *piece           // the one that is being read
	text    []byte           // of current, not yet read
	err     error            // after text
	taken   int64            // bytes of the pieces up to current

	stop   chan struct{}
	closer sync.Once
}

// piece is a stretch of the text that is decoded by itself.
type piece struct {
	utf16, utf8 []byte
	order       binary.ByteOrder
	err         error // after it
}

const pieceSize = 128 << 10 // bytes of UTF-16

var errClosed = errors.New("closed")

// NewUTF16Reader reads from in, ahead of its caller, and decodes up to workers pieces at the same
// time. The kind is one of UTF-16. Errors of Read are those of in, and one that names the offset of
// an odd byte at the end of the text. The reader uses in until it is closed or has come to the end.
func NewUTF16Reader(in io.Reader, k Kind, workers int) *UTF16Reader {
	workers = max(workers, 1)
	r := &UTF16Reader{
		pieces: make(chan chan *piece, workers-1),
		free:   make(chan *piece, workers+2),
		stop:   make(chan struct{}),
	}
	go r.cut(in, k)
	return r
}

// cut reads pieces, each with one Read, and has them decoded. They end after a whole unit, and not
// within a pair of surrogates.
func (r *UTF16Reader) cut(in io.Reader, k Kind) {
	defer close(r.pieces)
	var order binary.ByteOrder // nil until it is known
	var rest []byte            // of the previous piece; at most three bytes
	var offset int64           // of rest
	for err := error(nil); err == nil; {
		p := r.piece()
		n := copy(p.utf16[:pieceSize], rest)
		var m int
		m, err = in.Read(p.utf16[n:pieceSize])
		b := p.utf16[:n+m]
		if order == nil && (len(b) >= 2 || err != nil) {
			order = k.ByteOrder(b)
		}
		whole := len(b) &^ 1
		if whole > 0 && err == nil && order.Uint16(b[whole-2:])&^0x3FF == surrogateMin {
			whole -= 2
		}
		p.utf16, rest = b[:whole], b[whole:]
		offset += int64(whole)
		if err == io.EOF && len(rest) > 0 {
			err = fmt.Errorf("half a UTF-16 unit at byte %d", offset)
		}
		if whole == 0 && err == nil {
			rest = append([]byte(nil), rest...)
			continue // nobody should wait for half a unit
		}
		p.order, p.err = order, err
		done := make(chan *piece, 1)
		select {
		case r.pieces <- done:
		case <-r.stop:
			return
		}
		rest = append([]byte(nil), rest...) // p now belongs to the goroutine
		go func() {
			p.utf8, _ = AppendUTF16AsUTF8(p.utf8[:0], p.utf16, p.order, true)
			done <- p
		}()
	}
}

// piece returns an empty piece.
func (r *UTF16Reader) piece() *piece {
	select {
	case p := <-r.free:
		return p
	default:
		return &piece{utf16: make([]byte, pieceSize)}
	}
}

// Read reads the text as UTF-8.
func (r *UTF16Reader) Read(b []byte) (int, error) {
	select {
	case <-r.stop:
		return 0, errClosed
	default:
	}
	for len(r.text) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if r.current != nil {
			r.free <- r.current
			r.current = nil
		}
		var done chan *piece
		select {
		case done = <-r.pieces:
		case <-r.stop:
		}
		if done == nil {
			return 0, errClosed
		}
		p := <-done // the last one has an error
		r.current, r.text, r.err = p, p.utf8, p.err
		r.taken += int64(len(p.utf16))
	}
	n := copy(b, r.text)
	r.text = r.text[n:]
	return n, nil
}

// Undecoded returns how many bytes of UTF-16 Read has begun to give as text: all of
// them at the end of the text.
func (r *UTF16Reader) Undecoded() int64 { return r.taken }

// Empty reports whether a Read has to wait for the input.
func (r *UTF16Reader) Empty() bool { return len(r.text) == 0 && len(r.pieces) == 0 }

// Close stops reading ahead, after at most one more Read of in, and ends a Read that waits for it.
// It returns nil.
func (r *UTF16Reader) Close() error {
	r.closer.Do(func() { close(r.stop) })
	return nil
}
