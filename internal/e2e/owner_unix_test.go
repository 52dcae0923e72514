//go:build unix

package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// TestOwnerNotPermitted replaces a file of another owner as a user who may write to it, but not give
// files away: all but the owner stays.
func TestOwnerNotPermitted(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("only root can make a file of another owner")
	}
	const nobody = 65534
	dir := t.TempDir()
	for path, perm := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: 0o777} {
		if err := os.Chmod(path, perm); err != nil {
			t.Fatal(err)
		}
	}
	for name, perm := range map[string]os.FileMode{"rows": 0o644, "out": 0o646} {
		path := filepath.Join(dir, name)
		writeFile(t, path, []byte("1,a\n2,b\n"))
		if err := os.Chmod(path, perm); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("linefork", "filter", "-k1", "-o", "out", "rows")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if output, err := cmd.CombinedOutput(); err != nil || len(output) > 0 {
		t.Fatalf("%v: %s", err, output)
	}
	out := filepath.Join(dir, "out")
	if got := readFile(t, out); got != "1,a\n" {
		t.Errorf("out holds %q", got)
	}
	info, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode() != 0o646 || info.Sys().(*syscall.Stat_t).Uid != nobody {
		t.Errorf("mode %v, %+v", info.Mode(), info.Sys())
	}
}
