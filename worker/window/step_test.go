package window

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// TestSteps compares what goes step by step with what does not.
func TestSteps(t *testing.T) {
	defer func(n int) { step = n }(step)
	rapid.Check(t, func(t *rapid.T) {
		step = rapid.IntRange(1, 8).Draw(t, "step")
		b := rapid.SliceOfN(rapid.SampledFrom([]byte("aaab")), 0, 40).Draw(t, "bytes")
		if got, want := IndexByte(b, 'b'), bytes.IndexByte(b, 'b'); got != want {
			t.Errorf("IndexByte(%q) = %d, want %d", b, got, want)
		}
		if got, want := LastIndexByte(b, 'b'), bytes.LastIndexByte(b, 'b'); got != want {
			t.Errorf("LastIndexByte(%q) = %d, want %d", b, got, want)
		}
		if beyond := append(b, 0x80); !IsASCII(b) || IsASCII(beyond) {
			t.Errorf("IsASCII(%q) = %v, IsASCII(%q) = %v", b, IsASCII(b), beyond, IsASCII(beyond))
		}
		if got, want := Count(b, 'b'), bytes.Count(b, []byte("b")); got != want {
			t.Errorf("Count(%q) = %d, want %d", b, got, want)
		}
	})
}
