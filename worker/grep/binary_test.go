package grep

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

func TestZap(t *testing.T) {
	some := rapid.SampledFrom([]byte("\x00\x00\x00\x01\n\x7f\x80\x81\xff"))
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOf(some).Draw(t, "bytes")
		want := bytes.ReplaceAll(b, []byte{0}, []byte{'\n'})
		got := bytes.Clone(b)
		if zap(got); !bytes.Equal(got, want) {
			t.Fatalf("%q became %q", b, got)
		}
	})
}
