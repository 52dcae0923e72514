package span

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestRoundTrip compares what comes out of a list with what went in; it joins adjacent spans by
// hand.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := Encoder{Numbered: rapid.Bool().Draw(t, "numbered"), Apart: rapid.Bool().Draw(t, "apart")}
		lengths := []int64{1, 53, 300, 1 << 33}
		if e.Numbered || e.Apart {
			lengths[0] = 0
		}
		var want []Span
		var at Span
		for range rapid.IntRange(0, 20).Draw(t, "spans") {
			start := at.End + rapid.SampledFrom([]int64{0, 0, 1, 127, 128, 1 << 40}).Draw(t, "gap")
			at = Span{Start: start, End: start + rapid.SampledFrom(lengths).Draw(t, "length"), Line: at.Line}
			if e.Numbered {
				at.Line += rapid.Uint64Range(0, 300).Draw(t, "lines")
			}
			e.Add(at)
			if n := len(want); !e.Numbered && !e.Apart && n > 0 && want[n-1].End == at.Start {
				want[n-1].End = at.End
			} else {
				want = append(want, at)
			}
		}
		got := slices.Collect(e.List().All(e.Numbered))
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
		// A truncated list ends early, and does not panic.
		if l := e.List(); len(l) > 0 {
			cut := slices.Collect(l[:rapid.IntRange(0, len(l)-1).Draw(t, "cut")].All(e.Numbered))
			if len(cut) >= len(want) || !slices.Equal(cut, want[:len(cut)]) {
				t.Fatalf("cut: got %v of %v", cut, want)
			}
		}
		e.Reset()
		if len(e.List()) != 0 {
			t.Fatal("not empty after Reset")
		}
	})
}
