package unpack

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/pierrec/lz4/v4"
)

// TestLongFrames has frames around the length from which buffers are reused, with short ones
// between them.
func TestLongFrames(t *testing.T) {
	noise := rand.NewChaCha8([32]byte{1})
	var archive, want bytes.Buffer
	lengths := []int{3 * minPiece, 100, minPiece - 30, minPiece, 5 * minPiece / 2}
	for i := range 40 {
		data := make([]byte, lengths[i%5])
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
