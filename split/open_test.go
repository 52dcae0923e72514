package split

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// checkReadAt compares ReadAt with bytes.Reader, also at and around the end.
func checkReadAt(t *testing.T, src Source, data []byte) {
	t.Helper()
	reader := bytes.NewReader(data)
	for _, off := range []int{0, 1, len(data) / 2, len(data) - 1, len(data), len(data) + 5} {
		for _, n := range []int{0, 1, 2, len(data) / 2, len(data), len(data) + 3} {
			if off < 0 || n == 0 && off >= len(data) {
				continue
			}
			got, want := make([]byte, n), make([]byte, n)
			k, err := src.ReadAt(got, int64(off))
			wantK, wantErr := reader.ReadAt(want, int64(off))
			if k != wantK || err != wantErr || !bytes.Equal(got, want) {
				t.Fatalf("ReadAt(%d bytes, %d) of %d: %d, %v; want %d, %v",
					n, off, len(data), k, err, wantK, wantErr)
			}
		}
	}
}

func TestFileReadAt(t *testing.T) {
	for _, n := range []int{1, 2, 1000, 70_000} {
		data := lines(n)
		checkReadAt(t, openPath(t, save(t, data)), data)
	}
}

func TestOpenMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "missing")
	src, err := OpenSource(path, nil)
	var p *fs.PathError
	if src != nil || !errors.As(err, &p) || p.Path != path || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open: %v, %v", src, err)
	}
}

func TestOpenDirectory(t *testing.T) {
	path := t.TempDir()
	src, err := OpenSource(path, nil)
	var p *fs.PathError
	if src != nil || !errors.As(err, &p) || p.Path != path || !errors.Is(err, syscall.EISDIR) {
		t.Errorf("Open: %v, %v", src, err)
	}
}

// TestOpenEmpty reads an empty file. That it is empty is known only then.
func TestOpenEmpty(t *testing.T) {
	src := openPath(t, save(t, nil))
	if got := collect(t, src, src.Start(), 10, '\n'); len(got) != 0 {
		t.Errorf("ranges %v", got)
	}
	if src.Size() != 0 {
		t.Errorf("size %d", src.Size())
	}
	if n, err := src.ReadAt(make([]byte, 1), 0); n != 0 || err != io.EOF {
		t.Errorf("ReadAt: %d, %v", n, err)
	}
}

// TestOpenProc reads a file that claims size 0 and is not empty.
func TestOpenProc(t *testing.T) {
	const path = "/proc/version"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Skip(err)
	}
	src := openPath(t, path)
	if !src.Stream() || src.Size() != -1 {
		t.Errorf("stream %v, size %d", src.Stream(), src.Size())
	}
	checkCover(t, data, 0, '\n', collect(t, src, 0, 10, '\n'))
	if src.Size() != int64(len(data)) {
		t.Errorf("size %d; want %d", src.Size(), len(data))
	}
	checkReadAt(t, src, data)
}

// TestFileShrinks truncates a file while its ranges are drawn: noticed within a mapping, and when
// the file is mapped again.
func TestFileShrinks(t *testing.T) {
	for _, size := range []int64{1000, 100_000} {
		data := lines(3 << 20)
		path := save(t, data)
		src := openPath(t, path)
		const left = 300_000
		var last error
		end := int64(0)
		for r, err := range src.Ranges(0, Fixed(size), '\n') {
			if last != nil {
				t.Fatalf("%v after the error", r)
			}
			if last = err; err != nil {
				continue
			}
			if end = r.End; r.Start == 0 {
				if err := os.Truncate(path, left); err != nil {
					t.Fatal(err)
				}
			}
		}
		if last == nil || !strings.Contains(last.Error(), "file shrank to 300000 bytes") ||
			!strings.Contains(last.Error(), "at byte ") {
			t.Errorf("ranges of %d: the last ends at %d, then %v", size, end, last)
		}
	}
}

func TestRange(t *testing.T) {
	r := Range{10, 25}
	if r.Len() != 15 || r.String() != "bytes [10, 25)" {
		t.Errorf("%d %s", r.Len(), r)
	}
}

func TestSizes(t *testing.T) {
	for _, c := range []struct {
		sizes      Sizes
		left, want int64
	}{
		{Fixed(10), 1, 10},
		{Fixed(10), 1 << 40, 10},
		{Guided(MediumRange, 2), 1 << 62, 32 << 20},
		{Guided(MediumRange, 2), 128 << 20, 32 << 20},
		{Guided(MediumRange, 2), 128<<20 - 1, 16 << 20},
		{Guided(MediumRange, 1), 128<<20 - 1, 32 << 20},
		{Guided(MediumRange, 2), 5 << 20, 1 << 20},
		{Guided(MediumRange, 2), 0, 1 << 20},
		{Guided(MediumRange, 1<<62), 1, 1 << 20},
		{Guided(LongRange, 2), 1 << 62, 1 << 30},
		{Guided(LongRange, 2), 2 << 30, 512 << 20},
		{Guided(3000, 2), 1 << 20, 3000},
		{Guided(3000, 2), 1, 3000},
	} {
		if got := c.sizes.next(c.left); got != c.want {
			t.Errorf("%+v: %d bytes of %d left; want %d", c.sizes, got, c.left, c.want)
		}
	}
}

// TestFileGuided draws ranges that become shorter. They cover the file, and end at multiples of
// their size, moved to the end of a line.
func TestFileGuided(t *testing.T) {
	data := lines(200_000)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	src := openPath(t, path)
	sizes := Sizes{Most: 32 << 10, Least: 1 << 10, Share: 4}
	var got []Range
	for r, err := range src.Ranges(0, sizes, '\n') {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	checkCover(t, data, 0, '\n', got)
	length := func(r Range) int64 { return r.Len() &^ (1<<10 - 1) }
	if n := len(got); n > 40 || length(got[0]) < 31<<10 || got[n-2].Len() > 2<<10 {
		t.Errorf("%d ranges: %v", n, got)
	}
	for _, r := range got[:len(got)-1] {
		most := sizes.next(int64(len(data)) - r.Start)
		end := int64(bytes.LastIndexByte(data[:r.End-1], '\n') + 1)
		if end > (r.Start/most+1)*most {
			t.Errorf("%v is longer than %d bytes", r, most)
		}
	}
}

// TestHeaderError reads an input whose first bytes cannot be read: that it is not to be decoded is
// not known then, even if it can be read a moment later.
func TestHeaderError(t *testing.T) {
	in, err := Open(save(t, lines(1000)))
	if err != nil {
		t.Fatal(err)
	}
	in.Close()
	decode := func([]byte) (NewDecoder, bool) { return nil, false }
	src, err := in.Source(decode)
	if at, ok := ReadableTo(err); src != nil || !ok || at != 0 || !errors.Is(err, fs.ErrClosed) {
		t.Errorf("Source: %v, %v", src, err)
	}
}
