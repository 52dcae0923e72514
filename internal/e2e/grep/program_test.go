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

// result is the result of running a program.
type result struct {
	status         int
	stdout, stderr string
}

func (r result) String() string {
	return fmt.Sprintf("status %d\nstdout %s\nstderr %s", r.status, excerpt(r.stdout),
		excerpt(r.stderr))
}

// excerpt quotes text, without the middle if it is long.
func excerpt(s string) string {
	const most = 4000
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q… %d bytes …%q", s[:most/2], len(s)-most, s[len(s)-most/2:])
}

// patience is how long a program may run. It only ends what hangs.
const patience = 20 * time.Second

// command prepares a program, in a process group of its own, without what the environment of the
// tests may say to grep.
func command(ctx context.Context, dir, locale string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "TMPDIR=" + os.TempDir(),
		"LC_ALL=" + locale, "TERM=xterm",
		"DEB_GREP_ENABLE_STRAY_BACKSLASH_WARN=1", // or Debian's grep would not warn as GNU's does
		"GORACE=" + setup.QuickExit,
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	return cmd
}

// run runs a command to its end. Any exit status is accepted.
func run(cmd *exec.Cmd) (result, error) {
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		return result{}, err
	}
	return result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}, nil
}

// exitStatus returns the exit status, which for a signal is 128 plus its number, as in a shell.
func exitStatus(s *os.ProcessState) int {
	if code := s.ExitCode(); code >= 0 {
		return code
	}
	return 128 + int(s.Sys().(syscall.WaitStatus).Signal())
}

// way is options that say how the work is done. They must not affect the result.
type way []string

func (w way) String() string {
	if len(w) == 0 {
		return "by default"
	}
	return strings.Join(w, " ")
}

// waysFor returns all ways for inputs of some bytes (small) or of some hundred kilobytes.
func waysFor(small bool) (ways []way) {
	sizes := []string{"1", "7", ""}
	if !small {
		sizes = []string{"3000", "50K", ""}
	}
	for _, size := range sizes {
		if size != "" { // a single small file needs neither workers nor a mode
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

// underTest returns the words that run the program under test in a way.
func underTest(w way) []string {
	words := strings.Fields(*programFlag)
	if !ofLinefork() {
		return words
	}
	return slices.Concat(words, w)
}

// shellLine prepares a shell to run a line in which the word grep stands for this program.
func shellLine(ctx context.Context, dir, locale string, program []string, line string) *exec.Cmd {
	// An alias also works after FOO=bar and between pipes.
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
