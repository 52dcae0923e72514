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

	"github.com/linefork/linefork/internal/peer"
)

// readers are commands that decompress standard input.
var readers = map[Format][]string{
	Gzip: {"gzip", "-dc"}, Bzip2: {"bzip2", "-dc"}, XZ: {"xz", "-dc"}, Zstd: {"zstd", "-dcq"},
	LZ4: {"lz4", "-dcq"},
}

// damage changes an archive in a few random places.
func damage(rng *rand.Rand, archive []byte) []byte {
	b := bytes.Clone(archive)
	for range 1 + rng.IntN(3) {
		if len(b) < 2 {
			break
		}
		at := rng.IntN(len(b))
		n := min(len(b)-at, 1+rng.IntN(40))
		switch rng.IntN(7) {
		case 0:
			b = b[:at]
		case 1:
			b = slices.Insert(b, at, byte(rng.Uint32()))
		case 2:
			b = slices.Delete(b, at, at+n)
		case 3: // bytes from elsewhere, such as a header
			from := rng.IntN(len(b) - n + 1)
			b = slices.Insert(b, at, bytes.Clone(b[from:from+n])...)
		case 4:
			for i := range n {
				b[at+i] = byte(rng.Uint32())
			}
		default:
			b[at] ^= 1 << rng.IntN(8)
		}
	}
	return b
}

// TestDamage damages archives of each kind at random. What is accepted is what the tool of the format
// accepts, too.
func TestDamage(t *testing.T) {
	const damages = 200
	for _, tool := range tools {
		t.Run(fmt.Sprint(tool.command), func(t *testing.T) {
			t.Parallel()
			data := text(6, 20_000)
			archive := compress(t, tool.command, data)
			archive = append(bytes.Clone(archive), archive...)
			rng := rand.New(rand.NewPCG(1, uint64(len(archive))))
			for i := range damages {
				b := damage(rng, archive)
				f, _ := Detect(b)
				if f == Plain {
					continue
				}
				got, err := unpack(t, b, 1+i%3)
				if err != nil {
					if !errors.As(err, new(*Error)) {
						t.Errorf("damage %d: error %v", i, err)
					}
					continue
				}
				if bytes.Equal(got, append(bytes.Clone(data), data...)) {
					continue // no more than a date is damaged
				}
				if unchecked(tool.command) {
					continue // the decoders notice different things
				}
				reader := readers[f]
				cmd := exec.Command(peer.Named(reader[0]).Need(t), reader[1:]...)
				cmd.Stdin = bytes.NewReader(b)
				if want, err := cmd.Output(); err != nil || !bytes.Equal(got, want) {
					t.Errorf("damage %d: %d bytes and no error; %s: %d bytes, %v",
						i, len(got), reader[0], len(want), err)
				}
			}
		})
	}
}

// FuzzUnpack reads damaged archives on one goroutine and on three.
func FuzzUnpack(f *testing.F) {
	for _, tool := range tools {
		path, err := peer.Named(tool.command[0]).Find()
		if err != nil {
			continue
		}
		args := tool.command[1:]
		if tool.command[0] == "lz4" {
			args = append(slices.Clone(args), "-c", "-q")
		}
		for _, n := range []int{0, 10, 3000} {
			cmd := exec.Command(path, args...)
			cmd.Stdin = bytes.NewReader(text(7, n)[:n])
			if out, err := cmd.Output(); err == nil {
				f.Add(out)
				f.Add(append(out, out...))
			}
		}
	}
	f.Add([]byte("(\xb5/\xfd$\x00 \x00\x00\x00\x00\x11\x01")) // zstd, longer than its header says
	f.Add([]byte("(\xb5/\xfd$\b!\x00\x00\x99\xe9\xd8\x96"))   // shorter, and without its checksum
	f.Fuzz(func(t *testing.T, archive []byte) {
		format, _ := Detect(archive)
		if format == Plain {
			return
		}
		const most = 64 << 20 // a bomb is as good as any other
		read := func(workers int) ([]byte, error) {
			r := NewReader(format, bytes.NewReader(archive), Options{Workers: workers})
			defer r.Close()
			return io.ReadAll(io.LimitReader(r, most))
		}
		one, oneErr := read(1)
		three, threeErr := read(3)
		if !bytes.Equal(one, three) || fmt.Sprint(oneErr) != fmt.Sprint(threeErr) {
			t.Errorf("%d bytes, %v; with three goroutines %d bytes, %v",
				len(one), oneErr, len(three), threeErr)
		}
	})
}

// A match that reaches back behind the start of a frame is an error, whatever was read before.
func TestLZ4WindowIsOfTheFrame(t *testing.T) {
	linked := []byte("\x04\x22\x4d\x18\x40\x40\xc0" + // blocks that depend on one another, 64 KiB at most
		"\x08\x00\x00\x80earlier.\x00\x00\x00\x00")
	damaged := []byte("\x02\x21\x4c\x18" + "\x0d\x00\x00\x00" + // lz4 -l
		"\x10a\x05\x00" + "\x80endings.") // one byte, and four from five bytes ago
	for range 5 {
		if got, err := unpack(t, linked, 1); err != nil || string(got) != "earlier." {
			t.Fatalf("%q, %v", got, err)
		}
		if got, err := unpack(t, damaged, 1); !errors.Is(err, ErrDamaged) || len(got) > 0 {
			t.Fatalf("%q, %v", got, err)
		}
	}
}
