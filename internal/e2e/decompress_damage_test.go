//go:build unix

package e2e

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/peer"
)

// TestDamage has, for each format, a truncated archive and one with a changed byte: each command
// names the byte and fails, and no output file appears.
func TestDamage(t *testing.T) {
	var data bytes.Buffer
	if _, err := taxi.Write(&data, taxi.Options{Rows: 4000, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	for kind, pack := range packers {
		if kind == "plain" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			if kind == "bzip2" || kind == "xz" {
				peer.Named(kind).Need(t)
			}
			archive, err := pack(data.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			archive = append(archive, archive...) // two members, streams or frames
			n := len(archive)
			at := n * 3 / 4
			flipped := slices.Clone(archive)
			flipped[at] ^= 0x10

			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "cut"), archive[:at])
			writeFile(t, filepath.Join(dir, "flipped"), flipped)
			for file, reason := range map[string]string{
				"cut":     fmt.Sprintf(`data cut off at byte %d`, at),
				"flipped": `data (damaged|cut off) at byte [0-9]+`,
			} {
				message := regexp.MustCompile(`(?m)^linefork: ` + file + `: [a-z0-9]+ ` + reason)
				for _, test := range []struct {
					args   []string
					status int
				}{
					{[]string{"count"}, 1},
					{[]string{"count", "--by=1"}, 1},
					{[]string{"grep", "-c", ",1$"}, 2},
					{[]string{"grep", ",1$"}, 2},
					{[]string{"filter", "--key=11865"}, 2},
					{[]string{"filter", "--key=11865", "--output=out"}, 2},
					{[]string{"filter", "--key=11865", "--invert", "--append", "--output=out"}, 2},
				} {
					writeFile(t, filepath.Join(dir, "out"), []byte("before\n"))
					args := append(test.args, "--decompress", "-j2", file)
					got := program{dir: dir}.run(t, "linefork", args...)
					if got.status != test.status || !message.MatchString(got.stderr) {
						t.Errorf("%q: status %d, %s", args, got.status, got.stderr)
					}
					if test.args[0] == "count" { // the rows before the damage
						want := program{dir: dir}.run(t, "linefork", "grep", "-c", "--decompress", "", file).stdout
						if n := counted(got.stdout); want == "0\n" || fmt.Sprintln(n) != want {
							t.Errorf("%q counted %d rows, want %s", args, n, want)
						}
					}
					if out := readFile(t, filepath.Join(dir, "out")); out != "before\n" {
						t.Errorf("%q wrote %.100q", args, out)
					}
				}
			}
			if want := []string{"cut", "flipped", "out"}; !slices.Equal(names(t, dir), want) {
				t.Errorf("%q were left", names(t, dir))
			}
		})
	}
}

// counted returns the sum of the numbers in what count has printed.
func counted(out string) (n int) {
	for _, field := range strings.FieldsFunc(out, func(r rune) bool { return r == ' ' || r == '\n' }) {
		k, err := strconv.Atoi(field[strings.LastIndexByte(field, ',')+1:])
		if err == nil {
			n += k
		}
	}
	return n
}
