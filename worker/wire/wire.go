// Package wire is what travels between a coordinator and its workers: streams of
// frames, and how values are coded in them.
//
//	stream := wire.AppendFrame(wire.AppendHeader(nil), 'T', &task)
//
//	r := wire.NewReader(pipe)
//	kind, payload, err := r.Next()
//	err = wire.Decode(payload, &task)
//
// # Format
//
// A stream, in either direction, is a header and then frames:
//
//	magic    8 bytes, "linefork"
//	version  2 bytes, little endian
//	frames
//
// A frame is:
//
//	length   4 bytes, little endian: of kind and payload together
//	kind     1 byte
//	payload  length-1 bytes
//
// A payload is one message: its fields in order, without names, each as long as
// its value needs.
//
//	bool            1 byte, 0 or 1
//	integer         a varint of encoding/binary; in zigzag form if it has a sign
//	enum            an integer, of those that are known
//	bytes, string   the length, then the bytes
//	list            the number of elements, then these; an empty one is nil
//	optional value  a bool, then the value if that is 1
//	one of several  the number of the one, from 1, then that; 0 for none
//	error           see [ErrorKinds]
//
// [Version] is raised when the layout of any message changes: two ends of
// different versions do not talk. All of a payload must be read, and a number must
// fit its type.
//
// # Messages
//
// A type codes itself: its method Code names its fields, in order, once for both
// directions. Fields that do not travel have the tag `wire:"-"`.
//
//	func (t *Task) Code(c *wire.Codec) {
//		c.String(&t.Name)
//		wire.Int(c, &t.Max)
//		wire.List(c, &t.Paths, (*wire.Codec).String)
//	}
package wire

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Version is that of all messages together.
const Version = 4

const (
	magic      = "linefork"
	headerSize = len(magic) + 2
)

// maxFrame is more than any result of a sane range; a longer length means that
// the stream carries something else.
const maxFrame = 1 << 31

// ErrProtocol is for a stream that holds something else than what belongs there.
var ErrProtocol = errors.New("broken message")

// A VersionError is for a stream of another version. It is an [ErrProtocol].
type VersionError struct{ Version int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the other end speaks version %d of the worker protocol, this one %d",
		e.Version, Version)
}

// Is reports whether target is ErrProtocol.
func (e *VersionError) Is(target error) bool { return target == ErrProtocol }

// Kind is what a frame is for. The ends of a stream agree on kinds.
type Kind byte

// Message is a value that codes itself. Writing it must not change it: one message
// may be written by several goroutines at the same time.
type Message interface{ Code(*Codec) }

// AppendHeader appends what a stream starts with.
func AppendHeader(b []byte) []byte {
	return binary.LittleEndian.AppendUint16(append(b, magic...), Version)
}

// AppendFrame appends a frame that holds m.
func AppendFrame(b []byte, k Kind, m Message) []byte {
	at := len(b)
	c := Codec{b: append(b, 0, 0, 0, 0, byte(k))}
	m.Code(&c)
	binary.LittleEndian.PutUint32(c.b[at:], uint32(len(c.b)-at-4))
	return c.b
}

// Decode reads a message that fills the payload exactly. It copies what it needs.
// The error is an [ErrProtocol].
func Decode(payload []byte, m Message) error {
	c := Codec{b: payload, reading: true}
	m.Code(&c)
	if c.err == nil && len(c.b) > 0 {
		return fmt.Errorf("%w: %d bytes too many", ErrProtocol, len(c.b))
	}
	return c.err
}

// Reader reads a stream.
type Reader struct {
	r       *bufio.Reader
	started bool // the header has been read
	head    [max(headerSize, 5)]byte
	buf     []byte
}

// NewReader returns a Reader that buffers r: a short frame is one read.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReader(r)} }

// Next returns the next frame; the payload is valid until the next call. At the
// end of the stream the error is io.EOF, within a frame io.ErrUnexpectedEOF; it is
// an [ErrProtocol] where something else comes than a frame of this version.
func (r *Reader) Next() (Kind, []byte, error) {
	if !r.started {
		if err := r.header(); err != nil {
			return 0, nil, err
		}
		r.started = true
	}
	head := r.head[:5]
	if _, err := io.ReadFull(r.r, head); err != nil {
		return 0, nil, err
	}
	n := binary.LittleEndian.Uint32(head)
	if n < 1 || n > maxFrame {
		return 0, nil, fmt.Errorf("%w: frame of %d bytes", ErrProtocol, n)
	}
	b := r.buf[:0]
	for left := int(n - 1); left > 0; {
		// A length that is not true must not cost memory before that shows.
		piece := min(left, max(1<<20, len(b)))
		b = slices.Grow(b, piece)
		if _, err := io.ReadFull(r.r, b[len(b):len(b)+piece]); err != nil {
			return 0, nil, within(err)
		}
		b = b[:len(b)+piece]
		left -= piece
	}
	r.buf = b
	return Kind(head[4]), b, nil
}

func (r *Reader) header() error {
	head := r.head[:headerSize]
	n, err := io.ReadFull(r.r, head)
	if got := head[:min(n, len(magic))]; string(got) != magic[:len(got)] {
		return fmt.Errorf("%w: %q instead of a header", ErrProtocol, got)
	}
	if err != nil {
		return err
	}
	if v := binary.LittleEndian.Uint16(head[len(magic):]); v != Version {
		return &VersionError{int(v)}
	}
	return nil
}

// within is the error of a read in the middle of something.
func within(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
