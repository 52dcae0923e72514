//go:build unix

package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"pgregory.net/rapid"
)

// packers make archives, which may be concatenated.
var packers = map[string]func(data []byte) ([]byte, error){
	"plain": func(data []byte) ([]byte, error) { return data, nil },
	"gzip": func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(data)
		err := w.Close()
		return b.Bytes(), err
	},
	"bgzf": func(data []byte) (archive []byte, err error) {
		for {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			w.Extra = []byte("BC\x02\x00\x00\x00")
			n, _ := w.Write(data[:min(len(data), 50_000)])
			err := w.Close()
			member := b.Bytes()
			member[16], member[17] = byte(len(member)-1), byte((len(member)-1)>>8)
			archive = append(archive, member...)
			if data = data[n:]; n == 0 || err != nil {
				return archive, err
			}
		}
	},
	"zstd": func(data []byte) ([]byte, error) {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1),
			zstd.WithEncoderLevel(zstd.SpeedFastest))
		return w.EncodeAll(data, nil), err
	},
	"lz4": func(data []byte) ([]byte, error) {
		var b bytes.Buffer
		w := lz4.NewWriter(&b)
		w.Write(data)
		err := w.Close()
		return b.Bytes(), err
	},
	"bzip2": packWith("bzip2", "-1"),
	"xz":    packWith("xz", "-0", "--block-size=20KiB"),
}

func packWith(tool string, args ...string) func([]byte) ([]byte, error) {
	return func(data []byte) ([]byte, error) {
		cmd := exec.Command(tool, args...)
		cmd.Stdin = bytes.NewReader(data)
		return cmd.Output()
	}
}

// TestDecompress compares what each command prints for archives with what it prints for their
// content, in files of the same names in another folder.
func TestDecompress(t *testing.T) {
	var formats []string
	for format, pack := range packers {
		if _, err := pack([]byte("x")); err != nil {
			t.Logf("without %s: %v", format, err)
			continue
		}
		formats = append(formats, format)
	}
	slices.Sort(formats)
	cases(t, 25)
	plain, packed := t.TempDir(), t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		var files []string
		binary := false // some file is
		long := rapid.IntRange(0, 4).Draw(t, "long") == 0
		for i := range rapid.IntRange(1, 3).Draw(t, "files") {
			var content, archive []byte
			format := rapid.SampledFrom(formats).Draw(t, "format")
			for range rapid.IntRange(1, 3).Draw(t, "parts") {
				data := text(t)
				if long {
					data = bytes.Repeat(data, 150_000/(len(data)+1))
				}
				part, err := packers[format](data)
				if err != nil {
					t.Fatal(err)
				}
				content, archive = append(content, data...), append(archive, part...)
			}
			binary = binary || bytes.IndexByte(content, 0) >= 0
			name := fmt.Sprintf("f%d", i)
			for dir, data := range map[string][]byte{plain: content, packed: archive} {
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			files = append(files, name)
		}
		command := rapid.SampledFrom([][]string{
			{"count"}, {"count", "--final"}, {"count", "-lwmcL"}, {"count", "-c"},
			{"grep", "-nb", "a"}, {"grep", "-c", "o"}, {"grep", "-ob", "w."}, {"grep", "-v", "x"}, {"grep", "-l", "é"},
			{"grep", "-n", "-A1", "-B2", "word"}, {"grep", "-m2", "e"}, {"grep", "-L", "one"}, {"grep", "-q", "tab"},
			{"grep", "-a", "-c", "^"}, {"grep", "-z", "-c", "a"}, {"grep", "--json", "two"}, {"grep", "-rc", "a", "."},
			{"filter", "--key", "b b", "-nb"}, {"filter", "-v", "--key", "x", "-c"}, {"filter", "--key", "one", "--header"},
			{"filter", "-k", "one", "-m", "3"},
		}).Draw(t, "command")
		input := rapid.SampledFrom([]string{"name", "name", "file", "pipe"}).Draw(t, "input")
		if binary && input == "pipe" {
			input = "file" // where grep sees a NUL in a pipe depends on what each read returns
		}
		run := func(dir string, args ...string) result {
			args = slices.Concat(args, command[1:])
			p := program{dir: dir, env: []string{"LC_ALL=C.UTF-8"}}
			switch {
			case slices.Contains(command, "."):
				return p.run(t, "linefork", args...)
			case input == "file":
				return p.run(t, "sh",
					append([]string{"-c", `exec linefork "$@" <f0`, "sh"}, args...)...)
			case input == "pipe":
				return p.run(t, "sh",
					append([]string{"-c", `cat f0 | linefork "$@"`, "sh"}, args...)...)
			}
			return p.run(t, "linefork", append(args, files...)...)
		}
		want := run(plain, command[0], "--mode=serial", "-j1")
		for _, mode := range modes {
			args := slices.Concat([]string{command[0], "--decompress"}, way(t, mode))
			if long { // or there would be too many ranges
				args = append(args, "--range-size=4000")
			}
			got := run(packed, args...)
			if command[0] == "count" { // its columns may be wider
				got.stdout, want.stdout = squeeze(got.stdout), squeeze(want.stdout)
			}
			got.stdout = elapsed.ReplaceAllString(got.stdout, "")
			want.stdout = elapsed.ReplaceAllString(want.stdout, "")
			if got != want {
				t.Fatalf("%s %q %q\ngave  %+v\nplain %+v", input, args, command, got, want)
			}
		}
	})
}

// elapsed matches the times in a summary of --json.
var elapsed = regexp.MustCompile(`"nanos":\d+,"human":"[^"]*"`)

// squeeze replaces consecutive blanks by one.
func squeeze(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.Join(strings.Fields(line), " ")
	}
	return strings.Join(lines, "\n")
}
