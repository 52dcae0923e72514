package e2e

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/peer"
)

// trace makes a trace buffer of the kernel: a file that looks regular and empty, whose reads wait
// for what is written to the other one.
func trace(t *testing.T) (pipe, marker string) {
	t.Helper()
	mount := t.TempDir()
	if err := unix.Mount("tracefs", mount, "tracefs", 0, ""); err != nil {
		t.Skipf("tracefs cannot be mounted: %v", err)
	}
	t.Cleanup(func() { _ = unix.Unmount(mount, unix.MNT_DETACH) })
	dir := filepath.Join(mount, "instances", fmt.Sprintf("linefork-test-%d", os.Getpid()))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Skipf("no trace buffer can be made: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Rmdir(dir) })
	return filepath.Join(dir, "trace_pipe"), filepath.Join(dir, "trace_marker")
}

// TestBlockingFile has a file that looks regular and blocks: lines are printed as they come.
func TestBlockingFile(t *testing.T) {
	pipe, marker := trace(t)
	lines := func(cmd *exec.Cmd) {
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		var stderr strings.Builder
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		defer func() {
			_ = cmd.Process.Signal(syscall.SIGTERM)
			_, _ = io.Copy(io.Discard, stdout)
			_ = cmd.Wait()
		}()
		r := bufio.NewReader(stdout)
		for _, word := range []string{"one", "two"} {
			writeFile(t, marker, []byte(word))
			if line, err := r.ReadString('\n'); err != nil || !strings.HasSuffix(line, ": "+word+"\n") {
				t.Fatalf("%q: read %q after %q, %v: %s", cmd.Args, line, word, err, stderr.String())
			}
		}
	}
	for _, way := range []string{"--mode=serial", "--mode=threads", "--mode=processes", "--decompress"} {
		lines(exec.Command("linefork", "grep", way, "mark_write", pipe))
		lines(exec.Command("linefork", "filter", way, "--delimiter=:", "-v", "-k-", pipe))
	}
	stdin, err := os.Open(pipe)
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	cmd := exec.Command("linefork", "grep", "mark_write")
	cmd.Stdin = stdin
	lines(cmd)
	// Where it was found, not named, it is an error rather than the end of the search.
	r := program{}.run(t, "linefork", "grep", "-rs", "mark_write", filepath.Dir(pipe), "--include=trace_pipe")
	if r.status != 2 || r.stdout != "" {
		t.Errorf("below a folder: %+v", r)
	}
}

// TestProc reads files that claim to be empty.
func TestProc(t *testing.T) {
	peer.Grep.Need(t)
	peer.WC.Need(t)
	files := []string{"/proc/filesystems", "/proc/version", "/proc/devices", "/proc/cgroups", "/proc/iomem"}
	for _, way := range [][]string{
		nil, {"--mode=serial"}, {"--mode=threads", "-j2", "--range-size=100"},
		{"--mode=processes", "-j2"}, {"--decompress"},
	} {
		for tool, args := range map[string][]string{
			"wc": slices.Concat([]string{"-lwc"}, files), "grep": slices.Concat([]string{"-n", "ext"}, files),
		} {
			want := program{}.run(t, tool, args...)
			command := map[string]string{"wc": "count", "grep": "grep"}[tool]
			got := program{}.run(t, "linefork", slices.Concat([]string{command}, way, args)...)
			if got.stdout = unaligned(got.stdout); got.stdout != unaligned(want.stdout) || got.status != want.status {
				t.Errorf("%s %q: %+.300q, want %+.300q", command, way, fmt.Sprint(got), fmt.Sprint(want))
			}
		}
	}
}
