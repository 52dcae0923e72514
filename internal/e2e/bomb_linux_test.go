package e2e

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// TestBombs reads archives that become up to a thousand times as long: in little memory, with the
// right answer. What is packed in them is data.
func TestBombs(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const lines, most = 16 << 10, 128 << 20
	line := strings.Repeat("a", 1023) + "\n"
	data := bytes.Repeat([]byte(line), lines)
	for format, pack := range packers {
		if format == "plain" {
			continue
		}
		t.Run(format, func(t *testing.T) {
			bomb, err := pack(data)
			if err != nil {
				t.Skip(err)
			}
			t.Logf("%d to 1", len(data)/len(bomb))
			dir := t.TempDir()
			path := filepath.Join(dir, "bomb")
			writeFile(t, path, bomb)
			for _, args := range [][]string{
				{"count", path}, {"grep", "-c", "a$", path}, {"filter", "--count", "--key=x", "--invert", path},
			} {
				args = append(args, "--decompress", "-j2")
				takesAtMost(t, most, 0, args...)
				r := program{}.run(t, "linefork", args...)
				if want := fmt.Sprint(lines); strings.Fields(r.stdout)[0] != want {
					t.Errorf("%q: %+v", args, r)
				}
			}
			nested, err := pack(bomb)
			if err != nil {
				t.Fatal(err)
			}
			writeFile(t, path, nested)
			want := fmt.Sprintf("%d %s\n", len(bomb), path)
			if r := (program{}).run(t, "linefork", "count", "-c", "--decompress", path); r.stdout != want {
				t.Errorf("nested: %+v, want %q", r, want)
			}
		})
	}
}

// TestHugeWindow reads archives that ask for more memory than any needs.
func TestHugeWindow(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const most = 64 << 20
	zstd := []byte{
		0x28, 0xb5, 0x2f, 0xfd, 0, 0xb0, // a window of 4 GiB
		0x11, 0, 0, 'a', '\n', // the last block, not compressed
	}
	block := []byte{2, 0, 0x21, 1, 38, 0, 0, 0} // LZMA2 with a dictionary of 2 GiB
	xz := []byte("\xfd7zXZ\x00\x00\x01")
	xz = binary.LittleEndian.AppendUint32(xz, crc32.ChecksumIEEE(xz[6:8]))
	xz = append(xz, block...)
	xz = binary.LittleEndian.AppendUint32(xz, crc32.ChecksumIEEE(block))
	xz = append(xz, 1, 0, 1, 'a', '\n', 0)
	xz = append(xz, make([]byte, 16)...) // padding, a checksum, and what may be an index
	for format, archive := range map[string][]byte{"zstd": zstd, "xz": xz} {
		path := filepath.Join(t.TempDir(), format)
		writeFile(t, path, archive)
		args := []string{"count", "--decompress", "--mode=threads", path}
		takesAtMost(t, most, 1, args...)
		r := program{}.run(t, "linefork", args...)
		if r.status != 1 || !strings.Contains(r.stderr, format+" data damaged at byte ") ||
			!strings.Contains(r.stderr, "size exceed") {
			t.Errorf("%s: %+v", format, r)
		}
	}
}
