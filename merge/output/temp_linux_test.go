package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func init() { children["die"] = writeAndDie }

// writeAndDie is a process that is killed while its output waits.
func writeAndDie(args []string) error {
	out, err := makers[args[0]](args[1])
	if err != nil {
		return err
	}
	if _, err := out.Write([]byte("row\n")); err != nil {
		return err
	}
	return errors.Join(unix.Kill(os.Getpid(), unix.SIGKILL), errors.New("it was not killed"))
}

// TestKilled expects nothing to be left of a run that is killed.
func TestKilled(t *testing.T) {
	for maker := range makers {
		for _, old := range []string{"", "old\n"} {
			dir := t.TempDir()
			path := filepath.Join(dir, "out")
			want := []string{}
			if old != "" {
				save(t, path, old)
				want = append(want, "out")
			}
			start := make(chan struct{})
			close(start)
			if err := runChild(start, "die", maker, path); err == nil {
				t.Fatal("it ended well")
			}
			expectNames(t, dir, want...)
			if old != "" {
				expect(t, path, old)
			}
		}
	}
}

// TestAttributesKept replaces a file of another owner that has extended attributes.
func TestAttributesKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	save(t, path, "old\n")
	const name, value = "user.linefork.test", "some value"
	if err := unix.Setxattr(path, name, []byte(value), 0); err != nil {
		t.Skip("no extended attributes here: ", err)
	}
	// An access control list: the owner, user 12345, the group, the mask, others.
	acl := []byte("\x02\x00\x00\x00" +
		"\x01\x00\x06\x00\xff\xff\xff\xff" + "\x02\x00\x04\x00\x39\x30\x00\x00" +
		"\x04\x00\x04\x00\xff\xff\xff\xff" + "\x10\x00\x04\x00\xff\xff\xff\xff" +
		"\x20\x00\x00\x00\xff\xff\xff\xff")
	const aclName = "system.posix_acl_access"
	hasACL := unix.Setxattr(path, aclName, acl, 0) == nil
	owner := os.Chown(path, 12345, 23456) == nil
	commit(t, makers["Create"], path, "new\n")
	expect(t, path, "new\n")

	get := func(name string) string {
		b := make([]byte, 1000)
		n, err := unix.Getxattr(path, name, b)
		if err != nil {
			t.Error(name, err)
			return ""
		}
		return string(b[:n])
	}
	if got := get(name); got != value {
		t.Errorf("%s is %q", name, got)
	}
	if hasACL {
		if got := get(aclName); got != string(acl) {
			t.Errorf("%s is %q", aclName, got)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if st := info.Sys().(*syscall.Stat_t); owner && (st.Uid != 12345 || st.Gid != 23456) {
		t.Errorf("owner %d, group %d", st.Uid, st.Gid)
	}
}

// TestLockTimeout expects the process that holds the lock to be named.
func TestLockTimeout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	save(t, path, "old\n")
	held, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if err := unix.Flock(int(held.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	out, err := Append(path, Options{LockTimeout: 1})
	if err != nil {
		t.Fatal(err)
	}
	var locked *LockedError
	if err := out.Commit(context.Background()); !errors.As(err, &locked) {
		t.Fatalf("%v, want a *LockedError", err)
	}
	if locked.Holder != os.Getpid() {
		t.Errorf("held by %d, want %d", locked.Holder, os.Getpid())
	}
	expect(t, path, "old\n")
}
