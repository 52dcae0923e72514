package unpack

import (
	"compress/gzip"
	"io"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// TestLive reads as much as a live archive has so far.
func TestLive(t *testing.T) {
	type writer interface {
		io.Writer
		Flush() error
	}
	for format, archive := range map[Format]func(io.Writer) writer{
		Gzip: func(w io.Writer) writer { return gzip.NewWriter(w) },
		Zstd: func(w io.Writer) writer {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
		LZ4: func(w io.Writer) writer { return lz4.NewWriter(w) },
	} {
		for workers := 1; workers <= 2; workers++ {
			t.Run(format.String(), func(t *testing.T) {
				in, out := io.Pipe()
				r := NewReader(format, in,
					Options{Workers: workers, Waits: func() bool { return true }})
				defer out.Close()
				defer r.Close()
				lines := make(chan string)
				defer close(lines)
				w := archive(out)
				go func() {
					for line := range lines {
						_, _ = w.Write([]byte(line))
						_ = w.Flush()
					}
				}()
				b := make([]byte, 10)
				for _, line := range []string{"a\n", "b\n"} {
					lines <- line
					n, err := r.Read(b)
					if string(b[:n]) != line || err != nil || !r.Idle() {
						t.Errorf("%d workers: %q, %v, idle %v", workers, b[:n], err, r.Idle())
					}
				}
			})
		}
	}
}
