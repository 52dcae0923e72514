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

	"github.com/linefork/linefork/internal/e2e/setup"
)

// manyKeys is a file of some 40 MiB whose lines are all different.
func manyKeys(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.csv")
	b := []byte("name\n")
	for i := range 2_000_000 {
		b = strconv.AppendInt(append(b, "the key "...), int64(i), 10)
		b = append(b, " here\n"...)
	}
	writeFile(t, path, b)
	return path
}

// limitedBy runs linefork in a shell that has set a limit.
func limitedBy(t *testing.T, limit string, user *syscall.Credential, args ...string) result {
	t.Helper()
	j := start(t, func(cmd *exec.Cmd) {
		bash, err := exec.LookPath("bash")
		if err != nil {
			t.Skip(err)
		}
		cmd.Path = bash
		cmd.Args = append([]string{"bash", "-c", limit + ` && exec linefork "$@"`, "linefork"}, args...)
		cmd.Err = nil
		if user != nil {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: user}
		}
	}, args...)
	return j.wait()
}

// TestFewProcesses runs linefork as a user who may have few processes and threads (ulimit -u): there
// are fewer workers, then none.
func TestFewProcesses(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can become a user without other processes")
	}
	if setup.Race {
		t.Skip("the race detector has threads of its own")
	}
	dir, err := os.MkdirTemp("", "linefork-few-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "file")
	writeFile(t, path, []byte(strings.Repeat("a\nb\n", 10_000)))
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	const nobodys = 3_141_592 // the number of a user whom nobody is
	user := &syscall.Credential{Uid: nobodys, Gid: nobodys, NoSetGroups: true}
	for _, threads := range []int{8, 10, 14, 20, 30, 40} {
		for _, mode := range []string{"serial", "threads", "processes"} {
			got := limitedBy(t, fmt.Sprint("ulimit -u ", threads), user,
				"grep", "--mode="+mode, "-j3", "--range-size=1000", "-c", "a", path)
			if got != (result{0, "10000\n", ""}) {
				t.Errorf("%d, %s: %+v", threads, mode, got)
			}
		}
	}
	got := limitedBy(t, "ulimit -u 7", user, "grep", "-c", "a", path)
	if got.status != 2 || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 ||
		!strings.Contains(got.stderr, "ulimit -u") {
		t.Errorf("7: %+v, want status 2 and one line", got)
	}
}

// TestLittleAddressSpace runs linefork where it may map little memory (ulimit -v): windows and tables
// are smaller, and a file that is larger than that is read all the same.
func TestLittleAddressSpace(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector maps more than there is")
	}
	keys := manyKeys(t)
	large := sparse(t, "large", 512<<20, 4<<20, "a\n")
	for _, args := range [][]string{
		{"count", "--by", "name", "--mode=threads", "-j16", keys},
		{"grep", "-n", "key 1", "--mode=threads", "-j16", keys},
		{"count", "-l", "--mode=threads", "-j16", large},
		{"count", "-l", "--mode=processes", "-j2", large},
	} {
		want := program{}.run(t, "linefork", args...)
		if got := limitedBy(t, "ulimit -v 1500000", nil, args...); got != want {
			t.Errorf("%q: status %d, %d bytes, %.300s; want status %d, %d bytes", args,
				got.status, len(got.stdout), got.stderr, want.status, len(want.stdout))
		}
	}
}

// controlGroup makes a group below that of this process whose memory is limited, and returns its
// folder and what counts the processes that were killed there.
func controlGroup(t *testing.T, limit int64) (dir string, kills func() string) {
	t.Helper()
	text := readFile(t, "/proc/self/cgroup")
	for line := range strings.Lines(text) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) < 3 {
			continue
		}
		top, file, events := "/sys/fs/cgroup", "memory.max", "memory.events"
		if slices.Contains(strings.Split(fields[1], ","), "memory") {
			top, file, events = "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.oom_control"
		} else if fields[1] != "" {
			continue
		}
		dir := filepath.Join(top, fields[2], fmt.Sprintf("linefork-test-%d-%d", os.Getpid(), limit))
		if err := os.Mkdir(dir, 0o755); err != nil {
			continue
		}
		t.Cleanup(func() {
			if err := os.Remove(dir); err != nil {
				t.Error(err)
			}
		})
		if os.WriteFile(filepath.Join(dir, file), []byte(strconv.FormatInt(limit, 10)), 0o644) != nil {
			continue // this version does not have the controller
		}
		return dir, func() string {
			for line := range strings.Lines(readFile(t, filepath.Join(dir, events))) {
				if n, ok := strings.CutPrefix(line, "oom_kill "); ok {
					return strings.TrimSpace(n)
				}
			}
			return ""
		}
	}
	t.Skip("no control group for memory can be made below that of the tests")
	return "", nil
}

// TestControlGroup runs linefork in a control group with 100 MiB, with more workers than fit in: there
// are fewer, none is killed, and the answers are the same.
func TestControlGroup(t *testing.T) {
	if setup.Race {
		t.Skip("the race detector takes many times the memory")
	}
	dir, kills := controlGroup(t, 100<<20)
	keys := manyKeys(t)
	procs := filepath.Join(dir, "cgroup.procs")
	for _, args := range [][]string{
		{"count", "--by", "name", "--mode=processes", "-j32", keys},
		{"grep", "-nC2", "key", "--mode=processes", "-j32", keys},
		{"grep", "-n", "key", "--mode=threads", "-j32", "-"},
	} {
		in := func(group bool) result {
			script := `exec linefork "$@" <"$IN"`
			if group {
				script = `echo $$ >"$PROCS" && ` + script
			}
			return program{env: []string{"IN=" + keys, "PROCS=" + procs}}.run(t, "sh",
				append([]string{"-c", script, "sh"}, args...)...)
		}
		want := in(false)
		if got := in(true); got != want {
			t.Errorf("%q: status %d, %d bytes, %.300s; want status %d, %d bytes", args,
				got.status, len(got.stdout), got.stderr, want.status, len(want.stdout))
		}
		if n := kills(); n != "0" {
			t.Errorf("%q: %s kills", args, n)
		}
	}
}
