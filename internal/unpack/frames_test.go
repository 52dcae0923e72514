package unpack

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/pierrec/lz4/v4"
)

// TestLongFrames has frames about the length from which on a buffer is used
// again, with short ones among them.
func TestLongFrames(t *testing.T) {
	noise := rand.NewChaCha8([32]byte{1})
	var archive, want bytes.Buffer
	for i := range 40 {
		data := make([]byte, []int{3 * minPart, 100, minPart - 30, minPart, 5 * minPart / 2}[i%5])
		noise.Read(data)
		want.Write(data)
		w := lz4.NewWriter(&archive)
		w.Write(data)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, workers := range []int{1, 3} {
		got, err := unpack(t, archive.Bytes(), workers)
		if err != nil || !bytes.Equal(got, want.Bytes()) {
			t.Errorf("%d workers: %d bytes of %d, %v", workers, len(got), want.Len(), err)
		}
	}
}
