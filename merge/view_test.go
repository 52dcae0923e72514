package merge

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/span"
)

// TestCopyAll compares what is written of a range, by each way to its bytes,
// with the bytes of its spans.
func TestCopyAll(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789\n"), 200<<10/11)
	data = append(data, "no end"...)
	path := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := split.OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.IntRange(0, len(data)/2).Draw(t, "start")
		r := split.Range{Start: int64(start), End: int64(len(data))}
		var e span.Encoder
		var want []byte
		lengths := []int{1, 60, 60, 60}
		if rapid.Bool().Draw(t, "long") {
			lengths = append(lengths, longSpan, longSpan+1)
		}
		for at := start; at < len(data); {
			at += rapid.SampledFrom([]int{1, 1, 1, 1, 500, 8000}).Draw(t, "gap")
			end := min(at+rapid.SampledFrom(lengths).Draw(t, "length"), len(data))
			if at >= end {
				break
			}
			e.Add(span.Span{Start: int64(at - start), End: int64(end - start)})
			want = append(want, data[at:end]...)
			if data[end-1] != '\n' {
				want = append(want, '\n')
			}
			at = end
		}
		spans := e.List()
		for _, size := range []int{16, 100 << 10} {
			for _, mapped := range []bool{false, true} {
				v := view{src: src, name: path}
				defer v.close()
				var out bytes.Buffer
				w := bufio.NewWriterSize(&out, size)
				encoded := 0
				if mapped {
					encoded = len(data)
				}
				if err := v.with(r, nil, encoded, func() error { return v.copyAll(w, spans, '\n') }); err != nil {
					t.Fatal(err)
				}
				if w.Flush(); !bytes.Equal(out.Bytes(), want) {
					t.Fatalf("mapped %v: %d bytes, want %d", mapped, out.Len(), len(want))
				}
			}
		}
	})
}

// TestLongRecordShrunk has a file become shorter before a long record in it is looked at.
func TestLongRecordShrunk(t *testing.T) {
	const page = 64 << 10 // of any platform
	path := filepath.Join(t.TempDir(), "data")
	if err := os.WriteFile(path, make([]byte, 3*page), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := split.OpenSource(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	v := view{src: src, name: path, long: page}
	defer v.close()
	read := func(end int64) error {
		return v.with(split.Range{End: 3 * page}, nil, 0, func() error {
			b, err := v.bytes(0, end)
			if err == nil && bytes.Count(b, []byte{0}) != len(b) {
				t.Errorf("other bytes")
			}
			return err
		})
	}
	if err := read(3 * page); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, page); err != nil {
		t.Fatal(err)
	}
	var in *worker.InputError
	var short *split.TruncatedError
	if err := read(3 * page); !errors.As(err, &in) || !errors.As(err, &short) || short.Offset != page {
		t.Errorf("error %v", err)
	}
	if v.w != nil || v.one != nil {
		t.Error("windows are left")
	}
}
