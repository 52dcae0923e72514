//go:build unix && !aix && !solaris

package output

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestStale has the next run with the same target remove what a killed one has left, and nothing else.
func TestStale(t *testing.T) {
	withNames(t)
	const random = "0123456789abcdef"
	for _, open := range makers {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		save(t, filepath.Join(dir, ".out"+tempInfix+random), "stale")
		others := []string{
			".other" + tempInfix + random, ".out" + tempInfix + "y", ".out" + tempInfix + random + ".csv",
			"out" + tempInfix + random, ".out.linefork_" + random,
		}
		for _, name := range others {
			save(t, filepath.Join(dir, name), "another file")
		}
		link := ".out" + tempInfix + strings.Repeat("f", 16)
		if err := os.Symlink("other", filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
		commit(t, open, path, "new\n")
		expect(t, path, "new\n")
		left := append(others, link, "out")
		slices.Sort(left)
		expectNames(t, dir, left...)
	}
}

// TestStaleWithJournal keeps what is needed to undo an addition.
func TestStaleWithJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	interrupt(t, path, "old\n", "half a row\n", 6)
	out, err := Create(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	out.Abort()
	if err := appendRow(path); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "old\nnew\n")
}

// TestStaleWithPartOfJournal has rows of a run that was killed while it wrote its journal, which does
// not name them yet.
func TestStaleWithPartOfJournal(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	save(t, path, "old\n")
	save(t, journalPath(path), "4 \"\"")
	save(t, filepath.Join(dir, ".out.linefork-0123456789abcdef"), "rows\n")
	if err := appendRow(path); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "old\nnew\n")
	expectNames(t, dir, "out")
}

// TestInUse has many runs with one target side by side: none takes the file of another for a stale
// one, and whoever finds it knows that it is in use.
func TestInUse(t *testing.T) {
	withNames(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	done := make(chan error)
	for i := range 8 {
		go func() {
			for range 50 {
				out, err := Create(path, Options{})
				if err == nil {
					_, err = fmt.Fprintln(out, "run", i)
				}
				if err == nil {
					err = out.Commit(t.Context())
				}
				if err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	expectNames(t, dir, "out")

	out, err := Create(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer out.Abort()
	names, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(names) != 1 {
		t.Fatalf("%q, %v", names, err)
	}
	for name, want := range map[string]bool{names[0]: true, path: false} {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if got := InUse(f); got != want {
			t.Errorf("%s in use: %v", name, got)
		}
	}
}
