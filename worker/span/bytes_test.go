package span

import (
	"bytes"
	"testing"
)

// TestBytes tries spans at the limits.
func TestBytes(t *testing.T) {
	b := bytes.Repeat([]byte("0123456789abcdef"), mostBytes/8)
	for _, numbered := range []bool{false, true} {
		bytesOfSpan := 2
		if numbered {
			bytesOfSpan++
		}
		most := mostList / bytesOfSpan
		for _, x := range []struct {
			n, length, gap int
			kept           bool
		}{
			{0, 0, 1, false},
			{1, 1, 0, true},
			{1, mostBytes, 0, true},
			{1, mostBytes + 1, 0, false},
			{2, mostBytes / 2, 16, true},
			{2, mostBytes/2 + 1, 16, false},
			{3, mostBytes/2 + 1, 16, false},
			{most, 3, 1, true},
			{most + 1, 3, 1, false},
		} {
			e, c := Encoder{Numbered: numbered}, Bytes{}
			var want []byte
			for i := range x.n {
				start := i * (x.length + x.gap) % (len(b) - x.length)
				at := int64(i * (x.length + x.gap))
				e.Add(Span{Start: at, End: at + int64(x.length), Line: uint64(i)})
				c.Add(b[start : start+x.length])
				want = append(want, b[start:start+x.length]...)
			}
			if got := c.Of(e.List()); (got != nil) != x.kept || got != nil && !bytes.Equal(got, want) {
				t.Errorf("%+v, numbered %t: %d bytes of %d", x, numbered, len(got), len(want))
			}
		}
	}
}

// TestBytesRest tries the lists that follow one with too many bytes, or too many spans.
func TestBytesRest(t *testing.T) {
	b := make([]byte, mostBytes+1)
	one := List{0, 1}
	for _, much := range []func(c *Bytes){
		func(c *Bytes) { c.Add(b); c.Of(one) },
		func(c *Bytes) { c.Add(b[:1]); c.Of(make(List, mostList+1)) },
	} {
		var c Bytes
		much(&c)
		lists := 0
		for got := []byte(nil); got == nil; lists++ {
			c.Reset()
			c.Add(b[:1])
			got = c.Of(one)
		}
		if lists != mostRest+1 {
			t.Errorf("the next list with bytes is %d", lists)
		}
	}
}

func TestBytesReuse(t *testing.T) {
	var c Bytes
	c.Add([]byte("first"))
	first := c.Of(List{0, 5})
	c.Reuse(first)
	c.Reset()
	c.Add([]byte("2nd"))
	if second := c.Of(List{0, 3}); string(second) != "2nd" || &second[0] != &first[0] {
		t.Errorf("%q, in other memory", second)
	}
	c.Reset()
	c.Add([]byte("third"))
	c.Reuse(make([]byte, 100)) // too late
	if third := c.Of(List{0, 5}); string(third) != "third" {
		t.Errorf("%q", third)
	}
}
