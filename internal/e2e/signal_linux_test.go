package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// silent returns a pipe that delivers some bytes and then nothing, until close is called.
func silent(t *testing.T, first string) (stdin *os.File, close func()) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	if _, err := w.WriteString(first); err != nil {
		t.Fatal(err)
	}
	return r, func() { w.Close() }
}

// soon is how long it takes until a run waits for its input.
const soon = 300 * time.Millisecond

// A run without children catches signals only if it has something to clean up. The exit status is
// the same.
func TestSignalInOneProcess(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		for _, mode := range []string{"serial", "threads"} {
			if mode == "threads" && s != syscall.SIGTERM {
				continue // once is enough
			}
			for _, test := range []struct {
				args []string
				made bool // it makes a temporary file
				told bool // it tells how far it has come
			}{
				{args: []string{"count", "-lw"}},
				{args: []string{"count", "--by=1"}},
				{args: []string{"grep", "x"}},
				{args: []string{"filter", "-k1", "-c"}},
				{args: []string{"filter", "-k1", "-o", "out"}, made: true},
				{args: []string{"filter", "-k1", "--append", "-o", "out"}, made: true},
				{args: []string{"count", "--by=1", "-o", "out"}, made: true},
				{args: []string{"count", "--progress=always"}, told: true},
				{args: []string{"filter", "-k1", "-c", "--progress=always"}, told: true},
			} {
				args := append(slices.Clone(test.args), "--mode="+mode)
				t.Run(fmt.Sprint(s, args), func(t *testing.T) {
					t.Parallel()
					dir := t.TempDir()
					writeFile(t, filepath.Join(dir, "out"), []byte("before\n"))
					stdin, _ := silent(t, "1,a\n2")
					j := start(t, func(cmd *exec.Cmd) { cmd.Stdin, cmd.Dir = stdin, dir }, args...)
					time.Sleep(soon)
					kill(t, j.cmd.Process.Pid, s)
					r := j.waitFor(5 * time.Second)
					if r.status != 128+int(s) || r.stdout != "" || r.stderr != "" {
						t.Errorf("%+v, want status %d and no message", r, 128+int(s))
					}
					if j.cmd.ProcessState.Exited() {
						t.Error("it exited; a shell's loop would go on")
					}
					if got := names(t, dir); !slices.Equal(got, []string{"out"}) ||
						readFile(t, filepath.Join(dir, "out")) != "before\n" {
						t.Errorf("the folder holds %q", got)
					}
				})
			}
		}
	}
}

// A run with children catches signals and stops them.
func TestSignalWithWorkers(t *testing.T) {
	path := wide(t)
	j := start(t, nil, append(slices.Clone(countAll), tiny, path)...)
	j.freeze(path)
	kill(t, j.cmd.Process.Pid, syscall.SIGTERM)
	if r := j.wait(); r.status != 143 || j.cmd.ProcessState.Exited() {
		t.Errorf("%+v, %v; want to be killed", r, j.cmd.ProcessState)
	}
}

// Signals that were ignored when linefork was started, as by nohup, stay ignored.
func TestIgnoredSignals(t *testing.T) {
	for _, args := range [][]string{
		{"count", "--mode=serial"},
		{"filter", "-k1", "--mode=serial", "-o", "out"},
		{"filter", "-k1", "--mode=processes", "-j1"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			stdin, end := silent(t, "1\n")
			j := start(t, func(cmd *exec.Cmd) {
				sh := exec.Command("sh",
					slices.Concat([]string{"-c", `trap "" HUP INT; exec "$@"`, "sh"}, cmd.Args)...)
				cmd.Path, cmd.Args = sh.Path, sh.Args
				cmd.Stdin, cmd.Dir = stdin, t.TempDir()
			}, args...)
			time.Sleep(soon)
			for _, s := range []syscall.Signal{syscall.SIGHUP, syscall.SIGINT} {
				kill(t, j.cmd.Process.Pid, s)
			}
			time.Sleep(soon / 3)
			end()
			if r := j.waitFor(5 * time.Second); r.status != 0 || r.stderr != "" {
				t.Errorf("%+v, want status 0", r)
			}
		})
	}
}

// By default, signals do not kill the first process of a container.
func TestSignalToInit(t *testing.T) {
	stdin, _ := silent(t, "")
	cmd := exec.Command("linefork", "count", "--mode=serial")
	cmd.Stdin = stdin
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID}
	if err := cmd.Start(); err != nil {
		t.Skip("no new PID namespace: ", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	time.Sleep(soon)
	kill(t, cmd.Process.Pid, syscall.SIGTERM)
	// In case the signal came before there was a handler.
	defer time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() }).Stop()
	_ = cmd.Wait()
	if got := exitStatus(cmd.ProcessState); got != 143 {
		t.Errorf("status %d, want 143", got)
	}
}

// A message that nobody reads does not end a run; output that nobody reads does.
func TestClosedPipes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows")
	writeFile(t, path, []byte("1,a\n"))
	for _, mode := range modes {
		for _, test := range []struct {
			args   []string
			status int
			stdout string
		}{
			{[]string{"count", "--total=never"}, 1, "1 " + path + "\n"},
			{[]string{"grep", "-h", "1"}, 2, "1,a\n"},
			{[]string{"filter", "-k1"}, 2, "1,a\n"},
		} {
			args := slices.Concat(test.args, []string{"--mode=" + mode, "/missing", path})
			closed := func() *os.File {
				r, w, err := os.Pipe()
				if err != nil {
					t.Fatal(err)
				}
				r.Close()
				t.Cleanup(func() { w.Close() })
				return w
			}
			j := start(t, func(cmd *exec.Cmd) { cmd.Stderr = closed() }, args...)
			if r := j.wait(); r.status != test.status || r.stdout != test.stdout {
				t.Errorf("%q without stderr: %+v", args, r)
			}
			j = start(t, func(cmd *exec.Cmd) { cmd.Stdout = closed() },
				slices.Concat(test.args, []string{"--mode=" + mode, path})...)
			if r := j.wait(); r.status != 141 || r.stderr != "" {
				t.Errorf("%q without stdout: %+v, want status 141", args, r)
			}
		}
	}
}

// A program that bench starts has the default action for SIGPIPE.
func TestBenchLeavesPipesAlone(t *testing.T) {
	dir := t.TempDir()
	file, ignored := filepath.Join(dir, "file"), filepath.Join(dir, "ignored")
	writeFile(t, file, []byte("1,a\n"))
	writeFile(t, filepath.Join(dir, "wc"),
		[]byte("#!/bin/sh\nsed -n 's/^SigIgn:[[:space:]]*//p' /proc/$$/status >"+
			ignored+"\necho 1\n"))
	if err := os.Chmod(filepath.Join(dir, "wc"), 0o755); err != nil {
		t.Fatal(err)
	}
	j := start(t, func(cmd *exec.Cmd) {
		cmd.Env = append(os.Environ(), "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	}, "bench", "--jobs=count", "--runs=1", "--warmup=0", file)
	r := j.wait()
	mask, err := strconv.ParseUint(strings.TrimSpace(readFile(t, ignored)), 16, 64)
	if err != nil || mask>>(syscall.SIGPIPE-1)&1 != 0 {
		t.Errorf("ignored signals %x, %v: %+v", mask, err, r)
	}
}

// Ctrl-\ ends a run like any other signal, without the stacks of the runtime.
func TestQuit(t *testing.T) {
	path := wide(t)
	for _, mode := range []string{"processes", "threads", "serial"} {
		for _, args := range [][]string{{"count", "-L"}, {"filter", "-k1", "-o", "out"}, {"grep", "-a", "NOT THERE"}} {
			stdin, _ := silent(t, "1,a\n2")
			dir := t.TempDir()
			j := start(t, func(cmd *exec.Cmd) { cmd.Stdin, cmd.Dir = stdin, dir },
				append(slices.Clone(args), "--mode="+mode, path, "-")...)
			time.Sleep(soon)
			kill(t, j.cmd.Process.Pid, syscall.SIGQUIT)
			r := j.waitFor(10 * time.Second)
			if r.status != 128+int(syscall.SIGQUIT) || r.stderr != "" || len(names(t, dir)) > 0 {
				t.Errorf("%s, %q: %+v; the folder holds %q", mode, args, r, names(t, dir))
			}
		}
	}
}
