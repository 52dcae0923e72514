package wire

import (
	"encoding/binary"
	"fmt"
	"slices"
)

// Codec writes or reads a payload, with the same calls for both: what a call is
// given is written, or is set to what was read. After a failure nothing more is
// read.
type Codec struct {
	b       []byte // what was written; what is still to be read
	reading bool
	err     error
}

// Reading reports whether values are set, not written.
func (c *Codec) Reading() bool { return c.reading }

// Failed reports whether reading has failed. The message is void then.
func (c *Codec) Failed() bool { return c.err != nil }

// Fail is for values that do not belong together: reading fails. It panics when
// writing, since such a message must not be sent.
func (c *Codec) Fail(format string, args ...any) {
	err := fmt.Errorf("%w: "+format, append([]any{ErrProtocol}, args...)...)
	if !c.reading {
		panic(err)
	}
	if c.err == nil {
		c.err = err
	}
	c.b = nil
}

func (c *Codec) uvarint(v *uint64) {
	if !c.reading {
		c.b = binary.AppendUvarint(c.b, *v)
		return
	}
	x, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.Fail("number is cut off or too long")
		return
	}
	*v, c.b = x, c.b[n:]
}

func (c *Codec) varint(v *int64) {
	if !c.reading {
		c.b = binary.AppendVarint(c.b, *v)
		return
	}
	x, n := binary.Varint(c.b)
	if n <= 0 {
		c.Fail("number is cut off or too long")
		return
	}
	*v, c.b = x, c.b[n:]
}

// Integer is any type of integers.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

// Int codes an integer.
func Int[T Integer](c *Codec, v *T) {
	if signed := T(0)-1 < 0; signed {
		x := int64(*v)
		if c.varint(&x); c.reading {
			store(c, v, T(x), int64(T(x)) == x)
		}
		return
	}
	x := uint64(*v)
	if c.uvarint(&x); c.reading {
		store(c, v, T(x), uint64(T(x)) == x)
	}
}

// store sets v, unless what was read does not fit.
func store[T Integer](c *Codec, v *T, x T, fits bool) {
	switch {
	case c.err != nil:
	case !fits:
		c.Fail("number is too large for its type")
	default:
		*v = x
	}
}

// Enum codes one of the values 0 to last.
func Enum[T ~uint8](c *Codec, v *T, last T) {
	Int(c, v)
	if c.reading && *v > last {
		c.Fail("unknown %T %d", *v, uint8(*v))
		*v = 0
	}
}

// Bool codes a bool.
func (c *Codec) Bool(v *bool) {
	n := uint8(0)
	if *v {
		n = 1
	}
	if Enum(c, &n, 1); c.reading {
		*v = n == 1
	}
}

// length codes a length, which no number of bytes that are left to read is below.
func (c *Codec) length(n int) int {
	u := uint64(n)
	c.uvarint(&u)
	if !c.reading {
		return n
	}
	if c.err == nil && u > uint64(len(c.b)) {
		c.Fail("length %d with %d bytes left", u, len(c.b))
	}
	if c.err != nil {
		return 0
	}
	return int(u)
}

// Bytes codes a byte string.
func Bytes[T ~[]byte](c *Codec, v *T) {
	n := c.length(len(*v))
	if !c.reading {
		c.b = append(c.b, *v...)
		return
	}
	*v = nil
	if n > 0 {
		*v = slices.Clone(T(c.b[:n]))
		c.b = c.b[n:]
	}
}

// String codes a string.
func (c *Codec) String(v *string) {
	n := c.length(len(*v))
	if !c.reading {
		c.b = append(c.b, *v...)
		return
	}
	*v, c.b = string(c.b[:n]), c.b[n:]
}

// atOnce is how many elements of a list have room before they are read: a length
// that is not true must not cost memory before that shows.
const atOnce = 1 << 10

// List codes a list, with a function for one element.
func List[T any](c *Codec, v *[]T, element func(*Codec, *T)) {
	n := c.length(len(*v)) // an element takes a byte at least
	if !c.reading {
		for i := range *v {
			element(c, &(*v)[i])
		}
		return
	}
	*v = nil
	for i := 0; i < n && c.err == nil; i++ {
		if *v == nil {
			*v = make([]T, 0, min(n, atOnce))
		}
		*v = append(*v, *new(T))
		element(c, &(*v)[i])
	}
}

// Optional codes a value that may be missing: then the pointer is nil.
func Optional[T any, M interface {
	*T
	Message
}](c *Codec, v *M) {
	there := *v != nil
	if c.Bool(&there); there {
		Value(c, v)
	}
}

// Value codes a value that is there. Reading makes it.
func Value[T any, M interface {
	*T
	Message
}](c *Codec, v *M) {
	if c.reading {
		*v = new(T)
	}
	(*v).Code(c)
}

// OneOf codes which of several values is the one that is there, and returns its
// number, from 1, or 0 for none. It panics if more than one is to be written.
func (c *Codec) OneOf(there ...bool) int {
	one := uint8(0)
	for i, is := range there {
		switch {
		case !is:
		case one > 0:
			panic("wire: several values where one is to be written")
		default:
			one = uint8(i + 1)
		}
	}
	if Int(c, &one); c.reading && int(one) > len(there) {
		c.Fail("number %d of %d", one, len(there))
	}
	if c.err != nil {
		return 0
	}
	return int(one)
}
