package memory

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// trial is a run whose memory is measured.
type trial struct {
	args   []string
	status int
	piped  string // a file that comes as standard input, through a pipe
	// stall is how long nothing of the output is read.
	stall time.Duration
	// late is how long the worker that has the first range of that file is stopped.
	late time.Duration
	file string
}

func args(words string, more ...string) []string { return append(strings.Fields(words), more...) }

// measure carries out a trial.
func (c *trial) measure(t *testing.T) (u setup.Usage, most int64) {
	t.Helper()
	cmd := exec.Command("linefork", c.args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TMPDIR="+t.TempDir(),
		"GOMAXPROCS=2") // each processor has some memory of its own
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if c.piped != "" {
		in, err := os.Open(c.piped)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		cmd.Stdin = onlyReader{in} // through a pipe
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		time.Sleep(c.stall)
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	}()
	over := func() bool {
		select {
		case <-ended:
			return true
		default:
			return false
		}
	}
	if c.late > 0 {
		go c.hold(cmd.Process.Pid, over)
	}
	u = setup.MeasureMemory(cmd.Process.Pid, over)
	if status := cmd.ProcessState.ExitCode(); status != c.status {
		t.Errorf("%q: status %d, want %d: %s", c.args, status, c.status, stderr.String())
	}
	return u, setup.MostResident(cmd.ProcessState)
}

type onlyReader struct{ io.Reader }

// hold stops the first worker that has mapped the file.
func (c *trial) hold(pid int, over func() bool) {
	for !over() {
		for _, worker := range setup.Workers(pid) {
			b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/maps", worker))
			if bytes.Contains(b, []byte(c.file)) && syscall.Kill(worker, syscall.SIGSTOP) == nil {
				time.Sleep(c.late)
				_ = syscall.Kill(worker, syscall.SIGCONT)
				return
			}
		}
	}
}
