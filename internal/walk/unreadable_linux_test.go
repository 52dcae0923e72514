package walk

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

const nobody = 65534

// unprivileged is set while the test acts as a user without privileges.
var unprivileged bool

// bind makes a command do the same.
func bind(cmd *exec.Cmd) {
	if unprivileged {
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Credential: &syscall.Credential{Uid: nobody, Gid: nobody},
		}
	}
}

// TestRandomUnreadable removes permissions from files and directories. Since it runs as root, the
// thread that walks acts as another user.
func TestRandomUnreadable(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root, to become another user")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	randomTrees(t, 3, 25, func(g *generator) (restore func()) {
		dir, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if err := os.Chmod(dir, 0o755); err != nil {
				t.Fatal(err)
			}
			dir = filepath.Dir(dir)
		}
		err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.Type()&fs.ModeSymlink != 0 || g.IntN(3) > 0 {
				return err
			}
			return os.Chmod(path, []fs.FileMode{0, 0o444, 0o111}[g.IntN(3)])
		})
		if err != nil {
			t.Fatal(err)
		}
		become(t, nobody)
		return func() { become(t, 0) }
	})
}

// become makes the thread access files as that user.
func become(t *testing.T, user int) {
	if err := syscall.Setfsuid(user); err != nil {
		t.Fatal(err)
	}
	unprivileged = user != 0
}
