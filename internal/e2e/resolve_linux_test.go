package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/linefork/linefork/internal/peer"
)

// TestResolvedOnce checks that each command looks up the name of its file only once, in the
// coordinator: workers open the file by the coordinator's descriptor.
func TestResolvedOnce(t *testing.T) {
	peer.Named("strace").Need(t)
	dir := t.TempDir()
	p := program{dir: dir}
	writeFile(t, filepath.Join(dir, "input.csv"), []byte(strings.Repeat("1,a\n2,b\n", 50_000)))
	for _, command := range [][]string{
		{"count", "-l"}, {"count", "--csv"}, {"count", "--by=1"}, {"filter", "--key=1", "-c"},
		{"filter", "--key=1", "--output=out"}, {"grep", "-c", "a"}, {"grep", "-n", "b"}, {"grep", "-C1", "a"},
	} {
		for _, mode := range modes {
			trace := filepath.Join(dir, "trace")
			args := []string{"-f", "-qq", "-e", "trace=%file", "-o", trace, "linefork"}
			args = append(append(args, command...), "--mode="+mode, "-j2", "--range-size=64K")
			got := p.run(t, "strace", append(args, "input.csv")...)
			if strings.Contains(got.stderr, "ptrace") {
				t.Skip("strace may trace nothing here: ", got.stderr)
			}
			if got.status != 0 || got.stderr != "" {
				t.Fatalf("%q: %+v", command, got)
			}
			var lookUps []string
			b, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(b)) {
				// The command lines of children are not lookups.
				if strings.Contains(line, `"input.csv"`) && !strings.Contains(line, "execve(") {
					lookUps = append(lookUps, line)
				}
			}
			if len(lookUps) != 1 {
				t.Errorf("%q in %s looks the name up %d times:\n%s", command, mode, len(lookUps),
					strings.Join(lookUps, ""))
			}
		}
	}
}
