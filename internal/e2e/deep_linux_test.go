package e2e

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// TestDeep reads a tree in which paths are longer than a path may be, with few descriptors.
func TestDeep(t *testing.T) {
	const depth = 700
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
			for _, limit := range []int{16, 64} {
				r := limited(t, dir, limit, "grep", options, "--mode="+mode, "x")
				if r.status != 0 || r.stderr != "" || r.stdout != want.String() {
					t.Errorf("%s %s, %d descriptors: status %d, %d bytes, %.200s",
						options, mode, limit, r.status, len(r.stdout), r.stderr)
				}
			}
		}
	}
}

// limited runs linefork with so many descriptors.
func limited(t *testing.T, dir string, descriptors int, args ...string) result {
	t.Helper()
	script := fmt.Sprintf(`ulimit -n %d && exec linefork "$@"`, descriptors)
	return program{dir: dir}.run(t, "sh", append([]string{"-c", script, "sh"}, args...)...)
}

// TestFewDescriptors reads several inputs with the least number of descriptors, and says what is
// missing with fewer.
func TestFewDescriptors(t *testing.T) {
	dir := t.TempDir()
	var inputs []string
	for i := range 30 {
		name := fmt.Sprintf("f%02d", i)
		writeFile(t, filepath.Join(dir, name), bytes.Repeat([]byte("1,x\n"), 100_000))
		inputs = append(inputs, name)
	}
	for _, test := range [][]string{
		{"count"}, {"grep", "-c", "x"}, {"filter", "--key=1", "--count"}, {"count", "--by=1"},
		{"filter", "--key=1", "--output=out"}, {"grep", "-c", "--decompress", "x"},
	} {
		want := program{dir: dir}.run(t, "linefork", append(test, inputs...)...)
		for _, mode := range []string{"serial", "threads", "processes"} {
			args := append(append(test, "--mode="+mode, "-j8"), inputs...)
			for _, descriptors := range []int{16, 20, 32, 40, 80} {
				if got := limited(t, dir, descriptors, args...); got != want {
					t.Errorf("%d descriptors, %q: %+v, want %+v", descriptors, args[:3], got, want)
				}
			}
			const message = "linefork: 12 files may be open at a time, but 16 are needed (ulimit -n)\n"
			if got := limited(t, dir, 12, args...); got.status != 2 || got.stderr != message {
				t.Errorf("12 descriptors, %q: %+v", args[:3], got)
			}
		}
	}
}
