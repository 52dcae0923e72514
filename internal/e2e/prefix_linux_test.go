package e2e

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// TestPrefix breaks off runs of which a part was printed: that is the start of the right answer, and
// whole lines unless the coordinator itself is killed.
func TestPrefix(t *testing.T) {
	var rows bytes.Buffer
	if _, err := taxi.Write(&rows, taxi.Options{Size: 16 << 20, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "rows")
	writeFile(t, path, rows.Bytes())
	for _, words := range []string{"grep -n ,", "grep -o ,", "grep --json 1", "grep -C1 ,1$",
		"filter --invert --key=x", "filter --invert --key=x -nb"} {
		args := append(strings.Fields(words), "--mode=processes", "-j2", "--range-size=64K")
		want := program{}.run(t, "linefork", append(args, path)...).stdout
		for _, end := range []string{"workers are killed", "SIGTERM", "SIGKILL"} {
			t.Run(words+": "+end, func(t *testing.T) {
				out, stdout, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				defer out.Close()
				j := start(t, func(cmd *exec.Cmd) { cmd.Stdout = stdout },
					append(args, "--retries=0", path)...)
				stdout.Close()
				// The pipe is full soon, so that the run cannot end before it is broken off.
				first := make([]byte, 1000)
				if _, err := io.ReadFull(out, first); err != nil {
					t.Fatal(err)
				}
				pid, status := j.cmd.Process.Pid, 2
				switch end {
				case "SIGTERM":
					kill(t, pid, syscall.SIGTERM)
					status = 143
				case "SIGKILL":
					kill(t, pid, syscall.SIGKILL)
					status = 137
				default:
					for _, worker := range setup.Workers(pid) {
						kill(t, worker, syscall.SIGKILL)
					}
				}
				rest, err := io.ReadAll(out)
				if err != nil {
					t.Fatal(err)
				}
				r := j.wait()
				got := string(append(first, rest...))
				if r.status != status {
					t.Errorf("%+v, want status %d", r, status)
				}
				switch {
				case len(got) >= len(want):
					t.Errorf("all %d bytes were printed", len(want))
				case !strings.HasPrefix(want, got):
					t.Errorf("what was printed is not the start of the answer: …%.200q", got[len(got)-200:])
				case end == "workers are killed" && !strings.HasSuffix(got, "\n"):
					t.Errorf("the last line is cut off: …%.200q", got[len(got)-200:])
				}
			})
		}
	}
}
