//go:build unix

package merge

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestStream filters a pipe that is filled little by little. What is handed
// over depends on time, the output does not.
func TestStream(t *testing.T) {
	n := uint64(60)
	if testing.Short() {
		n = 10
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	for seed := range n {
		random := rand.New(rand.NewPCG(seed, 77))
		f := throw(random.IntN)
		f.inputs, f.size = f.inputs[:1], int64(1+random.IntN(200))
		f.format.Max = 0 // else the writer would be left alone
		f.inputs[0].name = path
		go feed(path, f.inputs[0].data, 1+random.IntN(50))
		f.check(t)
	}
}

// feed writes data into a pipe, piece by piece.
func feed(path string, data []byte, piece int) {
	w, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer w.Close()
	for len(data) > 0 {
		k := min(len(data), piece)
		if _, err := w.Write(data[:k]); err != nil {
			return
		}
		data = data[k:]
	}
}

// TestStreamLongRecord has records in a pipe that take many ranges. What they
// need of the stream must not be given back before they end.
func TestStreamLongRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	long := "k,\"" + strings.Repeat(strings.Repeat("x", 500)+"\n", 100) + "\"\n"
	f := newFiltering(strings.Repeat("x\n"+long, 10), "k", Format{ByteOffset: true})
	f.inputs[0].name, f.size = path, 10_000
	go feed(path, f.inputs[0].data, 3000)
	f.check(t)
}
