package e2e

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// A worker that is started by hand says so and ends: it waits for nothing, and obeys nobody.
func TestWorkerByHand(t *testing.T) {
	const token = "0123456789abcdef0123456789abcdef"
	pipe := func(text string) func(t *testing.T) *os.File {
		return func(t *testing.T) *os.File { // whose other end stays open
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { r.Close(); w.Close() })
			if _, err := w.WriteString(text); err != nil {
				t.Fatal(err)
			}
			return r
		}
	}
	file := func(text string) func(t *testing.T) *os.File {
		return func(t *testing.T) *os.File {
			path := filepath.Join(t.TempDir(), "file")
			writeFile(t, path, []byte(text))
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Close() })
			return f
		}
	}
	socket := func(t *testing.T) *os.File {
		fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := os.NewFile(uintptr(fds[0]), "ours"), os.NewFile(uintptr(fds[1]), "theirs")
		t.Cleanup(func() { ours.Close(); theirs.Close() })
		return theirs
	}
	hello := token + "linefork\x04\x00"
	for name, stdin := range map[string]func(*testing.T) *os.File{
		"nothing": file(""), "file": file(hello), "idle pipe": pipe(""), "pipe": pipe(hello),
		"idle socket": socket,
	} {
		for _, value := range []string{"worker-1", "worker-1:", "worker-1:" + token} {
			t.Run(fmt.Sprintf("%s/%s", name, value), func(t *testing.T) {
				t.Parallel()
				j := start(t, func(cmd *exec.Cmd) {
					cmd.Env = append(os.Environ(), "LINEFORK_WORKER="+value)
					cmd.Stdin = stdin(t)
				}, "worker-1")
				r := j.wait()
				if r.status != 2 || r.stdout != "" || strings.Count(r.stderr, "\n") != 1 ||
					!strings.HasPrefix(r.stderr, "linefork: worker-1 ") {
					t.Errorf("%+v, want status 2 and one line that says what this is", r)
				}
			})
		}
	}
}

// The variable of a child means nothing to a linefork that is started from there with a command of
// its own.
func TestWorkerVariableLeaks(t *testing.T) {
	for _, args := range [][]string{{"count", "-l"}, {"count", "-l", "--mode=processes", "-j2"}} {
		cmd := exec.Command("linefork", args...)
		cmd.Env = append(os.Environ(), "LINEFORK_WORKER=worker-1:0123456789abcdef0123456789abcdef")
		var out bytes.Buffer
		cmd.Stdin, cmd.Stdout = strings.NewReader("a\nb\n"), &out
		timer := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
		if err := cmd.Run(); err != nil || out.String() != "2\n" {
			t.Errorf("%q: %q, %v", args, &out, err)
		}
	}
}

// TestChildDoesNotStart has children that are stuck before they run their program, as with a file
// system that does not answer. They are given up, and the coordinator does their work.
func TestChildDoesNotStart(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if setup.Race {
		t.Skip("slow under strace with the race detector")
	}
	path := filepath.Join(t.TempDir(), "file")
	writeFile(t, path, bytes.Repeat([]byte("a\n"), 1000))
	cmd := exec.Command(strace, "-f", "-o", os.DevNull, "-P", "/proc/self/exe",
		"-e", "inject=execve:delay_enter=3600000000",
		"linefork", "count", "-l", "--mode=processes", "-j2", "--range-size=100",
		"--timeout=1s", path)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var messages bytes.Buffer
	cmd.Stderr, cmd.WaitDelay = &messages, time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	timer := time.AfterFunc(time.Minute, kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	timer.Stop()
	kill() // strace itself waits for the delay
	_ = cmd.Wait()
	switch want := "1000 " + path + "\n"; {
	case strings.Contains(messages.String(), "ptrace"):
		t.Skipf("%s", &messages)
	case err != nil || line != want:
		t.Errorf("%v, %q, %s; want %q", err, line, &messages, want)
	case !strings.Contains(messages.String(), "this process does the work itself"):
		t.Errorf("its children were started: %s", &messages)
	}
}
