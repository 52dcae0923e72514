package split

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// TestChanged has a file changed, in several ways, after it was opened.
func TestChanged(t *testing.T) {
	const text = "some\nlines\n"
	past := time.Now().Add(-time.Hour).Truncate(time.Second)
	for name, test := range map[string]struct {
		change func(path string) error
		want   error
		inode  bool // told by what only files with an inode have
	}{
		"nothing":  {func(string) error { return nil }, nil, false},
		"appended": {func(path string) error { return appendTo(path, "more\n") }, nil, false},
		"rewritten": {func(path string) error {
			return os.WriteFile(path, []byte("SOME\nlines\n"), 0o666)
		}, ErrChanged, false},
		"shorter": {func(path string) error { return os.Truncate(path, 3) }, ErrChanged, false},
		"rewritten, with the old time": {func(path string) error {
			if err := os.WriteFile(path, []byte("SOME\nlines\n"), 0o666); err != nil {
				return err
			}
			return os.Chtimes(path, past, past)
		}, ErrChanged, true},
		"replaced": {func(path string) error {
			if err := os.WriteFile(path+".new", []byte("other\n"), 0o666); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		}, nil, true},
		"removed": {os.Remove, nil, true},
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, past, past); err != nil {
			t.Fatal(err)
		}
		in, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if test.inode && changeTime(in.Info()) == 0 {
			continue
		}
		time.Sleep(20 * time.Millisecond) // times of change are no finer everywhere
		if err := test.change(path); err != nil {
			t.Fatal(err)
		}
		if err := in.Changed(); err != test.want {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

func appendTo(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(text)
	return err
}

// TestUnreadable has a file become shorter than it was when it was opened, and as long again.
func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a mapped file cannot be truncated")
	}
	path := save(t, lines(1000))
	src := openPath(t, path)
	if err := os.Truncate(path, 100); err != nil {
		t.Fatal(err)
	}
	var shrunk *TruncatedError
	b := make([]byte, 60)
	if n, err := src.ReadAt(b, 50); n != 50 || !errors.As(err, &shrunk) ||
		*shrunk != (TruncatedError{Size: 100, Offset: 100}) {
		t.Errorf("ReadAt of a file that has shrunk: %d, %v", n, err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(1000); err != nil {
		t.Fatal(err)
	}
	if err := Unreadable(f, 100, 101); err != ErrChanged {
		t.Errorf("a byte that is there again: %v", err)
	}
}
