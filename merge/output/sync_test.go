package output

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

var syncing = map[string]func(path string) (Output, error){
	"Create": func(path string) (Output, error) { return Create(path, Options{Sync: true}) },
	"Append": func(path string) (Output, error) { return Append(path, Options{Sync: true}) },
}

// syncs has fsync call f with what is forced to the disk: the target, "journal", "folder" or, for
// anything else, "rows". Nothing is, unless f returns an error.
func syncs(t *testing.T, path string, f func(what string) error) {
	t.Helper()
	real := fsync
	fsync = func(file *os.File) error {
		what := "rows"
		if info, err := file.Stat(); err != nil {
			t.Error(err)
		} else if info.IsDir() {
			what = "folder"
		} else if target, err := os.Stat(path); err == nil && os.SameFile(info, target) {
			what = "target"
		} else if file.Name() == journalPath(path) {
			what = "journal"
		}
		return f(what)
	}
	t.Cleanup(func() { fsync = real })
}

// eachTemp runs a test with unnamed and with named temporary files.
func eachTemp(t *testing.T, test func(t *testing.T)) {
	t.Run("unnamed", test)
	t.Run("named", func(t *testing.T) {
		withNames(t)
		test(t)
	})
}

// state says what the target holds, and whether its journal is there.
func state(path string) string {
	b, _ := os.ReadFile(path)
	s := strings.ReplaceAll(string(b), "\n", " ")
	if _, err := os.Stat(journalPath(path)); err == nil {
		s += "+ journal"
	}
	return strings.TrimSpace(s)
}

// TestSyncOrder expects each thing on the disk before the next one depends on it.
func TestSyncOrder(t *testing.T) {
	eachTemp(t, func(t *testing.T) {
		for maker, want := range map[string][]string{
			"Create": {"rows: old", "folder: new"},
			"Append": {
				"rows: old", "journal: old + journal", "folder: old + journal",
				"target: old new + journal", "folder: old new",
			},
		} {
			path := filepath.Join(t.TempDir(), "out")
			save(t, path, "old\n")
			var got []string
			syncs(t, path, func(what string) error {
				got = append(got, what+": "+state(path))
				return nil
			})
			commit(t, syncing[maker], path, "new\n")
			if !slices.Equal(got, want) {
				t.Errorf("%s: %q, want %q", maker, got, want)
			}
			got = nil
			commit(t, makers[maker], path, "new\n")
			for _, step := range got {
				if !strings.HasPrefix(step, "journal:") {
					t.Errorf("%s without Sync: %q", maker, got)
				}
			}
		}
	})
}

// TestSyncFails has each sync fail in turn. The error says what the target holds then, and nothing
// is left beside it.
func TestSyncFails(t *testing.T) {
	eachTemp(t, func(t *testing.T) {
		for maker, syncsOf := range map[string]int{"Create": 2, "Append": 5} {
			for failing := range syncsOf {
				dir := t.TempDir()
				path := filepath.Join(dir, "out")
				save(t, path, "old\n")
				n := 0
				syncs(t, path, func(string) error {
					if n++; n == failing+1 {
						return &os.PathError{Op: "sync", Path: "x", Err: syscall.EIO}
					}
					return nil
				})
				out, err := syncing[maker](path)
				if err != nil {
					t.Fatal(err)
				}
				write(t, out, "new\n")
				var failed *SyncError
				err = out.Commit(context.Background())
				if !errors.As(err, &failed) || !errors.Is(err, syscall.EIO) {
					t.Fatalf("%s, sync %d: %v", maker, failing, err)
				}
				want, last := "old\n", failing == syncsOf-1
				switch {
				case last && maker == "Create":
					want = "new\n"
				case last:
					want = "old\nnew\n"
				}
				if failed.Written != last {
					t.Errorf("%s, sync %d: %v", maker, failing, err)
				}
				expect(t, path, want)
				expectNames(t, dir, "out")
			}
		}
	})
}

// TestSyncUndo expects what a killed run has left to be cut off on the disk, too, before its journal
// goes.
func TestSyncUndo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	interrupt(t, path, "old\n", "row\n", 2)
	var first string
	syncs(t, path, func(what string) error {
		if first == "" {
			first = what + ": " + state(path)
		}
		return nil
	})
	commit(t, syncing["Append"], path, "new\n")
	if want := "target: old + journal"; first != want {
		t.Errorf("first is %q, want %q", first, want)
	}
	expect(t, path, "old\nnew\n")
}

// TestUndoFails keeps the journal where rows can be neither added nor taken back.
func TestUndoFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	save(t, path, "old\n")
	syncs(t, path, func(what string) error {
		if what == "target" {
			return syscall.EIO
		}
		return nil
	})
	out, err := syncing["Append"](path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, out, "new\n")
	var undo *UndoError
	if err := out.Commit(context.Background()); !errors.As(err, &undo) {
		t.Fatal(err)
	}
	if got := state(path); got != "old + journal" {
		t.Errorf("there is %q", got)
	}
	commit(t, makers["Append"], path, "newer\n")
	expect(t, path, "old\nnewer\n")
	expectNames(t, dir, "out")
}

// TestSyncStream syncs a stream where the system can do that.
func TestSyncStream(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for maker, open := range map[string]func(string, Options) (Output, error){
		"Create": Create, "Append": Append,
	} {
		for _, cause := range []error{nil, syscall.EINVAL, syscall.EIO} {
			n := 0
			syncs(t, path, func(what string) error {
				if n++; what != "target" {
					t.Errorf("%s: %s is synced", maker, what)
				}
				return cause
			})
			out, err := open(path, Options{Sync: true, Standard: []*os.File{f}})
			if err != nil {
				t.Fatal(err)
			}
			write(t, out, "row\n")
			err = out.Commit(context.Background())
			if cause == syscall.EIO {
				if failed := (*SyncError)(nil); !errors.As(err, &failed) || !failed.Written {
					t.Errorf("%s: %v", maker, err)
				}
			} else if err != nil {
				t.Errorf("%s, %v: %v", maker, cause, err)
			}
			if err := out.Commit(context.Background()); err != nil || n != 1 {
				t.Errorf("%s: second Commit: %v, %d syncs", maker, err, n)
			}
		}
	}
}

// TestSyncPipe writes to what cannot be synced.
func TestSyncPipe(t *testing.T) {
	for _, open := range syncing {
		commit(t, open, os.DevNull, "row\n")
	}
}
