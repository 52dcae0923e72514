package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

var orders = map[binary.ByteOrder]Kind{binary.LittleEndian: UTF16LE, binary.BigEndian: UTF16BE}

// units returns random units, among which all special ones are frequent.
func units(rnd *rand.Rand, n int) []uint16 {
	var u []uint16
	kinds := 1 + rnd.IntN(6)
	for len(u) < n {
		switch rnd.IntN(kinds) {
		case 0:
			for range rnd.IntN(20) {
				u = append(u, uint16(rnd.IntN(0x80)))
			}
		case 1:
			u = append(u, uint16(rnd.IntN(0x10000)))
		case 2:
			u = append(u, uint16(0xD800+rnd.IntN(0x400)), uint16(0xDC00+rnd.IntN(0x400)))
		case 3:
			u = append(u, uint16(0xD800+rnd.IntN(0x800)))
		case 4:
			edges := []uint16{
				0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDBFF, 0xDC00,
				0xDFFF, 0xE000, 0xFEFF, 0xFFFE, 0xFFFF,
			}
			u = append(u, edges[rnd.IntN(len(edges))])
		case 5:
			u = append(u, uint16(0x4E00+rnd.IntN(0x5000)))
		}
	}
	return u[:n]
}

func utf16Bytes(u []uint16, order binary.ByteOrder) []byte {
	b := make([]byte, 2*len(u))
	for i, v := range u {
		order.PutUint16(b[2*i:], v)
	}
	return b
}

// wtf8 is the plain decoder.
func wtf8(u []uint16) []byte {
	var s []byte
	for i := 0; i < len(u); i++ {
		r := rune(u[i])
		if i+1 < len(u) {
			if pair := utf16.DecodeRune(r, rune(u[i+1])); pair != utf8.RuneError {
				r = pair
				i++
			}
		}
		if utf16.IsSurrogate(r) {
			s = append(s, 0xE0|byte(r>>12), 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F))
			continue
		}
		s = utf8.AppendRune(s, r)
	}
	return s
}

func checkUTF16(t *testing.T, u []uint16) {
	t.Helper()
	want := wtf8(u)
	for order := range orders {
		b := utf16Bytes(u, order)
		got, rest := AppendUTF16AsUTF8([]byte("x")[:1:1], b, order, true)
		if !bytes.Equal(got[1:], want) || got[0] != 'x' || len(rest) > 0 {
			t.Fatalf("%v %04x: %q, rest % x; want %q", order, u, got[1:], rest, want)
		}
		back, rest := AppendUTF16([]byte("x")[:1:1], want, order, true)
		if !bytes.Equal(back[1:], b) || back[0] != 'x' || len(rest) > 0 {
			t.Fatalf("%v %q: % x, rest % x; want % x", order, want, back[1:], rest, b)
		}
	}
}

func TestEachUnit(t *testing.T) {
	for v := range 0x10000 {
		checkUTF16(t, []uint16{uint16(v)})
		checkUTF16(t, []uint16{'a', 'b', uint16(v), 'c', 'd', uint16(v), 0xDC00})
	}
	for r := rune(0x10000); r <= utf8.MaxRune; r += 0x3F {
		checkUTF16(t, utf16.Encode([]rune{r}))
	}
	checkUTF16(t, utf16.Encode([]rune{utf8.MaxRune}))
}

func TestUnits(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		checkUTF16(t, units(rnd, rnd.IntN(50)))
	}
	for range 20 {
		checkUTF16(t, units(rnd, blockSize+rnd.IntN(2*blockSize)))
	}
	for _, v := range []uint16{0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0xD800} {
		u := make([]uint16, 2*blockSize)
		for i := range u {
			u[i] = v
		}
		checkUTF16(t, u)
	}
}

// x/text has no unpaired surrogates, only U+FFFD.
func TestUTF16LikeXText(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	for order, kind := range orders {
		endian := unicode.LittleEndian
		if kind == UTF16BE {
			endian = unicode.BigEndian
		}
		d := unicode.UTF16(endian, unicode.IgnoreBOM).NewDecoder()
		for range 300 {
			u := units(rnd, rnd.IntN(100))
			for i := range u[:max(0, len(u)-1)] {
				// It takes a lone second half for the first half of a pair.
				if low := u[i]&^0x3FF == 0xDC00; low && (i == 0 || u[i-1]&^0x3FF != 0xD800) {
					u[i] = 'x'
				}
			}
			b := utf16Bytes(u, order)
			want, err := d.Bytes(b)
			if err != nil {
				t.Fatal(err)
			}
			got, _ := AppendUTF16AsUTF8(nil, b, order, true)
			var text strings.Builder
			for s := got; len(s) > 0; {
				r, size := decodeWTF8(s)
				text.WriteRune(r) // U+FFFD for a surrogate
				s = s[size:]
			}
			if text.String() != string(want) {
				t.Fatalf("% x: %q, want %q", b, text.String(), want)
			}
		}
	}
}

// Any text, cut at each byte, becomes the same in both directions.
func TestUTF16Cuts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		u := units(rnd, 1+rnd.IntN(20))
		want := wtf8(u)
		for order := range orders {
			b := utf16Bytes(u, order)
			for cut := range len(b) + 1 {
				got, rest := AppendUTF16AsUTF8(nil, b[:cut], order, false)
				if len(rest) > 3 || !bytes.HasSuffix(b[:cut], rest) {
					t.Fatalf("rest % x of % x", rest, b[:cut])
				}
				got, _ = AppendUTF16AsUTF8(got, b[cut-len(rest):], order, true)
				if !bytes.Equal(got, want) {
					t.Fatalf("%v % x cut at %d: %q, want %q", order, b, cut, got, want)
				}
			}
			for cut := range len(want) + 1 {
				var out bytes.Buffer
				w := NewUTF16Writer(&out, order)
				w.Write(want[:cut])
				w.Write(want[cut:])
				if !bytes.Equal(out.Bytes(), b) {
					t.Fatalf("%v %q cut at %d: % x, want % x", order, want, cut, out.Bytes(), b)
				}
			}
		}
	}
}

// What is not UTF-8 becomes U+FFFD, a byte at a time as in utf8.DecodeRune.
func TestAppendUTF16OfGarbage(t *testing.T) {
	rnd := rand.New(rand.NewPCG(9, 10))
	few := []byte("\x00a\x7f\x80\xbf\xc2\xe4\xed\xa0\xb0\xf0\x9f\xf4\xff")
	for range 20000 {
		s := make([]byte, rnd.IntN(12))
		for i := range s {
			s[i] = few[rnd.IntN(len(few))]
		}
		var want []uint16
		for rest := s; len(rest) > 0; {
			if len(rest) > 2 && rest[0] == 0xED && rest[1] >= 0xA0 && rest[1] <= 0xBF && rest[2]&0xC0 == 0x80 {
				want = append(want, 0xD000|uint16(rest[1]&0x3F)<<6|uint16(rest[2]&0x3F))
				rest = rest[3:]
				continue
			}
			r, size := utf8.DecodeRune(rest)
			want = utf16.AppendRune(want, r)
			rest = rest[size:]
		}
		b := utf16Bytes(want, binary.BigEndian)
		got, _ := AppendUTF16(nil, s, binary.BigEndian, true)
		if !bytes.Equal(got, b) {
			t.Fatalf("% x: % x, want % x", s, got, b)
		}
		var out bytes.Buffer
		w := NewUTF16Writer(&out, binary.BigEndian)
		for i := range s {
			if n, err := w.Write(s[i : i+1]); n != 1 || err != nil {
				t.Fatal(n, err)
			}
		}
		if b, _ = AppendUTF16(nil, s, binary.BigEndian, false); !bytes.Equal(out.Bytes(), b) {
			t.Fatalf("% x, byte by byte: % x, want % x", s, out.Bytes(), b)
		}
	}
}

// A long text is encoded in pieces, which may end within a character.
func TestUTF16WriterInParts(t *testing.T) {
	for pad := range 4 {
		s := bytes.Repeat([]byte("a"), pad)
		s = append(s, bytes.Repeat([]byte("汉😀é"), 2*writeSize/9)...)
		want, _ := AppendUTF16(nil, s, binary.LittleEndian, true)
		var out bytes.Buffer
		w := NewUTF16Writer(&out, binary.LittleEndian)
		if n, err := w.Write(s); n != len(s) || err != nil {
			t.Fatal(n, err)
		}
		if !bytes.Equal(out.Bytes(), want) {
			t.Fatalf("after %d bytes: %d bytes differ, or are not %d", pad, out.Len(), len(want))
		}
	}
}

func TestByteOrder(t *testing.T) {
	for _, test := range []struct {
		kind Kind
		head string
		want binary.ByteOrder
	}{
		{UTF16, "", binary.LittleEndian},
		{UTF16, "\xfe", binary.LittleEndian},
		{UTF16, "a\x00", binary.LittleEndian},
		{UTF16, "\xff\xfe", binary.LittleEndian},
		{UTF16, "\xfe\xff", binary.BigEndian},
		{UTF16LE, "\xfe\xff", binary.LittleEndian},
		{UTF16BE, "\xff\xfe", binary.BigEndian},
	} {
		if got := test.kind.ByteOrder([]byte(test.head)); got != test.want {
			t.Errorf("%v %q: %v", test.kind, test.head, got)
		}
	}
}

func TestUTF16Reader(t *testing.T) {
	rnd := rand.New(rand.NewPCG(11, 12))
	wraps := []func(io.Reader) io.Reader{
		func(r io.Reader) io.Reader { return r }, iotest.OneByteReader, iotest.HalfReader, iotest.DataErrReader,
	}
	for i, n := range []int{
		0, 1, 2, 3, 10, 100, 1000, pieceSize / 2, pieceSize/2 + 1, pieceSize, 2 * pieceSize,
	} {
		u := units(rnd, n)
		if n > 3000 { // a pair across each end of a piece
			for j := pieceSize/2 - 1; j+1 < n; j += pieceSize / 2 {
				u[j], u[j+1] = 0xD83D, 0xDE00
			}
		}
		for order, kind := range orders {
			b := utf16Bytes(u, order)
			for j, wrap := range wraps {
				if n > 3000 && j == 1 {
					continue
				}
				for _, odd := range []bool{false, true} {
					in := b
					if odd {
						in = append(b[:len(b):len(b)], 'x')
					}
					r := NewUTF16Reader(wrap(bytes.NewReader(in)), kind, 1+i%3)
					got, err := io.ReadAll(r)
					if !bytes.Equal(got, wtf8(u)) {
						t.Fatalf("%d units, %v: differ at %d", n, kind, differ(got, wtf8(u)))
					}
					if odd != (err != nil) {
						t.Fatalf("%d units, odd %v: %v", n, odd, err)
					}
					if odd && !strings.Contains(err.Error(), fmt.Sprint("byte ", len(b))) {
						t.Fatalf("%d bytes: %v", len(b), err)
					}
					r.Close()
				}
			}
		}
	}
}

func TestUTF16ReaderByteOrder(t *testing.T) {
	for _, s := range []string{"\xFE\xFF\x4E\x2D", "\xFF\xFE\x2D\x4E"} {
		r := NewUTF16Reader(iotest.OneByteReader(strings.NewReader(s)), UTF16, 2)
		if got, err := io.ReadAll(r); string(got) != "\uFEFF中" || err != nil {
			t.Errorf("% x: %q, %v", s, got, err)
		}
	}
}

func TestUTF16ReaderError(t *testing.T) {
	bad := errors.New("bad")
	in := io.MultiReader(strings.NewReader("a\x00b\x00c"), iotest.ErrReader(bad))
	r := NewUTF16Reader(in, UTF16LE, 1)
	got, err := io.ReadAll(r)
	if string(got) != "ab" || err != bad {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := r.Read(make([]byte, 1)); err != bad {
		t.Errorf("again: %v", err)
	}
}

// endless returns zeros, and reports when it is no longer read.
type endless struct{ reads chan int }

func (e endless) Read(b []byte) (int, error) {
	e.reads <- len(b)
	return len(b), nil
}

func TestUTF16ReaderClose(t *testing.T) {
	in := endless{make(chan int)}
	r := NewUTF16Reader(in, UTF16LE, 3)
	<-in.reads
	if _, err := io.ReadFull(r, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	r.Close()
	r.Close()
	if n, err := r.Read(make([]byte, 10)); n != 0 || err == nil {
		t.Error(n, err)
	}
	// It reads at most a few pieces more, and then closes r.pieces.
	for more := true; more; {
		select {
		case <-in.reads:
		case _, more = <-r.pieces:
		}
	}
}

func FuzzUTF16(f *testing.F) {
	f.Add([]byte("a\x00b\x00c\x00d\x00\x3d\xd8\x00\xde\x00\xd8\x2d\x4e"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var u []uint16
		for ; len(b) >= 2; b = b[2:] {
			u = append(u, binary.LittleEndian.Uint16(b))
		}
		checkUTF16(t, u)
	})
}
