package e2e

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestDeep reads a tree in which paths are longer than a path may be, with few descriptors.
func TestDeep(t *testing.T) {
	const depth, limit = 1200, 64
	dir := t.TempDir()
	at, err := unix.Open(dir, unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	for i := range depth {
		lines := 20
		if i%100 == 99 {
			lines = 100_000 // too large for a batch
		}
		f, err := unix.Openat(at, "f", unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := unix.Write(f, []byte(strings.Repeat("x\n", lines))); err != nil {
			t.Fatal(err)
		}
		unix.Close(f)
		fmt.Fprintf(&want, "%sf:%d\n", strings.Repeat("folder/", i), lines)
		if err := unix.Mkdirat(at, "folder", 0o700); err != nil {
			t.Fatal(err)
		}
		below, err := unix.Openat(at, "folder", unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			t.Fatal(err)
		}
		unix.Close(at)
		at = below
	}
	unix.Close(at)
	for _, options := range []string{"-rc", "-Rc"} {
		for _, mode := range []string{"serial", "threads", "processes"} {
			script := fmt.Sprintf("ulimit -n %d && exec linefork grep %s --mode=%s x", limit, options, mode)
			r := program{dir: dir}.run(t, "sh", "-c", script)
			if r.status != 0 || r.stderr != "" || r.stdout != want.String() {
				t.Errorf("%s %s: status %d, %d bytes, %.200s", options, mode, r.status, len(r.stdout), r.stderr)
			}
		}
	}
}
