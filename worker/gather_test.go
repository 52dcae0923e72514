package worker

import (
	"bytes"
	"testing"

	"github.com/linefork/linefork/worker/span"
)

// TestGather has spans at the limits.
func TestGather(t *testing.T) {
	b := bytes.Repeat([]byte("0123456789abcdef"), gatherBytes/8)
	list := func(numbered bool, n, length, gap int) (l span.List, want []byte) {
		e := span.Encoder{Numbered: numbered}
		for i := range n {
			start := i * (length + gap)
			e.Add(span.Span{Start: int64(start), End: int64(start + length), Line: uint64(i)})
			want = append(want, b[start:start+length]...)
		}
		return e.List(), want
	}
	for _, numbered := range []bool{false, true} {
		bytesOfSpan := 2
		if numbered {
			bytesOfSpan++
		}
		most := gatherList / bytesOfSpan
		for _, c := range []struct {
			n, length, gap int
			gathered       bool
		}{
			{0, 0, 1, false},
			{1, 1, 0, true},
			{1, gatherBytes, 0, true},
			{1, gatherBytes + 1, 0, false},
			{2, gatherBytes / 2, 16, true},
			{2, gatherBytes/2 + 1, 16, false},
			{most, 3, 1, true},
			{most + 1, 3, 1, false},
		} {
			l, want := list(numbered, c.n, c.length, c.gap)
			if got := gather(l, numbered, b); (got != nil) != c.gathered || got != nil && !bytes.Equal(got, want) {
				t.Errorf("%+v, numbered %t: %d bytes of %d", c, numbered, len(got), len(want))
			}
		}
	}
}
