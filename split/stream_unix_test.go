//go:build unix

package split

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	"pgregory.net/rapid"
)

// pipe returns a stream and the end to write to.
func pipe(t *testing.T) (w *os.File, src Source) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := unix.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	opened := make(chan *os.File)
	go func() {
		f, _ := os.OpenFile(path, os.O_WRONLY, 0)
		opened <- f
	}()
	src = openPath(t, path)
	if w = <-opened; w == nil {
		t.Fatal("the pipe cannot be opened for writing")
	}
	t.Cleanup(func() { w.Close() })
	return w, src
}

// feed writes data in pieces of these lengths, in turn, and closes w.
func feed(w *os.File, data []byte, pieces []int) {
	defer w.Close()
	for i := 0; len(data) > 0; i++ {
		n := min(len(data), pieces[i%len(pieces)])
		if _, err := w.Write(data[:n]); err != nil {
			return
		}
		data = data[n:]
	}
}

// checkStored compares the content of the stream's file with what was written.
func checkStored(t tb, src Source, data []byte, from int) {
	t.Helper()
	if len(data) == 0 {
		return // nothing is spooled
	}
	f, err := src.Locator().Open()
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer f.Close()
	got := make([]byte, len(data)-from)
	if _, err := f.ReadAt(got, int64(from)); err != nil || !bytes.Equal(got, data[from:]) {
		t.Fatalf("the file holds other bytes from %d on; %v", from, err)
	}
}

func TestStreamRanges(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var data []byte
		length := rapid.OneOf(
			rapid.IntRange(0, 20), rapid.IntRange(1000, 3000), rapid.IntRange(60<<10, 140<<10),
		)
		for range rapid.IntRange(0, 40).Draw(rt, "lines") {
			n := length.Draw(rt, "length")
			data = append(append(data, bytes.Repeat([]byte("x"), n)...), '\n')
		}
		data = data[:len(data)-min(len(data), rapid.IntRange(0, 1).Draw(rt, "cut"))]
		size := rapid.OneOf(
			rapid.Int64Range(1, 100), rapid.Int64Range(100, 300_000),
		).Draw(rt, "size")
		pieces := rapid.SliceOfN(rapid.OneOf(
			rapid.IntRange(10, 5000), rapid.IntRange(5000, 200_000),
		), 1, 5).Draw(rt, "pieces")

		w, src := pipe(t)
		go feed(w, data, pieces)
		from := int64(0)
		if head := bytes.IndexByte(data, '\n') + 1; rapid.Bool().Draw(rt, "header") && head > 0 {
			// A header, and more, is read before the ranges are drawn.
			from = int64(readHead(rt, src, data, head))
		}
		got := collect(rt, src, from, size, '\n')
		checkCover(rt, data, from, '\n', got)
		if src.Size() != int64(len(data)) {
			rt.Fatalf("size %d of %d", src.Size(), len(data))
		}
		// No range is longer than its size plus its last line.
		for _, r := range got {
			full, last := r.Start+size, r.End-1
			if last > full && bytes.IndexByte(data[full-1:last], '\n') >= 0 {
				rt.Fatalf("%v continues after the first line that ends beyond %d bytes", r, size)
			}
		}
		checkStored(rt, src, data, 0)
		src.Close()
	})
}

// readHead reads at least the first head bytes.
func readHead(t *rapid.T, src Source, data []byte, head int) int {
	b := make([]byte, head+rapid.IntRange(0, 1000).Draw(t, "more"))
	for n := 0; n < head; {
		k, err := src.ReadAt(b[n:], int64(n))
		if n += k; n < head && (k == 0 || err != nil) {
			t.Fatalf("ReadAt: %d bytes, %v", k, err)
		}
		if !bytes.Equal(b[:n], data[:n]) {
			t.Fatalf("ReadAt reads %q", b[:n])
		}
	}
	return head
}

// TestStreamLive expects whole lines before the writer continues.
func TestStreamLive(t *testing.T) {
	w, src := pipe(t)
	next, stop := iter.Pull2(src.Ranges(0, Fixed(1<<20), '\n'))
	draw := make(chan struct{})
	ranges := make(chan Range)
	go func() {
		defer stop()
		defer close(ranges)
		for range draw {
			r, err, ok := next()
			if !ok || err != nil {
				return
			}
			ranges <- r
		}
	}()
	expect := func(want Range, ok bool) {
		t.Helper()
		draw <- struct{}{}
		select {
		case r, got := <-ranges:
			if got != ok || r != want {
				t.Fatalf("%v, %v; want %v", r, got, want)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%v does not arrive", want)
		}
	}
	put := func(s string) {
		t.Helper()
		if _, err := w.WriteString(s); err != nil {
			t.Fatal(err)
		}
	}
	put("first\n")
	expect(Range{0, 6}, true)
	put("a\nb\nrest")
	expect(Range{6, 10}, true)
	put(" of c\nd")
	expect(Range{10, 20}, true)
	w.Close()
	expect(Range{20, 21}, true)
	expect(Range{}, false)
	close(draw)
}

// TestStreamReadAtLive expects what has arrived, not all that was asked for.
func TestStreamReadAtLive(t *testing.T) {
	w, src := pipe(t)
	b := make([]byte, 100)
	for i, s := range []string{"head", "er\nrow\n", "x"} {
		if _, err := w.WriteString(s); err != nil {
			t.Fatal(err)
		}
		at := []int{0, 4, 11}[i]
		if n, err := src.ReadAt(b, int64(at)); err != nil || string(b[:n]) != s {
			t.Fatalf("ReadAt(%d): %q, %v; want %q", at, b[:n], err, s)
		}
	}
	w.Close()
	if n, err := src.ReadAt(b, 4); err != io.EOF || string(b[:n]) != "er\nrow\nx" {
		t.Fatalf("ReadAt: %q, %v", b[:n], err)
	}
	checkCover(t, []byte("header\nrow\nx"), 7, '\n', collect(t, src, 7, 1, '\n'))
}

// TestStreamRelease releases the start of a long stream; the rest stays.
func TestStreamRelease(t *testing.T) {
	data := lines(3 << 20)
	w, src := pipe(t)
	go feed(w, data, []int{100_000})
	released := int64(0)
	var all []Range
	for r, err := range src.Ranges(0, Fixed(50_000), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
		b := make([]byte, r.Len())
		if n, err := src.ReadAt(b, r.Start); n < len(b) || !bytes.Equal(b, data[r.Start:r.End]) {
			t.Fatalf("ReadAt of %v: %d bytes, %v", r, n, err)
		}
		if r.Start-released > 300_000 {
			released = r.Start - 1000
			src.Release(released)
			src.Release(released / 2) // has no effect: more was released already
			checkStored(t, src, data[:r.End], int(released))
		}
	}
	checkCover(t, data, 0, '\n', all)
	checkStored(t, src, data, int(released))
	if f, ok := src.(*spool); ok {
		if info, err := f.store.last().Stat(); err != nil || info.Size() != int64(len(data)) {
			t.Errorf("the file has %d bytes, %v", info.Size(), err)
		}
	}
}

// TestStreamReader reads a stream without ranges.
func TestStreamReader(t *testing.T) {
	data := lines(200_000)
	w, src := pipe(t)
	go feed(w, data, []int{5000})
	if b, err := io.ReadAll(src.Reader()); err != nil || !bytes.Equal(b, data) {
		t.Errorf("%d of %d bytes, %v", len(b), len(data), err)
	}
}

// TestStreamBroken has a stream whose reads fail.
func TestStreamBroken(t *testing.T) {
	dir, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	src, err := newSpool(&Input{path: "name", file: dir}, func(*live) *decoded { return nil })
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	n := 0
	for r, err := range src.Ranges(0, Fixed(10), '\n') {
		if n++; !errors.Is(err, unix.EISDIR) || r.Len() != 0 {
			t.Errorf("%v, %v", r, err)
		}
	}
	if n != 1 {
		t.Errorf("%d values; want one error", n)
	}
	if n, err := src.ReadAt(make([]byte, 1), 0); n != 0 || !errors.Is(err, unix.EISDIR) {
		t.Errorf("ReadAt: %d, %v", n, err)
	}
}

// TestStreamLongLine has a line longer than what is read at once.
func TestStreamLongLine(t *testing.T) {
	data := []byte("a\n" + strings.Repeat("x", 3*spoolChunk) + "\nb")
	w, src := pipe(t)
	go feed(w, data, []int{1 << 20})
	got := collect(t, src, 0, 1000, '\n')
	checkCover(t, data, 0, '\n', got)
	checkStored(t, src, data, 0)
}

// TestStreamStop stops a reader that waits for a stream, one that is about to wait, and one of a
// stream that never ends.
func TestStreamStop(t *testing.T) {
	w, src := pipe(t)
	if _, err := w.WriteString("a\nb"); err != nil {
		t.Fatal(err)
	}
	var got []Range
	for r, err := range src.Ranges(0, Fixed(1), '\n') {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
		go src.Stop()
	}
	if want := []Range{{0, 2}}; !slices.Equal(got, want) {
		t.Errorf("%v before it was stopped; want %v", got, want)
	}
	for r, err := range src.Ranges(2, Fixed(1), '\n') {
		t.Errorf("%v, %v after it was stopped", r, err)
	}

	w, src = pipe(t)
	go func() {
		for {
			if _, err := w.WriteString("y\n"); err != nil {
				return
			}
		}
	}()
	n := 0
	for range src.Ranges(0, Fixed(1), '\n') {
		if n++; n == 10 {
			go src.Stop()
		}
	}
}

// TestStreamAgain cuts a stream again after all of it has arrived.
func TestStreamAgain(t *testing.T) {
	data := lines(2 * spoolChunk)
	w, src := pipe(t)
	go feed(w, data, []int{1 << 20})
	collect(t, src, 0, 1000, '\n')
	for _, from := range []int64{0, int64(bytes.IndexByte(data, '\n')) + 1} {
		for _, size := range []int64{spoolChunk / 3, 3 * spoolChunk} {
			got := collect(t, src, from, size, '\n')
			checkCover(t, data, from, '\n', got)
			for _, r := range got {
				if r.Len() > size+101 { // plus a line
					t.Errorf("size %d: a range is %v", size, r)
				}
			}
		}
	}
}
