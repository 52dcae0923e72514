//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// took matches the times in --json output.
var took = regexp.MustCompile(`"secs":\d+,"nanos":\d+,"human":"[^"]*"`)

// TestJSONSearched has searches that end before their input does: the number of bytes searched does
// not depend on the length of ranges.
func TestJSONSearched(t *testing.T) {
	path := filepath.Join(t.TempDir(), "input")
	text := strings.Repeat("k\nx\ny\n", 20_000)
	if err := os.WriteFile(path, []byte(text+"\x00"+text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, options := range [][]string{
		{"-m2"}, {"-m2", "-A3"}, {"-m30000", "-A50000"}, {"-I"}, {"-I", "-m30000"},
	} {
		first := ""
		for _, size := range []string{"1G", "1K", "700"} {
			args := slices.Concat([]string{"grep", "--json", "--mode=threads", "-j2",
				"--range-size=" + size}, options, []string{"k", path})
			r := program{}.run(t, "linefork", args...)
			got := took.ReplaceAllString(r.stdout, "")
			_, stats, _ := strings.Cut(got, `{"type":"summary"`)
			if r.stderr != "" || stats == "" {
				t.Fatalf("%q: %q", args, r.stderr)
			}
			if first == "" {
				first = got
			}
			if _, want, _ := strings.Cut(first, `{"type":"summary"`); got != first {
				t.Errorf("%q: %s\nnot %s", args, stats, want)
			}
		}
	}
}
