// Package peer finds the programs that linefork is compared with.
//
// A test whose program is missing, or has another version, is skipped, with a message that starts
// with "nothing to compare with".
package peer

import (
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Tool is a program that may be installed.
type Tool struct {
	find func() (path string, err error)
}

// The tools of which only certain kinds will do.
var (
	Grep   = newTool("grep", isGrep)     // GNU grep 3.8
	PCRE   = newTool("grep", isPCRE)     // GNU grep 3.8 that knows -P
	WC     = newTool("wc", isWC)         // GNU wc, from 9.1 on
	Getopt = newTool("getopt", isGetopt) // of util-linux
	Python = newTool("python3", isPython)
)

// Named returns a tool of which any version will do.
func Named(name string) Tool { return newTool(name, func(string) error { return nil }) }

// newTool returns the program of that name on PATH, if check accepts it.
func newTool(name string, check func(path string) error) Tool {
	return Tool{sync.OnceValues(func() (string, error) {
		path, err := exec.LookPath(name)
		if err != nil {
			return "", err
		}
		if err := check(path); err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		return path, nil
	})}
}

// Find returns the tool's path, or why it cannot be used.
func (t Tool) Find() (path string, err error) { return t.find() }

// Need returns the tool's path, or skips the test if it cannot be used.
func (t Tool) Need(tb testing.TB) (path string) {
	tb.Helper()
	path, err := t.find()
	if err != nil {
		tb.Skip("nothing to compare with:", err)
	}
	return path
}

// versionLine returns the first line that a tool prints about its version.
func versionLine(path string) (string, error) {
	out, err := exec.Command(path, "--version").Output()
	line, _, _ := strings.Cut(string(out), "\n")
	return line, err
}

func isGrep(path string) error {
	line, err := versionLine(path)
	if err == nil && line != "grep (GNU grep) 3.8" {
		err = fmt.Errorf("not GNU grep 3.8 but %q", line)
	}
	return err
}

func isPCRE(path string) error {
	if err := isGrep(path); err != nil {
		return err
	}
	cmd := exec.Command(path, "-P", "a")
	cmd.Stdin = strings.NewReader("a\n")
	return cmd.Run()
}

func isWC(path string) error {
	line, err := versionLine(path)
	if err != nil {
		return err
	}
	return checkWC(line)
}

// checkWC checks a line such as "wc (GNU coreutils) 9.1".
func checkWC(line string) error {
	version, ok := strings.CutPrefix(line, "wc (GNU coreutils) ")
	major, minor, _ := strings.Cut(version, ".")
	minor, _, _ = strings.Cut(minor, ".") // as in 9.1.2
	x, err := strconv.Atoi(major)
	y, err2 := strconv.Atoi(minor)
	if !ok || errors.Join(err, err2) != nil || x < 9 || x == 9 && y < 1 {
		return fmt.Errorf("not GNU wc 9.1 or later but %q", line)
	}
	return nil
}

func isGetopt(path string) error {
	const enhanced = 4
	var exit *exec.ExitError
	if err := exec.Command(path, "-T").Run(); !errors.As(err, &exit) ||
		exit.ExitCode() != enhanced {
		return errors.New("not that of util-linux")
	}
	return nil
}

// isPython runs the program: what is on PATH may be a placeholder.
func isPython(path string) error { return exec.Command(path, "-c", "").Run() }
