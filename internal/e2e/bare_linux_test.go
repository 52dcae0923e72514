package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/linefork/linefork/internal/e2e/setup"
)

// bareRoot is a folder with linefork and some inputs, and nothing else: no /proc, no /dev, no /tmp.
func bareRoot(t *testing.T) string {
	t.Helper()
	if setup.Race {
		t.Skip("with the race detector, the program needs the C library")
	}
	root := t.TempDir()
	program, err := exec.LookPath("linefork")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Link(program, filepath.Join(root, "linefork")); err != nil {
		b, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, "linefork"), b, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var table strings.Builder
	table.WriteString("id,name\n")
	for i := range 5000 {
		fmt.Fprintf(&table, "%d,\"row %d\"\n", i%100, i)
	}
	writeFile(t, filepath.Join(root, "table.csv"), []byte(table.String()))
	if err := os.Mkdir(filepath.Join(root, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(root, "folder", "small"), []byte("row 7\n"))
	writeFile(t, filepath.Join(root, "folder", "long"), []byte(strings.Repeat("row 7\n", 20_000)))
	gzip := exec.Command("gzip", "-k", "table.csv")
	gzip.Dir = root
	if out, err := gzip.CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	// A hole counts as binary, as does a NUL.
	hole := filepath.Join(root, "hole")
	writeFile(t, hole, []byte(strings.Repeat("row 7\n", 200_000)))
	if err := os.Truncate(hole, 8<<20); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mkfifo(filepath.Join(root, "fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	return root
}

// inRoot runs a command in a folder, which is the root of the file system if bare is set. The input
// is a file in the folder; piped says that it comes through a pipe. What is written to the FIFO there
// is the table.
func inRoot(t *testing.T, root string, bare bool, input string, piped bool, args ...string) result {
	t.Helper()
	cmd := exec.Command("./linefork", args...)
	cmd.Dir, cmd.Env = root, []string{"GORACE=atexit_sleep_ms=0"}
	if bare {
		cmd.Dir = "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Chroot: root, Cloneflags: syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		}
	}
	if input != "" {
		b := []byte(readFile(t, filepath.Join(root, input)))
		if piped {
			cmd.Stdin = bytes.NewReader(b)
		} else {
			f, err := os.Open(filepath.Join(root, input))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			cmd.Stdin = f
		}
	}
	if slices.Contains(args, "fifo") {
		written := make(chan error, 1)
		go func() {
			f, err := os.OpenFile(filepath.Join(root, "fifo"), os.O_WRONLY, 0)
			if err == nil {
				_, err = f.WriteString(readFile(t, filepath.Join(root, "table.csv")))
				err = errors.Join(err, f.Close())
			}
			written <- err
		}()
		defer func() {
			if t.Failed() || t.Skipped() {
				return // there may be nobody who reads it, and then nobody writes
			}
			if err := <-written; err != nil {
				t.Error(err)
			}
		}()
	}
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	err := cmd.Run()
	if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EINVAL) {
		t.Skipf("a user namespace with a root of its own is not permitted: %v", err)
	}
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{exitStatus(cmd.ProcessState), out.String(), messages.String()}
}

// TestNoProc runs linefork where its root has no /proc, no /dev and no /tmp, as in a chroot or an
// initramfs. All is as elsewhere.
func TestNoProc(t *testing.T) {
	root := bareRoot(t)
	for _, x := range []struct {
		input  string // standard input
		piped  bool
		output string // the file that is written
		args   []string
	}{
		{args: []string{"count", "table.csv", "folder/long"}},
		{input: "table.csv", args: []string{"count", "-lwcm"}},
		{input: "table.csv", piped: true, args: []string{"count"}},
		{args: []string{"count", "-l", "fifo"}},
		{args: []string{"count", "--csv", "--decompress", "table.csv.gz"}},
		{input: "table.csv", args: []string{"count", "--by", "id", "-"}},
		{args: []string{"count", "--by", "name", "table.csv"}},
		{args: []string{"grep", "-n", "row 7", "table.csv"}},
		{input: "table.csv", args: []string{"grep", "-nb", "-A1", "row 77"}},
		{input: "table.csv", piped: true, args: []string{"grep", "-o", "row 7*"}},
		{args: []string{"grep", "-c", "row 7", "fifo"}},
		{args: []string{"grep", "-rc", "row 7", "folder"}},
		{args: []string{"grep", "--decompress", "-n", "row 77", "table.csv.gz"}},
		{input: "table.csv.gz", args: []string{"grep", "--decompress", "-c", "row 77", "-"}},
		{input: "hole", args: []string{"grep", "row 7"}},
		{args: []string{"grep", "row 7", "hole"}},
		{input: "table.csv", args: []string{"filter", "--column", "id", "--key", "77"}},
		{input: "table.csv", piped: true, args: []string{"filter", "--column", "id", "--key", "77"}},
		{output: "out", args: []string{"filter", "--column", "id", "--key", "77", "table.csv", "--output", "out"}},
		{output: "out", args: []string{"filter", "--column", "id", "--key", "77", "table.csv", "--append", "--output", "out"}},
	} {
		for _, way := range [][]string{
			nil,
			{"--mode=serial", "--range-size=10000"},
			{"--mode=threads", "-j3", "--range-size=10000"},
			{"--mode=processes", "-j2", "--range-size=10000"},
		} {
			args := slices.Concat(x.args[:1], way, x.args[1:])
			run := func(bare bool) (result, string) {
				if x.output == "" {
					return inRoot(t, root, bare, x.input, x.piped, args...), ""
				}
				path := filepath.Join(root, x.output)
				writeFile(t, path, []byte("old\n"))
				r := inRoot(t, root, bare, x.input, x.piped, args...)
				return r, readFile(t, path)
			}
			before := names(t, root)
			got, file := run(true)
			want, wantFile := run(false)
			if got != want || file != wantFile {
				t.Errorf("%q from %q: %.300v, want %.300v; file %.100q, want %.100q",
					args, x.input, got, want, file, wantFile)
			}
			if want.status != 0 || want.stderr != "" && !strings.Contains(want.stderr, "binary file") {
				t.Errorf("%q: %+v", args, want)
			}
			if x.output != "" {
				before = append(before, x.output)
			}
			slices.Sort(before)
			if left := names(t, root); !slices.Equal(left, slices.Compact(before)) {
				t.Errorf("%q: left %q", args, left)
			}
		}
	}
}

// TestNoExecutable runs linefork without /proc, from a file that is gone by the time that children
// are needed: then it works without them. It waits for its keys until the file is gone.
func TestNoExecutable(t *testing.T) {
	root := bareRoot(t)
	args := func(keys string) []string {
		return []string{"filter", "--column", "id", "--keys-file", keys, "--mode=processes", "-j2",
			"--range-size=10000", "table.csv"}
	}
	writeFile(t, filepath.Join(root, "keys"), []byte("77\n"))
	want := inRoot(t, root, true, "", false, args("keys")...)
	if want.status != 0 || want.stderr != "" {
		t.Fatalf("%+v", want)
	}
	cmd := exec.Command("/linefork", args("fifo")...)
	cmd.Dir, cmd.Env = "/", nil
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Chroot: root, Cloneflags: syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(root, "linefork"), filepath.Join(root, "moved")); err != nil {
		t.Error(err)
	}
	f, err := os.OpenFile(filepath.Join(root, "fifo"), os.O_WRONLY, 0)
	if err == nil {
		_, err = f.WriteString("77\n")
		err = errors.Join(err, f.Close())
	}
	if err := errors.Join(err, cmd.Wait()); err != nil {
		t.Errorf("%v: %s", err, &messages)
	}
	if out.String() != want.stdout || strings.Count(messages.String(), "\n") != 1 {
		t.Errorf("%q, %q; want %q and one message", &out, &messages, want.stdout)
	}
}
