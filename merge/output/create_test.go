package output

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// makers are the outputs that are files.
var makers = map[string]func(path string) (Output, error){
	"Create": func(path string) (Output, error) { return Create(path, Options{}) },
	"Append": func(path string) (Output, error) { return Append(path, Options{}) },
}

func write(t *testing.T, w io.Writer, s string) {
	t.Helper()
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
}

func save(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, path, content string) {
	t.Helper()
	if b, err := os.ReadFile(path); err != nil || string(b) != content {
		t.Errorf("%s holds %q, %v; want %q", filepath.Base(path), b, err, content)
	}
}

// expectNames checks what a folder holds.
func expectNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if !slices.Equal(names, want) {
		t.Errorf("the folder holds %q; want %q", names, want)
	}
}

// TestCommit expects nothing of the output before Commit, and all after it.
func TestCommit(t *testing.T) {
	for _, c := range []struct {
		maker, old, want string
	}{
		{"Create", "", "header\nrow\n"},
		{"Create", "old\n", "header\nrow\n"},
		{"Append", "", "header\nrow\n"},
		{"Append", "old\n", "old\nrow\n"},
		{"Append", "old", "old\nrow\n"},
		{"Append", "\n", "\nrow\n"},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		if c.old != "" {
			save(t, path, c.old)
		}
		out, err := makers[c.maker](path)
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Header([]byte("header\n")); err != nil {
			t.Fatal(err)
		}
		write(t, out, "r")
		write(t, out, "ow\n")
		if c.old != "" {
			expect(t, path, c.old)
		} else if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: the file is there before Commit: %v", c.maker, err)
		}
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		out.Abort() // has no effect now
		if err := out.Commit(context.Background()); err != nil {
			t.Errorf("%s: second Commit: %v", c.maker, err)
		}
		expect(t, path, c.want)
		expectNames(t, dir, "out")
	}
}

// TestCommitNothing commits an output to which nothing was written.
func TestCommitNothing(t *testing.T) {
	for maker, want := range map[string]string{"Create": "", "Append": "old\n"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		save(t, path, "old\n")
		out, err := makers[maker](path)
		if err != nil {
			t.Fatal(err)
		}
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		expect(t, path, want)
		expectNames(t, dir, "out")
	}
}

func TestAbort(t *testing.T) {
	for maker, open := range makers {
		for _, old := range []string{"", "old"} {
			dir := t.TempDir()
			path := filepath.Join(dir, "out")
			if old != "" {
				save(t, path, old)
			}
			out, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := out.Header([]byte("header\n")); err != nil {
				t.Fatal(err)
			}
			write(t, out, "row\n")
			out.Abort()
			out.Abort()
			if err := out.Commit(context.Background()); err != nil {
				t.Errorf("%s: Commit after Abort: %v", maker, err)
			}
			if old != "" {
				expect(t, path, old)
				expectNames(t, dir, "out")
			} else {
				expectNames(t, dir)
			}
		}
	}
}

func commit(t *testing.T, open func(string) (Output, error), path, content string) {
	t.Helper()
	out, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Abort()
	write(t, out, content)
	if err := out.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// withNames makes temporary files have names for a test.
func withNames(t *testing.T) {
	createFirst = func(string, fs.FileMode) (*os.File, error) { return nil, errors.ErrUnsupported }
	t.Cleanup(func() { createFirst = createUnnamed })
}

// TestNamed is for file systems without unnamed files.
func TestNamed(t *testing.T) {
	withNames(t)
	for maker, open := range makers {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		commit(t, open, path, "new\n")
		expect(t, path, "new\n")
		out, err := open(path)
		if err != nil {
			t.Fatal(maker, err)
		}
		out.Abort()
		expect(t, path, "new\n")
		expectNames(t, dir, "out")
	}
}

// TestTemporary expects the temporary file beside the output, under a name
// that MayBeTemporary knows.
func TestTemporary(t *testing.T) {
	withNames(t)
	for maker, open := range makers {
		dir := t.TempDir()
		out, err := open(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 || !MayBeTemporary(entries[0].Name()) {
			t.Errorf("%s: the folder holds %v, %v", maker, entries, err)
		}
		out.Abort()
	}
	for _, name := range []string{
		"out", ".out", "linefork-", "", "a.linefork-0123456789abcdef", ".a.linefork-0123456789abcde",
		".a.linefork-0123456789abcdef0", ".a.linefork-0123456789ABCDEF", ".a.linefork-y",
		".a.linefork-0123456789abcdef.csv",
	} {
		if MayBeTemporary(name) {
			t.Errorf("%q is taken for a temporary file", name)
		}
	}
}

func TestOutputRefused(t *testing.T) {
	dir := t.TempDir()
	save(t, filepath.Join(dir, "file"), "")
	for maker, open := range makers {
		if out, err := open(dir); !errors.Is(err, syscall.EISDIR) || out != nil {
			t.Errorf("%s of a folder: %v", maker, err)
		}
		for _, path := range []string{"missing/out", "file/out"} {
			if out, err := open(filepath.Join(dir, path)); err == nil || out != nil {
				t.Errorf("%s of %s: %v", maker, path, err)
			}
		}
	}
	expectNames(t, dir, "file")
}

// TestReplacedAtOnce reads the target all the time: it is there, and either old or new.
func TestReplacedAtOnce(t *testing.T) {
	eachTemp(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "out")
		contents := [2]string{strings.Repeat("a\n", 1<<16), strings.Repeat("b\n", 1<<17)}
		save(t, path, contents[0])
		over := make(chan struct{})
		var reading sync.WaitGroup
		reading.Go(func() {
			for {
				if b, err := os.ReadFile(path); err != nil || !slices.Contains(contents[:], string(b)) {
					t.Errorf("%d bytes: %.10q, %v", len(b), b, err)
				}
				select {
				case <-over:
					return
				default:
				}
			}
		})
		for i := range 300 {
			commit(t, makers["Create"], path, contents[(i+1)%2])
		}
		close(over)
		reading.Wait()
	})
}

// TestTwoCreate has the output that is committed last win, whole.
func TestTwoCreate(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	var outs [2]Output
	for i := range outs {
		var err error
		if outs[i], err = Create(path, Options{}); err != nil {
			t.Fatal(err)
		}
		write(t, outs[i], strings.Repeat(string(rune('a'+i)), 10-5*i))
	}
	for i, want := range []string{"aaaaaaaaaa", "bbbbb"} {
		if err := outs[i].Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		expect(t, path, want)
	}
	expectNames(t, dir, "out")
}
