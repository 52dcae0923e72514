package window

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/split"
)

// write creates a file and opens it.
func write(t *testing.T, data []byte) (*File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := Open(locate(t, path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, path
}

func locate(t *testing.T, path string) split.Locator {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return split.Locator{Path: path, Identity: split.Identify(info)}
}

func TestMap(t *testing.T) {
	data := make([]byte, 5<<20)
	for i := range data {
		data[i] = byte(i * i >> 7)
	}
	f, _ := write(t, data)
	n := int64(len(data))
	for _, r := range [][2]int64{
		{0, n}, {0, 1}, {1, 2}, {4095, 4097}, {2<<20 - 1, 2<<20 + 1},
		{3 << 20, n}, {n - 1, n}, {7, 7}, {n, n},
	} {
		w, err := f.Map(r[0], r[1])
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(w.Data, data[r[0]:r[1]]) || w.Start != r[0] {
			t.Errorf("the window on bytes %v has other bytes", r)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestRelease(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcdef"), (2*releaseStep+1<<20)/16)
	f, _ := write(t, data)
	w, err := f.Map(5, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for i := 0; i < len(w.Data); i += 1 << 20 {
		w.Release(i)
		if !bytes.Equal(w.Data[:64], data[5:69]) || w.Data[i] != data[5+i] {
			t.Fatalf("other bytes after Release(%d)", i)
		}
	}
}

func TestReplaced(t *testing.T) {
	_, path := write(t, []byte("one"))
	at := locate(t, path)
	if at.Inode == 0 {
		t.Skip("files have no identity on this platform")
	}
	if err := os.WriteFile(path+".new", []byte("two"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(at); !errors.Is(err, split.ErrReplaced) {
		t.Errorf("Open of another file: %v", err)
	}
}

func TestShrunk(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be truncated")
	}
	data := bytes.Repeat([]byte("x"), 1<<20)
	f, path := write(t, data)
	w, err := f.Map(10, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := os.Truncate(path, 300_000); err != nil {
		t.Fatal(err)
	}
	sum := 0
	err = w.Catch(func() {
		for _, c := range w.Data {
			sum += int(c)
		}
	})
	if err == nil || !strings.Contains(err.Error(), "shrank to 300000 bytes") {
		t.Errorf("reading beyond the end: %v", err)
	}
	// Up to the end of its page there are zeros, which must not be taken for data.
	err = w.Catch(func() { sum += int(w.Data[0]) })
	if want := (split.TruncatedError{Size: 300_000, Offset: 300_000}); !errors.Is(err, split.ErrTruncated) ||
		*err.(*split.TruncatedError) != want {
		t.Errorf("reading what is left: %v", err)
	}
	if w, err := f.Map(400_000, 500_000); err == nil {
		err = w.Catch(func() { sum += int(w.Data[99]) })
		if at, ok := split.ReadableTo(err); !ok || at != 300_000 {
			t.Errorf("a window beyond the end: %v", err)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a panic that is not a fault did not pass through")
		}
	}()
	_ = w.Catch(func() { panic("other") })
}

// TestChanged has a kernel panic over a file that is as it was, and over one that is not.
func TestChanged(t *testing.T) {
	f, path := write(t, bytes.Repeat([]byte("x"), 100))
	w, err := f.Map(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	beyond := func() { _ = w.Data[len(w.Data):][f.at.Size-100] }
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a panic over an unchanged file did not pass through")
			}
		}()
		_ = w.Catch(beyond)
	}()
	later := time.Now().Add(time.Hour)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	if err := w.Catch(beyond); err != split.ErrChanged {
		t.Errorf("a panic over a changed file: %v", err)
	}
	if err := w.Catch(func() {}); err != nil {
		t.Errorf("no panic over a changed file: %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a panic that is not a run-time error did not pass through")
		}
	}()
	_ = w.Catch(func() { panic("other") })
}
