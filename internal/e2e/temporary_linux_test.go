package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// What another run is writing is passed over below a folder. It is known by its lock: once that is
// gone it is a file like any other.
func TestTemporaryOfAnotherRun(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "rows"), []byte("1,a\n"))
	path := filepath.Join(dir, ".out.linefork-0123456789abcdef")
	writeFile(t, path, []byte("1,b\n"))
	run := func() result {
		return program{dir: dir}.run(t, "linefork", "filter", "-rhk", "1", ".")
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		t.Skip("no locks here: ", err)
	}
	if r := run(); r != (result{0, "1,a\n", ""}) {
		t.Errorf("while it is in use: %+v", r)
	}
	f.Close()
	if r := run(); r.status != 0 || len(r.stdout) != len("1,a\n1,b\n") {
		t.Errorf("when it is not: %+v", r)
	}
}
