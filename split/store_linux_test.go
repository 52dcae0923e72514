package split

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallSpools lets streams be held in memory up to 256 KiB.
func smallSpools(t *testing.T) {
	t.Helper()
	before := spoolMemory
	spoolMemory = 256 << 10
	t.Cleanup(func() { spoolMemory = before })
}

// holds is how many bytes a file takes, in memory or on disk.
func holds(t *testing.T, f *os.File) int64 {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return info.Sys().(*syscall.Stat_t).Blocks * 512
}

// TestSpoolOnDisk has a record that is longer than may be held in memory: the stream goes on in the
// temporary folder, where nothing is left.
func TestSpoolOnDisk(t *testing.T) {
	smallSpools(t)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	data := lines(600_000)
	long := bytes.Repeat([]byte("long"), 500_000)
	data = append(append(append(data, long...), '\n'), lines(700_000)...)
	w, src := pipe(t)
	go feed(w, data, []int{60_000})
	first := Locator{}
	var all []Range
	for r, err := range src.Ranges(0, Fixed(30_000), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		at := src.Locator()
		if len(all) == 0 {
			first = at
		}
		all = append(all, r)
		for _, at := range []Locator{first, at} { // one that was handed out before still works
			if at == first && r.End > 600_000 {
				continue
			}
			f, err := at.Open()
			if err != nil {
				t.Fatal(err)
			}
			b := make([]byte, r.Len())
			if _, err := f.ReadAt(b, r.Start); err != nil || !bytes.Equal(b, data[r.Start:r.End]) {
				t.Fatalf("%v in %v: other bytes, %v", r, at, err)
			}
			f.Close()
		}
		if at == first && r.End < 600_000 {
			src.Release(r.Start)
		}
	}
	checkCover(t, data, 0, '\n', all)
	files := src.(*spool).store.files
	if len(files) != 2 || src.Locator() == first {
		t.Fatalf("the stream is in %d files", len(files))
	}
	if n := holds(t, files[0].File); n > spoolMemory {
		t.Errorf("%d bytes are held in memory", n)
	}
	src.Release(int64(len(data)))
	for i, f := range files {
		if n := holds(t, f.File); n > 64<<10 {
			t.Errorf("%d bytes are held in file %d, all of which were released", n, i)
		}
	}
	src.Close()
	if left, _ := filepath.Glob(temporary + "/*"); len(left) > 0 {
		t.Errorf("%q were left", left)
	}
}

// TestSpoolReleased has a long stream whose bytes are released as they are read: it stays in memory.
func TestSpoolReleased(t *testing.T) {
	smallSpools(t)
	data := lines(3 << 20)
	w, src := pipe(t)
	t.Setenv("TMPDIR", "/dev/null")
	go feed(w, data, []int{60_000})
	var all []Range
	for r, err := range src.Ranges(0, Fixed(30_000), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
		src.Release(r.End)
	}
	checkCover(t, data, 0, '\n', all)
}

// TestSpoolCannotGrow has no temporary folder: what was read comes with the error.
func TestSpoolCannotGrow(t *testing.T) {
	smallSpools(t)
	w, src := pipe(t)
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	go feed(w, bytes.Repeat([]byte("x"), 1<<20), []int{60_000})
	for r, err := range src.Ranges(0, Fixed(30_000), '\n') {
		if err == nil {
			t.Fatalf("%v without an error", r)
		}
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), os.TempDir()) || r.Len() < 100_000 {
			t.Errorf("%v, %v", r, err)
		}
	}
}

// TestEndAtNUL cuts a stream and a file that hold NULs and few terminators.
func TestEndAtNUL(t *testing.T) {
	data := append(lines(10_000), make([]byte, 500_000)...)
	data = append(data, lines(300)...)
	data = append(data, bytes.Repeat([]byte("a\x00bc"), 100_000)...)
	w, stream := pipe(t)
	go feed(w, data, []int{3000, 60_000})
	for _, src := range []Source{stream, openPath(t, save(t, data))} {
		src.EndAtNUL()
		end := int64(0)
		for r, err := range src.Ranges(0, Fixed(10_000), '\n') {
			if err != nil || r.Start != end || r.Len() > 80_000 {
				t.Fatalf("%v after %d, %v", r, end, err)
			}
			if end = r.End; end < int64(len(data)) && data[end-1] != 0 && data[end-1] != '\n' {
				t.Errorf("%v ends within a record", r)
			}
		}
		if end != int64(len(data)) {
			t.Errorf("the last range ends at %d of %d", end, len(data))
		}
	}
}
