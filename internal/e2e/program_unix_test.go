//go:build unix

package e2e

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// result is the result of running a program.
type result struct {
	status         int
	stdout, stderr string
}

// program says where and how to run linefork, or another program.
type program struct {
	dir   string
	env   []string // in addition to that of the test
	stdin *os.File
}

// run runs a program to its end. Any exit status is accepted.
func (p program) run(t interface {
	Helper()
	Fatal(...any)
}, name string, args ...string) result {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = p.dir, append(os.Environ(), p.env...)
	if p.stdin != nil {
		cmd.Stdin = p.stdin
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return result{exitStatus(cmd.ProcessState), stdout.String(), stderr.String()}
}

// exitStatus returns the exit status, which for a signal is 128 plus its number, as in a shell.
func exitStatus(s *os.ProcessState) int {
	if code := s.ExitCode(); code >= 0 {
		return code
	}
	return 128 + int(s.Sys().(syscall.WaitStatus).Signal())
}

func writeFile(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

func readFile(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// names returns the names of the files in a folder.
func names(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// sparse makes a file of size bytes, with text at each multiple of step and NULs between. With step
// 0 it is one line of NULs.
func sparse(t testing.TB, name string, size, step int64, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(size); err != nil {
		t.Fatal(err)
	}
	for at := int64(0); step > 0 && at < size; at += step {
		if _, err := f.WriteAt([]byte(text), at); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// cases sets how often rapid tries a property: LINEFORK_CASES times if that is set, else byDefault
// times.
func cases(t *testing.T, byDefault int) {
	if setup.Race {
		byDefault = 1 + byDefault/4 // everything takes about five times as long
	}
	checks := strconv.Itoa(byDefault)
	if n := os.Getenv("LINEFORK_CASES"); n != "" {
		checks = n
	}
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
}
