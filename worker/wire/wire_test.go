package wire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// numbers has an integer of each kind, and what else is coded.
type numbers struct {
	i   int
	i8  int8
	i32 int32
	i64 int64
	u8  uint8
	u16 uint16
	u32 uint32
	u64 uint64
	b   bool
	s   string
	l   []byte
	ll  []string
	o   *numbers
}

func (n *numbers) Code(c *Codec) {
	Int(c, &n.i)
	Int(c, &n.i8)
	Int(c, &n.i32)
	Int(c, &n.i64)
	Int(c, &n.u8)
	Int(c, &n.u16)
	Int(c, &n.u32)
	Int(c, &n.u64)
	c.Bool(&n.b)
	c.String(&n.s)
	Bytes(c, &n.l)
	List(c, &n.ll, (*Codec).String)
	Optional(c, &n.o)
}

// extreme draws these values, too.
func extreme[T any](others *rapid.Generator[T], values ...T) *rapid.Generator[T] {
	return rapid.OneOf(others, rapid.SampledFrom(values))
}

func drawNumbers(t *rapid.T, deep int) *numbers {
	text := rapid.SliceOfN(rapid.Byte(), 1, 300)
	n := &numbers{
		i: rapid.Int().Draw(t, "i"), i8: rapid.Int8().Draw(t, "i8"),
		i32: rapid.Int32().Draw(t, "i32"),
		i64: extreme(rapid.Int64(), math.MinInt64, math.MaxInt64).Draw(t, "i64"),
		u8:  rapid.Uint8().Draw(t, "u8"), u16: rapid.Uint16().Draw(t, "u16"),
		u32: rapid.Uint32().Draw(t, "u32"),
		u64: extreme(rapid.Uint64(), 0, math.MaxUint64).Draw(t, "u64"),
		b:   rapid.Bool().Draw(t, "b"), s: string(text.Draw(t, "s")), l: text.Draw(t, "l"),
		ll: rapid.SliceOfN(rapid.String(), 1, 5).Draw(t, "ll"),
	}
	if deep > 0 {
		n.o = drawNumbers(t, deep-1)
	}
	return n
}

// What arrives is what was sent; what arrives of the start of it is an error.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := drawNumbers(t, rapid.IntRange(0, 2).Draw(t, "deep"))
		stream := AppendFrame(AppendHeader(nil), 'T', sent)
		r := NewReader(bytes.NewReader(AppendFrame(bytes.Clone(stream), 'U', &numbers{})))
		k, payload, err := r.Next()
		if err != nil || k != 'T' {
			t.Fatalf("%q, %v", k, err)
		}
		var got numbers
		if err := Decode(payload, &got); err != nil || !reflect.DeepEqual(&got, sent) {
			t.Fatalf("%+v became %+v, %v", sent, got, err)
		}
		n := rapid.IntRange(0, len(payload)-1).Draw(t, "payload cut")
		if err := Decode(payload[:n], new(numbers)); !errors.Is(err, ErrProtocol) {
			t.Fatalf("%d of %d payload bytes of %+v gave %v", n, len(payload), sent, err)
		}
		if err := Decode(append(bytes.Clone(payload), 0), new(numbers)); !errors.Is(err, ErrProtocol) {
			t.Fatalf("a payload with a byte more gave %v", err)
		}
		if k, _, err := r.Next(); k != 'U' || err != nil {
			t.Fatalf("the next frame is %q, %v", k, err)
		}
		if _, _, err := r.Next(); err != io.EOF {
			t.Fatalf("the end is %v", err)
		}

		n = rapid.IntRange(0, len(stream)-1).Draw(t, "cut")
		want := io.ErrUnexpectedEOF
		if n == 0 || n == headerSize {
			want = io.EOF
		}
		if _, _, err := NewReader(bytes.NewReader(stream[:n])).Next(); err != want {
			t.Fatalf("%d of %d bytes gave %v, want %v", n, len(stream), err, want)
		}
	})
}

// narrow has fields that take less than what wide has.
type narrow struct {
	i8  int8
	u8  uint8
	u16 uint16
	u32 uint32
	e   uint8
	b   bool
}

func (n *narrow) Code(c *Codec) {
	Int(c, &n.i8)
	Int(c, &n.u8)
	Int(c, &n.u16)
	Int(c, &n.u32)
	Enum(c, &n.e, 4)
	c.Bool(&n.b)
}

type wide struct {
	i8  int64
	rem [5]uint64
}

func (n *wide) Code(c *Codec) {
	Int(c, &n.i8)
	for i := range n.rem {
		Int(c, &n.rem[i])
	}
}

// A number that does not fit its type is an error, never another number.
func TestTooLarge(t *testing.T) {
	most := wide{127, [5]uint64{255, 1<<16 - 1, 1<<32 - 1, 4, 1}}
	least := wide{i8: -128}
	for _, x := range []struct {
		m  wide
		ok bool
	}{
		{most, true},
		{least, true},
		{wide{i8: 128}, false},
		{wide{i8: -129}, false},
		{wide{i8: math.MinInt64}, false},
		{wide{rem: [5]uint64{0: 256}}, false},
		{wide{rem: [5]uint64{1: 1 << 16}}, false},
		{wide{rem: [5]uint64{2: 1 << 32}}, false},
		{wide{rem: [5]uint64{2: math.MaxUint64}}, false},
		{wide{rem: [5]uint64{3: 5}}, false},
		{wide{rem: [5]uint64{3: 256}}, false},
		{wide{rem: [5]uint64{4: 2}}, false},
	} {
		var got narrow
		err := Decode(AppendFrame(nil, 'T', &x.m)[5:], &got)
		if (err == nil) != x.ok || err != nil && !errors.Is(err, ErrProtocol) {
			t.Errorf("%+v gave %+v, %v", x.m, got, err)
		}
	}
	// A varint of eleven bytes.
	long := append(bytes.Repeat([]byte{0xff}, 10), 1)
	if err := Decode(long, new(wide)); !errors.Is(err, ErrProtocol) {
		t.Errorf("a number that is too long gave %v", err)
	}
}

// choice is one of two.
type choice struct {
	a, b *numbers
	n    int
}

func (m *choice) Code(c *Codec) {
	switch m.n = c.OneOf(m.a != nil, m.b != nil); m.n {
	case 1:
		Value(c, &m.a)
	case 2:
		Value(c, &m.b)
	}
}

func TestOneOf(t *testing.T) {
	for n, m := range []choice{{}, {a: new(numbers)}, {b: new(numbers)}} {
		var got choice
		if err := Decode(AppendFrame(nil, 'T', &m)[5:], &got); err != nil || got.n != n ||
			(got.a == nil) != (m.a == nil) || (got.b == nil) != (m.b == nil) {
			t.Errorf("%+v became %+v, %v", m, got, err)
		}
	}
	for _, b := range []byte{3, 255} {
		if err := Decode([]byte{b, 0}, new(choice)); !errors.Is(err, ErrProtocol) {
			t.Errorf("number %d of two gave %v", b, err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("two of one were sent")
		}
	}()
	AppendFrame(nil, 'T', &choice{a: new(numbers), b: new(numbers)})
}

func TestHeader(t *testing.T) {
	frame := AppendFrame(nil, 'R', &numbers{})
	for name, start := range map[string][]byte{
		"no header":       nil,
		"other magic":     []byte("Linefork\x01\x00"),
		"a line of text":  []byte("Hello, world!\n"),
		"another version": binary.LittleEndian.AppendUint16([]byte(magic), Version+1),
		"version 0":       append([]byte(magic), 0, 0),
	} {
		_, _, err := NewReader(bytes.NewReader(append(start, frame...))).Next()
		if !errors.Is(err, ErrProtocol) {
			t.Errorf("%s: %v", name, err)
		}
		if v := (*VersionError)(nil); errors.As(err, &v) != strings.Contains(name, "version") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// appendLength starts a stream with a frame of this length.
func appendLength(length uint32) []byte {
	return append(binary.LittleEndian.AppendUint32(AppendHeader(nil), length), 'R')
}

func TestFrameLengths(t *testing.T) {
	for _, length := range []uint32{0, maxFrame + 1, math.MaxUint32} {
		_, _, err := NewReader(bytes.NewReader(appendLength(length))).Next()
		if !errors.Is(err, ErrProtocol) {
			t.Errorf("a frame of %d bytes gave %v", length, err)
		}
	}
	k, payload, err := NewReader(bytes.NewReader(appendLength(1))).Next()
	if k != 'R' || len(payload) != 0 || err != nil {
		t.Errorf("an empty payload gave %q, %q, %v", k, payload, err)
	}
}

// A length that is wrong but possible costs no more memory than what comes.
func TestFrameIsShorterThanItSays(t *testing.T) {
	stream := append(appendLength(maxFrame-1), "and little more"...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, _, err := NewReader(bytes.NewReader(stream)).Next(); err != io.ErrUnexpectedEOF {
		t.Errorf("%v", err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
		t.Errorf("%d MiB were allocated for a stream of %d bytes", n>>20, len(stream))
	}
}

// Neither does a list that is shorter than its length.
func TestListIsShorterThanItSays(t *testing.T) {
	type large [1 << 10]byte
	payload := binary.AppendUvarint(nil, 1<<20)
	payload = append(payload, make([]byte, 1<<20)...)
	payload[len(payload)-1<<20+10] = 2 // not a bool
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	m := messageFunc(func(c *Codec) {
		var list []large
		List(c, &list, func(c *Codec, _ *large) { c.Bool(new(bool)) })
	})
	if err := Decode(payload, m); !errors.Is(err, ErrProtocol) {
		t.Errorf("%v", err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
		t.Errorf("%d MiB were allocated for a list of 11 elements", n>>20)
	}
}

type messageFunc func(*Codec)

func (f messageFunc) Code(c *Codec) { f(c) }

func TestFrameBufferIsReused(t *testing.T) {
	frame := AppendFrame(nil, 'R', messageFunc(func(c *Codec) {
		b := make([]byte, 1000)
		Bytes(c, &b)
	}))
	const frames = 200
	stream := AppendHeader(nil)
	for range frames {
		stream = append(stream, frame...)
	}
	r := NewReader(bytes.NewReader(stream))
	n := testing.AllocsPerRun(frames-2, func() {
		if _, _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	})
	if n > 0 {
		t.Errorf("%v allocations for a frame", n)
	}
}
