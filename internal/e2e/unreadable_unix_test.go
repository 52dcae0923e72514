//go:build unix

package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestUnreadable runs linefork as a user without privileges, even if the tests run as root.
func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	for _, path := range []string{filepath.Dir(dir), dir} { // both belong to the test
		if err := os.Chmod(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, perm := range map[string]os.FileMode{"open": 0o644, "closed": 0} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("1,a\n2,b\n"), perm); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "shut"), 0); err != nil {
		t.Fatal(err)
	}
	const reason = "Permission denied\n"
	for _, c := range []struct {
		args           []string
		stdout, stderr string
		status         int
	}{
		{[]string{"count", "closed"}, "", "linefork: closed: " + reason, 1},
		{[]string{"count", "closed", "open"}, " 2 open\n 2 total\n", "linefork: closed: " + reason, 1},
		{[]string{"filter", "-k1", "closed", "open"}, "1,a\n", "linefork: closed: " + reason, 2},
		{[]string{"filter", "-k1", "-j2", "open", "closed"}, "1,a\n", "linefork: closed: " + reason, 2},
		{[]string{"filter", "-k1", "shut", "open"}, "1,a\n", "linefork: shut: " + reason, 2},
		{[]string{"filter", "-f", "closed", "open"}, "", "linefork: closed: " + reason, 2},
		{[]string{"filter", "-k1", "-o", "closed", "open"}, "", "linefork: closed: " + reason, 2},
		{[]string{"filter", "-k1", "-o", "shut/new", "open"}, "", "linefork: shut/new: " + reason, 2},
	} {
		cmd := exec.Command("linefork", c.args...)
		cmd.Dir = dir
		if os.Geteuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{
				Credential: &syscall.Credential{Uid: 65534, Gid: 65534},
			}
		}
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err := cmd.Run()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if stdout.String() != c.stdout || stderr.String() != c.stderr ||
			cmd.ProcessState.ExitCode() != c.status {
			t.Errorf("linefork %q printed %q and %q, status %d; want %q and %q, status %d", c.args,
				stdout.String(), stderr.String(), cmd.ProcessState.ExitCode(), c.stdout,
				c.stderr, c.status)
		}
	}
}
