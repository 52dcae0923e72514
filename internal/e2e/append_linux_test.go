package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

const before = "before\n"

// manyRows returns 100 MiB of rows.
func manyRows() []byte { return bytes.Repeat([]byte("1,"+strings.Repeat("a", 97)+"\n"), 1<<20) }

// appending starts a run that appends rows to the file out in dir, which begins with before, and
// returns when the first of them are there.
func appending(t *testing.T, dir string, rows []byte) *job {
	t.Helper()
	out := filepath.Join(dir, "out")
	writeFile(t, out, []byte(before))
	writeFile(t, filepath.Join(dir, "rows"), rows)
	j := start(t, func(cmd *exec.Cmd) { cmd.Dir = dir },
		"filter", "-k1", "--append", "-o", "out", "rows")
	for !j.over() {
		if info, err := os.Stat(out); err != nil || info.Size() > int64(len(before)) {
			break
		}
	}
	return j
}

// A run that is killed while it appends leaves nothing that outlives the next one.
func TestAppendKilled(t *testing.T) {
	rows := manyRows()
	for _, s := range []syscall.Signal{syscall.SIGKILL, syscall.SIGABRT} {
		dir := t.TempDir()
		out := filepath.Join(dir, "out")
		j := appending(t, dir, rows)
		kill(t, j.cmd.Process.Pid, s)
		if r := j.wait(); r.status == 0 {
			t.Fatalf("%v came too late: %+v", s, r)
		}
		if info, err := os.Stat(out); err != nil || info.Size() == int64(len(before)) {
			t.Fatalf("%v came too early: %v, %v", s, info, err)
		}
		writeFile(t, filepath.Join(dir, "rows"), []byte("1,b\n2,b\n"))
		j = start(t, func(cmd *exec.Cmd) { cmd.Dir = dir },
			"filter", "-k1", "--append", "-o", "out", "rows")
		if r := j.wait(); r.status != 0 || r.stderr != "" {
			t.Errorf("after %v: %+v", s, r)
		}
		if got := readFile(t, out); got != before+"1,b\n" {
			t.Errorf("after %v there are %d bytes: %.100q", s, len(got), got)
		}
		if got := names(t, dir); !slices.Equal(got, []string{"out", "rows"}) {
			t.Errorf("after %v the folder holds %q", s, got)
		}
	}
}

// A signal that comes while rows are appended does not keep the run from ending as one that
// appended them.
func TestSignalInCommit(t *testing.T) {
	rows := manyRows()
	for _, s := range []syscall.Signal{
		syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT,
	} {
		dir := t.TempDir()
		j := appending(t, dir, rows)
		kill(t, j.cmd.Process.Pid, s)
		time.Sleep(time.Millisecond)
		_ = j.cmd.Process.Signal(s) // a second one
		if r := j.wait(); r.status != 0 || r.stderr != "" {
			t.Errorf("%v: %+v, want status 0", s, r)
		}
		if got := readFile(t, filepath.Join(dir, "out")); got != before+string(rows) {
			t.Errorf("%v: there are %d bytes, want %d", s, len(got), len(before)+len(rows))
		}
		if got := names(t, dir); !slices.Equal(got, []string{"out", "rows"}) {
			t.Errorf("%v: the folder holds %q", s, got)
		}
	}
}

// A run that waits for another one says so, unless that is short.
func TestAppendWaits(t *testing.T) {
	for _, test := range []struct {
		held   time.Duration
		stderr string
	}{
		{soon, ""},
		{3 * time.Second, fmt.Sprintf("linefork: out: locked by process %d, waiting\n", os.Getpid())},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "rows"), []byte("1,a\n"))
		out, err := os.Create(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Flock(int(out.Fd()), syscall.LOCK_EX); err != nil {
			t.Fatal(err)
		}
		j := start(t, func(cmd *exec.Cmd) { cmd.Dir = dir },
			"filter", "-k1", "--append", "-o", "out", "rows")
		time.Sleep(test.held)
		out.Close()
		if r := j.wait(); r.status != 0 || r.stderr != test.stderr {
			t.Errorf("after %v: %+v, want %q", test.held, r, test.stderr)
		}
		if got := readFile(t, filepath.Join(dir, "out")); got != "1,a\n" {
			t.Errorf("after %v there is %q", test.held, got)
		}
	}
}

// Rows that do not fit are not appended, and the message is that of the system alone.
func TestAppendTooLarge(t *testing.T) {
	dir := t.TempDir()
	row := "1," + strings.Repeat("a", 2997) + "\n"
	writeFile(t, filepath.Join(dir, "rows"), []byte(row))
	writeFile(t, filepath.Join(dir, "out"), []byte(row))
	limited := `trap "" XFSZ; ulimit -f 8; exec linefork filter -k1 --append -o out rows`
	r := program{dir: dir}.run(t, "sh", "-c", limited)
	if r.status != 2 || r.stderr != "linefork: out: File too large\n" {
		t.Errorf("%+v", r)
	}
	if got := readFile(t, filepath.Join(dir, "out")); got != row {
		t.Errorf("there are %d bytes, want %d", len(got), len(row))
	}
	if got := names(t, dir); !slices.Equal(got, []string{"out", "rows"}) {
		t.Errorf("the folder holds %q", got)
	}
}

// A run that is killed leaves nothing behind, and one that waits for a lock may give up.
func TestOutputKilled(t *testing.T) {
	path := wide(t)
	for _, args := range [][]string{
		{"filter", "-k1", "-o", "out"}, {"filter", "-k1", "--append", "-o", "out"},
		{"count", "--by=1", "-o", "out"},
	} {
		dir := t.TempDir()
		stdin, _ := silent(t, "1,a\n2")
		j := start(t, func(cmd *exec.Cmd) { cmd.Stdin, cmd.Dir = stdin, dir },
			append(slices.Clone(args), path, "-")...)
		time.Sleep(soon)
		kill(t, j.cmd.Process.Pid, syscall.SIGKILL)
		j.wait()
		if got := names(t, dir); len(got) > 0 {
			t.Errorf("%q: the folder holds %q", args, got)
		}
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "rows"), []byte("1,a\n"))
	writeFile(t, filepath.Join(dir, "out"), []byte("old\n"))
	out, err := os.Open(filepath.Join(dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := syscall.Flock(int(out.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	j := start(t, func(cmd *exec.Cmd) { cmd.Dir = dir },
		"filter", "-k1", "--append", "--lock-timeout=50ms", "-o", "out", "rows")
	want := fmt.Sprintf("linefork: out: locked by process %d for more than 50ms\n", os.Getpid())
	if r := j.wait(); r.status != 2 || r.stderr != want {
		t.Errorf("%+v, want status 2 and %q", r, want)
	}
}
