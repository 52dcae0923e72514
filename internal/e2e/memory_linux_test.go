package e2e

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// takesAtMost runs linefork, which must end with that status. None of its processes may take more
// memory.
func takesAtMost(t *testing.T, bytes int64, status int, args ...string) {
	t.Helper()
	j := start(t, func(cmd *exec.Cmd) { cmd.Stdout = nil }, args...)
	u := setup.MeasureMemory(j.cmd.Process.Pid, j.over)
	if r := j.wait(); r.status != status {
		t.Errorf("%+v", r)
	}
	if u.Coordinator.Resident > bytes || u.Worker.Resident > bytes {
		t.Errorf("%q: more than %d MiB: %+v", args, bytes>>20, u)
	}
}

// Archives of pieces with two bytes each, of which many wait for their turn, take no more memory
// than others.
func TestTinyPieces(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const size, most = 1 << 20, 128 << 20
	for format, pack := range packers {
		if format == "plain" || format == "bzip2" { // whose blocks take a millisecond each
			continue
		}
		t.Run(format, func(t *testing.T) {
			piece, err := pack([]byte("a\n"))
			if err != nil {
				t.Skip(err)
			}
			path := filepath.Join(t.TempDir(), "tiny."+format)
			writeFile(t, path, bytes.Repeat(piece, size/len(piece)))
			takesAtMost(t, most, 0, "count", "--decompress", "--mode=threads", path)
		})
	}
}

// What the environment tells Go's garbage collector changes nothing.
func TestRuntimeEnvironment(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector needs memory of its own")
	}
	const size, most = 64 << 20, 128 << 20
	path := filepath.Join(t.TempDir(), "rows")
	var rows bytes.Buffer
	if _, err := taxi.Write(&rows, taxi.Options{Size: size, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	writeFile(t, path, rows.Bytes())
	t.Setenv("GOGC", "off")
	for _, mode := range []string{"--mode=threads", "--mode=processes"} {
		takesAtMost(t, most, 0, "grep", "-n", ",", mode, "-j2", "--range-size=16K", path)
	}
}
