package split

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFileRanges(t *testing.T) {
	for name, data := range map[string][]byte{
		"lines":            lines(3000),
		"ends with LF":     append(lines(3000), '\n'),
		"one line":         bytes.Repeat([]byte("x"), 3000),
		"only LF":          bytes.Repeat([]byte("\n"), 200),
		"one byte":         []byte("x"),
		"one LF":           []byte("\n"),
		"long at the end":  append(lines(100), bytes.Repeat([]byte("x"), 5000)...),
		"long at the head": append(bytes.Repeat([]byte("x"), 5000), lines(100)...),
	} {
		src := openPath(t, save(t, data))
		for _, terminator := range []byte("\nx\x00") {
			for size := int64(1); size < 300; size++ {
				got := collect(t, src, 0, size, terminator)
				checkCover(t, data, 0, terminator, got)
				if want := naiveRanges(data, 0, size, terminator); !slices.Equal(got, want) {
					t.Fatalf("%s by %d: %v; want %v", name, size, got, want)
				}
			}
		}
		n := int64(len(data))
		for _, size := range []int64{n - 1, n, n + 1, 1 << 40, 1<<63 - 1} {
			if size > 0 {
				checkCover(t, data, 0, '\n', collect(t, src, 0, size, '\n'))
			}
		}
	}
}

func TestFileRangesProperty(t *testing.T) {
	path := filepath.Join(t.TempDir(), "input")
	rapid.Check(t, func(t *rapid.T) {
		var data []byte
		length := rapid.OneOf(
			rapid.IntRange(0, 20), rapid.IntRange(400, 1200), rapid.IntRange(3000, 70<<10),
		)
		for range rapid.IntRange(1, 20).Draw(t, "lines") {
			n := length.Draw(t, "length")
			data = append(append(data, bytes.Repeat([]byte("x"), n)...), '\n')
		}
		data = data[:len(data)-rapid.IntRange(0, 1).Draw(t, "cut")]
		if len(data) == 0 {
			t.Skip("an empty file is spooled")
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatalf("%v", err)
		}
		src, err := OpenSource(path, nil)
		if err != nil {
			t.Fatalf("%v", err)
		}
		defer src.Close()
		if src.Size() != int64(len(data)) || src.Start() != 0 || src.Stream() {
			t.Fatalf("size %d of %d, start %d, stream %v",
				src.Size(), len(data), src.Start(), src.Stream())
		}
		size := rapid.OneOf(
			rapid.Int64Range(1, 2000), rapid.Int64Range(2000, 200_000),
		).Draw(t, "size")
		// Skip a header of some lines.
		from := int64(0)
		for range rapid.IntRange(0, 2).Draw(t, "header") {
			from += int64(bytes.IndexByte(data[from:], '\n') + 1)
		}
		got := collect(t, src, from, size, '\n')
		checkCover(t, data, from, '\n', got)
		if want := naiveRanges(data, from, size, '\n'); !slices.Equal(got, want) {
			t.Fatalf("from %d by %d: %v; want %v", from, size, got, want)
		}
	})
}

// TestFileRemapped cuts more than may be resident at a time.
func TestFileRemapped(t *testing.T) {
	data := bytes.Repeat(lines(1<<16), 5<<20>>16)
	src := openPath(t, save(t, data))
	for _, size := range []int64{64 << 10, 1 << 20} {
		got := collect(t, src, 0, size, '\n')
		if want := naiveRanges(data, 0, size, '\n'); !slices.Equal(got, want) {
			t.Fatalf("by %d: %v; want %v", size, got, want)
		}
	}
}

// TestFileGrows appends to an open file: what is appended is not part of the input.
func TestFileGrows(t *testing.T) {
	data := lines(3000)
	path := save(t, data)
	src := openPath(t, path)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(lines(3000)); err != nil {
		t.Fatal(err)
	}
	checkCover(t, data, 0, '\n', collect(t, src, 0, 100, '\n'))
	checkReadAt(t, src, data)
}

// TestFileReplaced renames another file to the path: the input stays the one that was opened.
func TestFileReplaced(t *testing.T) {
	data := lines(100 << 10)
	path := save(t, data)
	src := openPath(t, path)
	if err := os.WriteFile(path+"2", lines(10), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"2", path); err != nil {
		t.Skip(err)
	}
	// So many ranges that the file is mapped again.
	checkCover(t, data, 0, '\n', collect(t, src, 0, 512, '\n'))
	info, err := os.Stat(path)
	if err != nil || (src.Locator().Device != 0 && Identify(info).Same(src.Locator().Identity)) {
		t.Errorf("the other file has the ID of the first; %v", err)
	}
}

// TestRangesStops stops after some ranges, and then draws all of them.
func TestRangesStops(t *testing.T) {
	data := lines(3000)
	src := openPath(t, save(t, data))
	n := 0
	for range src.Ranges(0, Fixed(100), '\n') {
		if n++; n == 3 {
			break
		}
	}
	checkCover(t, data, 0, '\n', collect(t, src, 0, 100, '\n'))
}
