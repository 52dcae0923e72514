package bench

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// A file that was dropped from the cache has its bytes still; where it cannot be dropped, there is
// a reason.
func TestDropFromCache(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	data := bytes.Repeat([]byte("some bytes\n"), 100_000)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := dropFromCache(name); err != nil {
		t.Log("not dropped:", err)
	}
	if got, err := os.ReadFile(name); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buffer := [][]byte{make([]byte, 1)}
	if n, _ := unix.Preadv2(int(f.Fd()), buffer, 0, unix.RWF_NOWAIT); n == 1 && checkDropped(f) == nil {
		t.Error("what was just read is taken for dropped")
	}
	if dropFromCache(name+"x") == nil {
		t.Error("no error of a missing file")
	}
}
