package worker

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A frame is
//
//	length  4 bytes, little endian: of kind and payload together
//	kind    1 byte
//	payload length-1 bytes
//
// The coordinator sends one job frame, then task frames. The child answers
// each task with a result or a failure frame. Numbers in payloads are varints,
// byte strings and lists have their length before them; both ends are the same
// executable, so the layout has no version.
type kind byte

const (
	kindJob     kind = 'J'
	kindTask    kind = 'T'
	kindResult  kind = 'R' // the task's result
	kindFailure kind = 'F' // the input could not be read; the payload says why
)

// maxFrame is more than any result of a sane range; a longer length means that
// the pipe carries something else.
const maxFrame = 1 << 31

var errProtocol = errors.New("broken answer from worker")

// appendFrame appends a frame whose payload encode appends.
func appendFrame(b []byte, k kind, encode func([]byte) []byte) []byte {
	at := len(b)
	b = append(b, 0, 0, 0, 0, byte(k))
	b = encode(b)
	binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	return b
}

// readFrame reads one frame into buf, which it may grow. At the end of the
// stream it returns io.EOF, in the middle of a frame io.ErrUnexpectedEOF.
func readFrame(r io.Reader, buf *[]byte) (kind, []byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.LittleEndian.Uint32(head[:])
	if n < 1 || n > maxFrame {
		return 0, nil, fmt.Errorf("%w: frame of %d bytes", errProtocol, n)
	}
	b := (*buf)[:0]
	for left := int(n - 1); left > 0; {
		// A length that is not true must not cost memory before that shows.
		piece := min(left, max(1<<20, len(b)))
		b = slices.Grow(b, piece)
		if _, err := io.ReadFull(r, b[len(b):len(b)+piece]); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return 0, nil, err
		}
		b = b[:len(b)+piece]
		left -= piece
	}
	*buf = b
	return kind(head[4]), b, nil
}

// codec writes and reads payloads with one list of fields for both directions:
// a message's layout stands in one place and cannot differ between the ends.
type codec struct {
	b       []byte
	reading bool
	broken  bool
}

func (c *codec) uint(v *uint64) {
	if !c.reading {
		c.b = binary.AppendUvarint(c.b, *v)
		return
	}
	x, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.broken, c.b = true, nil
		return
	}
	*v, c.b = x, c.b[n:]
}

// number codes any integer that is not huge when negative.
func number[T ~int | ~int64 | ~uint64 | ~uint8 | ~uint32](c *codec, v *T) {
	if !c.reading {
		c.b = binary.AppendVarint(c.b, int64(*v))
		return
	}
	x, n := binary.Varint(c.b)
	if n <= 0 {
		c.broken, c.b = true, nil
		return
	}
	*v, c.b = T(x), c.b[n:]
}

func (c *codec) bool(v *bool) {
	n := uint8(0)
	if *v {
		n = 1
	}
	number(c, &n)
	if c.reading {
		*v = n == 1
	}
}

func (c *codec) bytes(v *[]byte) {
	n := uint64(len(*v))
	c.uint(&n)
	if !c.reading {
		c.b = append(c.b, *v...)
		return
	}
	if n > uint64(len(c.b)) {
		c.broken, c.b = true, nil
		return
	}
	*v, c.b = slices.Clone(c.b[:n]), c.b[n:]
}

// list codes the length of a list and, when reading, makes it.
func list[T any](c *codec, v *[]T) {
	n := uint64(len(*v))
	c.uint(&n)
	if !c.reading {
		return
	}
	if n > uint64(len(c.b)) { // each element takes a byte at least
		c.broken, c.b = true, nil
		return
	}
	*v = make([]T, n)
}

func (c *codec) string(v *string) {
	b := []byte(*v)
	c.bytes(&b)
	if c.reading {
		*v = string(b)
	}
}

// encode appends a message to b.
func encode(message func(*codec)) func(b []byte) []byte {
	return func(b []byte) []byte {
		c := codec{b: b}
		message(&c)
		return c.b
	}
}

// decode reads a message that fills b exactly.
func decode(b []byte, message func(*codec)) error {
	c := codec{b: b, reading: true}
	message(&c)
	if c.broken || len(c.b) > 0 {
		return errProtocol
	}
	return nil
}
