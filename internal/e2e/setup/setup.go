// Package setup builds linefork for the end-to-end tests.
package setup

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	// go test does not know what the program is built from. This import makes results stale when a
	// package of it changes; see Watch.
	_ "github.com/linefork/linefork/internal/command"
)

// Root is the top of the checkout that contains the working directory.
var Root = root()

func root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for up := filepath.Dir(dir); ; dir, up = up, filepath.Dir(up) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if up == dir {
			panic("setup: no go.mod above the working directory")
		}
	}
}

// QuickExit is the value of GORACE with which a program with the race detector does not sleep for a
// second before it ends.
const QuickExit = "atexit_sleep_ms=0"

// Run builds linefork, with the race detector if the tests have it, puts it first on PATH and runs
// the tests. It returns the exit status. The files that are added become part of package main, as if
// they stood beside main.go.
func Run(m *testing.M, added ...string) (status int) {
	bin, err := os.MkdirTemp("", "linefork-e2e-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(bin)
	// Some tests run it as another user.
	if err := os.Chmod(bin, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	args := []string{"build", "-o", bin + string(os.PathSeparator)}
	if Race {
		args = append(args, "-race")
	}
	if len(added) > 0 {
		overlay, err := overlay(bin, added)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		args = append(args, "-overlay", overlay)
	}
	build := exec.Command("go", append(args, ".")...)
	build.Dir = Root
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	os.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	os.Setenv("GORACE", QuickExit)
	return m.Run()
}

// overlay writes what "go build -overlay" reads, so that files stand beside main.go.
func overlay(dir string, files []string) (path string, err error) {
	replace := map[string]string{}
	for _, file := range files {
		if file, err = filepath.Abs(file); err != nil {
			return "", err
		}
		replace[filepath.Join(Root, filepath.Base(file))] = file
	}
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, b, 0o666)
}

// Watch makes the test's result stale when main.go changes, which no test imports: go test keeps
// track of the files that a test opens.
func Watch(t testing.TB) {
	t.Helper()
	if _, err := os.ReadFile(filepath.Join(Root, "main.go")); err != nil {
		t.Fatal(err)
	}
}
