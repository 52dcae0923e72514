//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestLimitBeforeBinary has enough selected records before a binary part. The worker that finds the
// binary part cannot know that; GNU grep does not get there.
func TestLimitBeforeBinary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "input")
	const lines = 48 << 10 // of two bytes: a block of text
	text := strings.Repeat("k\n", lines) + strings.Repeat("x\n", 10) + "\x00\nk\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	limit := "-m" + strconv.Itoa(lines-10)
	for _, size := range []string{"1G", "64K", "3000"} {
		for option, want := range map[string]string{
			"-n": "", "-Ic": strconv.Itoa(lines-10) + "\n",
		} {
			r := program{}.run(t, "linefork", "grep", "--mode=threads", "-j2", "--range-size="+size,
				limit, option, "k", path)
			if r.status != 0 || r.stderr != "" || want != "" && r.stdout != want {
				t.Errorf("%s %s: status %d, %q", option, size, r.status, r.stderr)
			}
		}
	}
}
