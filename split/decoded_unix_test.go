//go:build unix

package split

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

var errDamage = errors.New("damage")

// upper is a Decoder of inputs that start with "up:". It yields the rest unchanged, and fails at
// '!'.
type upper struct {
	in    io.Reader
	waits func() bool
}

func (u *upper) Read(b []byte) (int, error) {
	n, err := u.in.Read(b)
	if i := bytes.IndexByte(b[:n], '!'); i >= 0 {
		return i, errDamage
	}
	return n, err
}
func (u *upper) ByteOrder() binary.ByteOrder { return nil }

func (u *upper) Idle() bool   { return u.waits != nil && u.waits() }
func (u *upper) Close() error { return nil }

func decodeUpper(header []byte) (NewDecoder, bool) {
	const magic = "up:"
	if !bytes.HasPrefix(header, []byte(magic)) {
		return nil, bytes.HasPrefix([]byte(magic), header)
	}
	return func(in io.Reader, waits func() bool) Decoder {
		_, _ = io.ReadFull(in, make([]byte, len(magic)))
		return &upper{in, waits}
	}, false
}

// texts returns the bytes of each range of a source.
func texts(t *testing.T, src Source, size int64) (got []string, err error) {
	t.Helper()
	for r, err := range src.Ranges(0, Fixed(size), '\n') {
		if err != nil && r.Len() == 0 {
			return got, err
		}
		b := make([]byte, r.Len())
		if n, err := src.ReadAt(b, r.Start); n < len(b) {
			t.Fatal(err)
		}
		if got = append(got, string(b)); err != nil {
			return got, err
		}
	}
	return got, nil
}

func TestDecoded(t *testing.T) {
	for _, c := range []struct {
		input string
		size  int64
		want  []string
		err   error
	}{
		{"up:a\nb\nc", 1, []string{"a\n", "b\n", "c"}, nil},
		{"up:", 1, nil, nil},
		{"u\np\n", 1, []string{"u\n", "p\n"}, nil},
		{"up", 1, []string{"up"}, nil},
		{"", 1, nil, nil},
		// What is before the damage comes with the error.
		{"up:a\nb\nc!\n", 1, []string{"a\n", "b\n", "c"}, errDamage},
		{"up:a\nb\nc!\n", 100, []string{"a\nb\nc"}, errDamage},
	} {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(c.input), 0o666); err != nil {
			t.Fatal(err)
		}
		src, err := OpenSource(path, decodeUpper)
		if err != nil {
			t.Fatal(err)
		}
		got, err := texts(t, src, c.size)
		if !slices.Equal(got, c.want) || !errors.Is(err, c.err) {
			t.Errorf("%q: %q, %v, want %q, %v", c.input, got, err, c.want, c.err)
		}
		src.Close()
	}
}

// TestDecodedLive expects records of a pipe before more of it arrives, and without waiting for a
// whole header once it cannot be one.
func TestDecodedLive(t *testing.T) {
	for _, first := range []string{"a\n", "up:a\n"} {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		in, err := Shared(r)
		if err != nil {
			t.Fatal(err)
		}
		src, err := in.Source(decodeUpper)
		if err != nil {
			t.Fatal(err)
		}
		got := make(chan Range, 1)
		go func() {
			for r := range src.Ranges(0, Fixed(1<<20), '\n') {
				got <- r
			}
			close(got)
		}()
		if _, err := w.WriteString(first); err != nil {
			t.Fatal(err)
		}
		select {
		case r := <-got:
			if r != (Range{0, 2}) {
				t.Errorf("%q: %v", first, r)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%q: nothing was handed over", first)
		}
		w.Close()
		for range got {
		}
		src.Close()
		r.Close()
	}
}
