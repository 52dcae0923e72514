package split

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("0123456789"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	w := NewWhole(path, Identify(info), 10)
	b := make([]byte, 3)
	if n, err := w.ReadAt(b, 4); n != 3 || err != nil || string(b) != "456" {
		t.Errorf("%q, %v", b[:n], err)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if runtime.GOOS == "windows" {
		return // a file has no identity there
	}
	w = NewWhole(path, ID{Device: 1, Inode: 1 << 60}, 10)
	if _, err := w.ReadAt(b, 4); !errors.Is(err, ErrReplaced) {
		t.Errorf("another file: %v", err)
	}
}
