//go:build unix

package grep

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// result is how a run ended.
type result struct {
	status         int
	stdout, stderr string
}

func (r result) String() string {
	return fmt.Sprintf("status %d\nstdout %s\nstderr %s", r.status, excerpt(r.stdout), excerpt(r.stderr))
}

// excerpt quotes a text, without the middle of a long one.
func excerpt(s string) string {
	const most = 4000
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q… %d bytes …%q", s[:most/2], len(s)-most, s[len(s)-most/2:])
}

// patience is how long a run may take. It ends what hangs and measures nothing.
const patience = 20 * time.Second

// command prepares a program, in a process group of its own, that is not to see
// what the tester's environment says to grep.
func command(ctx context.Context, dir, locale string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir(),
		"LC_ALL=" + locale, "TERM=xterm",
		"DEB_GREP_ENABLE_STRAY_BACKSLASH_WARN=1", // or Debian's grep does not warn as GNU's
		"GORACE=" + setup.QuickExit,
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	return cmd
}

// run runs a command to its end. It does not fail for an exit status.
func run(cmd *exec.Cmd) (result, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		return result{}, err
	}
	return result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}, nil
}

// exitStatus is 128 plus its number for a signal, as a shell has it.
func exitStatus(s *os.ProcessState) int {
	if code := s.ExitCode(); code >= 0 {
		return code
	}
	return 128 + int(s.Sys().(syscall.WaitStatus).Signal())
}

// way is how linefork is told to do the work. It must not show in the result.
type way []string

func (w way) String() string {
	if len(w) == 0 {
		return "by default"
	}
	return strings.Join(w, " ")
}

// waysFor are all ways for inputs of some bytes (small) or of some hundred
// kilobytes.
func waysFor(small bool) (ways []way) {
	sizes := []string{"1", "7", ""}
	if !small {
		sizes = []string{"3000", "50K", ""}
	}
	for _, size := range sizes {
		if size != "" { // for a single small file neither workers nor a mode are needed
			ways = append(ways, way{"--range-size=" + size})
		}
	}
	for _, mode := range []string{"serial", "threads", "processes"} {
		for _, j := range []string{"1", "3"} {
			for _, size := range sizes {
				w := way{"--mode=" + mode, "-j" + j}
				if size != "" {
					w = append(w, "--range-size="+size)
				}
				ways = append(ways, w)
			}
		}
	}
	return ways
}

// underTest are the words that run the program under test in a way.
func underTest(w way) []string {
	words := strings.Fields(*programFlag)
	if !ofLinefork() {
		return words
	}
	return slices.Concat(words, w)
}

// shellLine prepares a shell to run a line in which the word grep stands for
// the program that program names.
func shellLine(ctx context.Context, dir, locale string, program []string, line string) *exec.Cmd {
	// An alias is what also works behind FOO=bar and between pipes.
	const shell = `alias grep="$1"; eval "$2"`
	return command(ctx, dir, locale, "sh", "-c", shell, "sh", strings.Join(program, " "), line)
}

// runShell runs a shell line.
func runShell(t testing.TB, dir, locale string, program []string, line string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	r, err := run(shellLine(ctx, dir, locale, program, line))
	if ctx.Err() != nil {
		t.Errorf("%s did not end: %s", program, line)
	} else if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return r
}

func writeFile(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
