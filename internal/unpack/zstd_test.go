package unpack

import (
	"bytes"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// TestSizes reads frames that store the size of their content, in a field of each possible length.
func TestSizes(t *testing.T) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 200, 300, 65_000, 70_000, 3_000_000} {
		data := text(uint64(n), n)[:n]
		archive := w.EncodeAll(data, w.EncodeAll(data, nil))
		got, err := unpack(t, archive, 2)
		if err != nil || !bytes.Equal(got, append(data, data...)) {
			t.Errorf("%d bytes: %d, %v", n, len(got), err)
		}
	}
}
