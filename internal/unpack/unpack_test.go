package unpack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/linefork/linefork/internal/peer"
)

// tools are commands that compress standard input, with options that lead to different archives.
var tools = []struct {
	format  Format
	command []string
}{
	{Gzip, []string{"gzip", "-1"}},
	{Gzip, []string{"pigz", "-p2", "-b128"}},
	{Gzip, []string{"pigz", "-i", "-b128"}},
	{Gzip, []string{"bgzip", "-c"}},
	{Bzip2, []string{"bzip2", "-1"}},
	{Bzip2, []string{"bzip2", "-9"}},
	{Bzip2, []string{"pbzip2", "-1", "-b1", "-p2", "-c"}},
	{Bzip2, []string{"lbzip2", "-1", "-n2"}},
	{XZ, []string{"xz", "-0"}},
	{XZ, []string{"xz", "-0", "-T2", "--block-size=100KiB"}},
	{XZ, []string{"xz", "-0", "-T1", "--block-size=100KiB", "-Ccrc32"}},
	{XZ, []string{"xz", "-0", "-Csha256", "--x86", "--lzma2=preset=0"}},
	{XZ, []string{"xz", "-0", "-Cnone", "--delta=dist=4", "--lzma2=preset=0"}},
	{XZ, []string{"pixz", "-0", "-t"}},
	{Zstd, []string{"zstd", "-1"}},
	{Zstd, []string{"zstd", "-1", "--no-check"}},
	{Zstd, []string{"zstd", "-19", "--long=27"}},
	{Zstd, []string{"pzstd", "-1", "-p2"}},
	{LZ4, []string{"lz4", "-1"}},
	{LZ4, []string{"lz4", "-1", "-B4", "-BX"}},
	{LZ4, []string{"lz4", "-1", "-BD", "-B4"}},
	{LZ4, []string{"lz4", "-1", "-l"}},
	{LZ4, []string{"lz4", "-1", "--no-frame-crc", "--content-size"}},
}

// compress runs a tool, or skips the test if it is not installed.
func compress(t *testing.T, command []string, data []byte) []byte {
	t.Helper()
	path := peer.Named(command[0]).Need(t)
	args := command[1:]
	if command[0] == "lz4" {
		args = append(slices.Clone(args), "-c", "-q")
	}
	cmd := exec.Command(path, args...)
	cmd.Stdin = bytes.NewReader(data)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%q: %v", command, err)
	}
	return out
}

// text returns about n bytes of lines, repeated bytes and noise.
func text(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	var b []byte
	for len(b) < n {
		switch r.IntN(40) {
		case 0:
			b = append(b, bytes.Repeat([]byte{byte(r.Uint32())}, r.IntN(5000))...)
		case 1:
			for range r.IntN(3000) {
				b = append(b, byte(r.Uint32()))
			}
		default:
			b = fmt.Appendf(b, "%d,%d,some text,%d\n", r.IntN(30000), r.IntN(100), r.IntN(10))
		}
	}
	return b
}

// unpack detects the format of an archive and reads it.
func unpack(t testing.TB, archive []byte, workers int) ([]byte, error) {
	t.Helper()
	f, _ := Detect(archive[:min(len(archive), HeaderSize)])
	if f == Plain {
		return nil, errors.New("not an archive")
	}
	r := NewReader(f, bytes.NewReader(archive), Options{Workers: workers})
	defer r.Close()
	return io.ReadAll(r)
}

func TestTools(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			for _, n := range []int{0, 1, 1000, 70_000, 300_000} {
				data := text(uint64(n), n)
				if n == 0 {
					data = nil
				}
				archive := compress(t, tool.command, data)
				if f, more := Detect(archive); n > 0 && (f != tool.format || more) {
					t.Fatalf("detected %v, %v", f, more)
				}
				if len(archive) == 0 {
					continue // lbzip2
				}
				for _, workers := range []int{1, 3} {
					got, err := unpack(t, archive, workers)
					if err != nil || !bytes.Equal(got, data) {
						t.Fatalf("%d bytes, %d workers: got %d, %v", n, workers, len(got), err)
					}
				}
			}
		})
	}
}

// TestTwice reads two concatenated archives, in small pieces.
func TestTwice(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			a, b := text(1, 50_000), text(2, 150_000)
			archive := append(compress(t, tool.command, a), compress(t, tool.command, b)...)
			for _, waits := range []func() bool{
				nil, func() bool { return true }, func() bool { return rand.IntN(2) == 0 },
			} {
				r := NewReader(tool.format, iotest.HalfReader(bytes.NewReader(archive)), Options{
					Workers: 2, Waits: waits,
				})
				got, err := io.ReadAll(r)
				if err != nil || !bytes.Equal(got, append(a, b...)) {
					t.Fatalf("got %d bytes, %v", len(got), err)
				}
			}
		})
	}
}

// TestCut truncates archives at every byte: an error each time, and what comes before it is right.
func TestCut(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			data := text(3, 1000)
			archive := compress(t, tool.command, data)
			for n := len(archive) - 1; n >= HeaderSize; n-- {
				if n > 100 && n < len(archive)-100 && n%11 > 0 {
					continue
				}
				got, err := unpack(t, archive[:n], 1+n%2)
				var e *Error
				if !errors.As(err, &e) || !errors.Is(err, io.ErrUnexpectedEOF) ||
					e.Offset != int64(n) || !bytes.HasPrefix(data, got) {
					if complete(tool.command, n, len(archive)) && err == nil &&
						(n == 12 || bytes.Equal(got, data)) {
						continue
					}
					t.Errorf("cut at %d of %d: %d bytes, %v", n, len(archive), len(got), err)
				}
			}
		})
	}
}

// complete reports whether the first n bytes of an archive are a complete archive.
func complete(command []string, n, size int) bool {
	switch command[0] {
	case "bgzip": // an empty member marks the end
		return n == size-28
	case "pzstd": // a frame without data comes first
		return n == 12
	}
	return false
}

// TestFlip changes one bit: if there is a checksum, wrong content is never accepted.
func TestFlip(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			data := text(4, 1000)
			archive := compress(t, tool.command, data)
			for i := range 8 * len(archive) {
				if i%8 != i/8%8 && (i > 200 || i%3 > 0) || i > 800 && i%7 > 0 {
					continue
				}
				b := bytes.Clone(archive)
				b[i/8] ^= 1 << (i % 8)
				got, err := unpack(t, b, 1)
				if tool.format == XZ && err == nil && i/8 >= len(archive)-20 {
					t.Errorf("bit %d of byte %d, in the index or footer: no error", i%8, i/8)
				}
				if err == nil && !bytes.Equal(got, data) && !unchecked(tool.command) {
					t.Errorf("bit %d of byte %d: %d bytes and no error", i%8, i/8, len(got))
				}
			}
		})
	}
}

// unchecked reports whether the archives of a tool have no checksums.
func unchecked(command []string) bool {
	return slices.Contains(command, "--no-check") || slices.Contains(command, "-Cnone") ||
		slices.Contains(command, "-l") || slices.Contains(command, "--no-frame-crc")
}

func TestGarbage(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			data := text(5, 3000)
			archive := compress(t, tool.command, data)
			for _, behind := range []string{"garbage", "g", "\x00\x00\x00\x01", "BZh9", "\x1f"} {
				got, err := unpack(t, append(bytes.Clone(archive), behind...), 2)
				if !bytes.Equal(got, data) || !errors.As(err, new(*Error)) {
					t.Errorf("%q: %d bytes, %v", behind, len(got), err)
				}
			}
			got, err := unpack(t, append(bytes.Clone(archive), "garbage of some length"...), 2)
			var e *Error
			if !errors.As(err, &e) || e.Err != errGarbage || e.Offset != int64(len(archive)) {
				t.Errorf("%d bytes, %v, want garbage at byte %d", len(got), err, len(archive))
			}
			got, err = unpack(t, append(bytes.Clone(archive), make([]byte, 512)...), 2)
			if fills := tool.format <= XZ; !bytes.Equal(got, data) || (err == nil) != fills {
				t.Errorf("NULs: %d bytes, %v", len(got), err)
			}
		})
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		header string
		want   Format
		more   bool
	}{
		{"", Plain, true},
		{"\x1f", Plain, true},
		{"\x1f\x8b", Plain, true},
		{"\x1f\x8b\x08", Gzip, false},
		{"\x1f\x8b\x07", Plain, false},
		{"BZh9", Plain, true},
		{"BZh0", Plain, false},
		{"BZh91AY&SY", Bzip2, false},
		{"BZh is a text", Plain, false},
		{"a,b\n", Plain, false},
		{"\x5f\x2a\x4d\x18", Zstd, false},
		{"\x60\x2a\x4d\x18", Plain, false},
		{"\x28\xb5\x2f\xfd", Zstd, false},
		{"\x04\x22\x4d\x18", LZ4, false},
		{"\xfd7zXZ\x00", XZ, false},
	} {
		if f, more := Detect([]byte(c.header)); f != c.want || more != c.more {
			t.Errorf("%q: %v, %v", c.header, f, more)
		}
	}
}

// TestClose closes readers in the middle.
func TestClose(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			archive := compress(t, tool.command, text(6, 300_000))
			r := NewReader(tool.format, bytes.NewReader(archive), Options{Workers: 3})
			if _, err := io.ReadFull(r, make([]byte, 1000)); err != nil {
				t.Fatal(err)
			}
			r.Close()
			if _, err := io.ReadAll(r); err == nil {
				t.Error("no error after Close")
			}
		})
	}
}

var errInput = errors.New("input error")

// TestInputError has an input that fails, which is not an error of the archive.
func TestInputError(t *testing.T) {
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			data := text(7, 100_000)
			archive := compress(t, tool.command, data)
			for _, n := range []int{20, len(archive) / 2, len(archive) - 1} {
				in := io.MultiReader(bytes.NewReader(archive[:n]), iotest.ErrReader(errInput))
				got, err := io.ReadAll(NewReader(tool.format, in, Options{Workers: 2}))
				if !errors.Is(err, errInput) || !bytes.HasPrefix(data, got) {
					t.Errorf("at %d: %d bytes, %v", n, len(got), err)
				}
			}
		})
	}
}
