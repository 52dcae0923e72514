package split

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// naiveRanges cuts as the package comment says: at each multiple of size, moved to just past the
// next terminator.
func naiveRanges(data []byte, from, size int64, terminator byte) (ranges []Range) {
	start := from
	for cut := size; start < int64(len(data)); cut += size {
		if cut <= start {
			continue // it was moved to start, or is before from
		}
		end := cut
		for end < int64(len(data)) && data[end-1] != terminator {
			end++
		}
		if end = min(end, int64(len(data))); end > start {
			ranges = append(ranges, Range{start, end})
			start = end
		}
	}
	return ranges
}

// tb is what testing.T and rapid.T have in common.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkCover checks what is promised of all ranges: they cover the data from an offset on, and each
// starts where a record does.
func checkCover(t tb, data []byte, from int64, terminator byte, ranges []Range) {
	t.Helper()
	at := from
	for i, r := range ranges {
		if r.Start != at || r.End <= r.Start || r.End > int64(len(data)) {
			t.Fatalf("range %d is %v, after %d of %d bytes", i, r, at, len(data))
		}
		if r.Start != from && data[r.Start-1] != terminator {
			t.Fatalf("range %d, %v, starts within a record", i, r)
		}
		at = r.End
	}
	if at < int64(len(data)) {
		t.Fatalf("the ranges end at %d of %d bytes", at, len(data))
	}
}

// collect draws all ranges.
func collect(t tb, src Source, from, size int64, terminator byte) (ranges []Range) {
	t.Helper()
	for r, err := range src.Ranges(from, Fixed(size), terminator) {
		if err != nil {
			t.Fatalf("Ranges from %d by %d: %v", from, size, err)
		}
		ranges = append(ranges, r)
	}
	return ranges
}

func save(t *testing.T, data []byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func openPath(t *testing.T, path string) Source {
	t.Helper()
	src, err := OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { src.Close() })
	return src
}

// lines returns n bytes of text, with lines of every length up to 100.
func lines(n int) []byte {
	var b []byte
	for i := 0; len(b) < n; i++ {
		b = append(append(b, bytes.Repeat([]byte{'a' + byte(i%26)}, i*i%101)...), '\n')
	}
	return b[:n]
}
