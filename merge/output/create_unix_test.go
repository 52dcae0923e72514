//go:build unix

package output

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

func TestPermissionsKept(t *testing.T) {
	for maker, open := range makers {
		path := filepath.Join(t.TempDir(), "out")
		save(t, path, "old\n")
		if err := os.Chmod(path, 0o641); err != nil {
			t.Fatal(err)
		}
		commit(t, open, path, "new\n")
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o641 {
			t.Errorf("%s: permissions %v, %v", maker, info.Mode(), err)
		}
	}
}

// TestPermissionsTemporary lets nobody open the temporary file who may not open the target.
func TestPermissionsTemporary(t *testing.T) {
	withNames(t)
	for maker, open := range makers {
		for _, perm := range []os.FileMode{0o600, 0o640, 0o666} {
			dir := t.TempDir()
			path := filepath.Join(dir, "out")
			save(t, path, "old\n")
			if err := os.Chmod(path, perm); err != nil {
				t.Fatal(err)
			}
			out, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			names, err := filepath.Glob(filepath.Join(dir, ".*"))
			if err != nil || len(names) != 1 {
				t.Fatalf("%s: the temporary files are %q, %v", maker, names, err)
			}
			if info, err := os.Stat(names[0]); err != nil || info.Mode().Perm() != perm {
				t.Errorf("%s: permissions %v, %v; want %v", maker, info.Mode(), err, perm)
			}
			out.Abort()
		}
	}
}

// TestPermissionsNew gives a new file those that the shell would give it.
func TestPermissionsNew(t *testing.T) {
	old := unix.Umask(0o027)
	defer unix.Umask(old)
	for maker, open := range makers {
		path := filepath.Join(t.TempDir(), "out")
		commit(t, open, path, "new\n")
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%s: permissions %v, %v", maker, info.Mode(), err)
		}
	}
}

// TestLink writes through symbolic links: to a file, to a link, to a file that
// is not there yet.
func TestLink(t *testing.T) {
	for maker, open := range makers {
		for _, old := range []string{"old\n", ""} {
			dir := t.TempDir()
			other := filepath.Join(dir, "other")
			if err := os.Mkdir(other, 0o700); err != nil {
				t.Fatal(err)
			}
			target := filepath.Join(other, "target")
			if old != "" {
				save(t, target, old)
			}
			link, link2 := filepath.Join(dir, "link"), filepath.Join(dir, "link2")
			for name, to := range map[string]string{link: "other/target", link2: link} {
				if err := os.Symlink(to, name); err != nil {
					t.Fatal(err)
				}
			}
			commit(t, open, link2, "new\n")
			for name, to := range map[string]string{link: "other/target", link2: link} {
				if got, err := os.Readlink(name); err != nil || got != to {
					t.Errorf("%s with old content %q: the link %s leads to %q, %v", maker, old, filepath.Base(name), got, err)
				}
			}
			want := "new\n"
			if maker == "Append" {
				want = old + want
			}
			expect(t, target, want)
			expectNames(t, dir, "link", "link2", "other")
			expectNames(t, other, "target")
		}
	}
}

// TestHardLink expects another name of the old file to keep the old content, and rows to be added to
// what both are.
func TestHardLink(t *testing.T) {
	for maker, want := range map[string]string{"Create": "old\n", "Append": "old\nnew\n"} {
		dir := t.TempDir()
		path, other := filepath.Join(dir, "out"), filepath.Join(dir, "other")
		save(t, path, "old\n")
		if err := os.Link(path, other); err != nil {
			t.Skip(err)
		}
		commit(t, makers[maker], path, "new\n")
		expect(t, other, want)
		expectNames(t, dir, "other", "out")
	}
}

// TestLinkLoop must not end in a file beside the links.
func TestLinkLoop(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink("link", link); err != nil {
		t.Fatal(err)
	}
	for maker, open := range makers {
		if out, err := open(link); err == nil {
			out.Abort()
			t.Errorf("%s takes a link to itself", maker)
		}
	}
	expectNames(t, dir, "link")
}

// TestPipe writes to a pipe as it is, at once.
func TestPipe(t *testing.T) {
	for maker, open := range makers {
		dir := t.TempDir()
		path := filepath.Join(dir, "pipe")
		if err := unix.Mkfifo(path, 0o600); err != nil {
			t.Skip(err)
		}
		read := make(chan string)
		go func() {
			b, _ := os.ReadFile(path)
			read <- string(b)
		}()
		out, err := open(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Header([]byte("header\n")); err != nil {
			t.Fatal(err)
		}
		write(t, out, "row\n")
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := <-read; got != "header\nrow\n" {
			t.Errorf("%s: the pipe held %q", maker, got)
		}
		expectNames(t, dir, "pipe")
	}
}

// TestNamelessPipe writes to what /dev/stdout is in a pipeline: a link to a
// file that has no name.
func TestNamelessPipe(t *testing.T) {
	for maker, open := range makers {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		link := filepath.Join(dir, "stdout")
		if err := os.Symlink(fmt.Sprintf("/proc/self/fd/%d", w.Fd()), link); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(link); err != nil {
			t.Skip(err)
		}
		out, err := open(link)
		if err != nil {
			t.Errorf("%s: %v", maker, err)
			continue
		}
		write(t, out, "row\n")
		if err := out.Commit(context.Background()); err != nil {
			t.Errorf("%s: %v", maker, err)
		}
		w.Close()
		if b, err := io.ReadAll(r); err != nil || string(b) != "row\n" {
			t.Errorf("%s: the pipe held %q, %v", maker, b, err)
		}
		r.Close()
		if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
			t.Errorf("%s: the link became %v, %v", maker, info.Mode(), err)
		}
		expectNames(t, dir, "stdout")
	}
}

func TestDevice(t *testing.T) {
	for _, open := range makers {
		commit(t, open, os.DevNull, "row\n")
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatalf("%s became %v, %v", os.DevNull, info.Mode(), err)
	}
}
