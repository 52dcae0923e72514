package output

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// interrupt leaves the target, its journal and the temporary file as a run leaves them
// that is killed when it has added so many bytes of rows to a target with the content old.
func interrupt(t *testing.T, path, old, rows string, added int) {
	t.Helper()
	save(t, path, old+rows[:added])
	temporary := filepath.Join(filepath.Dir(path), ".out.linefork-0123456789abcdef")
	save(t, temporary, rows)
	j := journal{size: int64(len(old)), rows: filepath.Base(temporary)}
	done, err := j.save(journalPath(path), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	done()
}

func appendRow(path string) error {
	out, err := Append(path, Options{})
	if err != nil {
		return err
	}
	defer out.Abort()
	if _, err := out.Write([]byte("new\n")); err != nil {
		return err
	}
	return out.Commit(context.Background())
}

// TestJournal undoes what a killed run has added, wherever that was broken off.
func TestJournal(t *testing.T) {
	rows := strings.Repeat("half a row\n", 12000) // more than is compared at once
	for _, added := range []int{0, 1, 15, 64 << 10, 64<<10 + 1, len(rows)} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		interrupt(t, path, "old\n", rows, added)
		if err := appendRow(path); err != nil {
			t.Fatal(err)
		}
		expect(t, path, "old\nnew\n")
		expectNames(t, dir, "out")
	}
}

// TestJournalOthers leaves alone what another program has written since.
func TestJournalOthers(t *testing.T) {
	for _, content := range []string{"old\nhalf another\n", "old\nhalf a row\nanother\n"} {
		path := filepath.Join(t.TempDir(), "out")
		interrupt(t, path, "old\n", "half a row\n", 6)
		save(t, path, content)
		err := appendRow(path)
		if err == nil || !strings.Contains(err.Error(), journalPath(path)) {
			t.Errorf("the error is %v", err)
		}
		expect(t, path, content)
		if err := os.Remove(journalPath(path)); err != nil {
			t.Fatal(err)
		}
		if err := appendRow(path); err != nil {
			t.Error(err)
		}
		expect(t, path, content+"new\n")
	}
}

// TestJournalCutBack takes a target that somebody has repaired for what it is.
func TestJournalCutBack(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	interrupt(t, path, "old\nolder\n", "row\n", 2)
	save(t, path, "old\n")
	if err := appendRow(path); err != nil {
		t.Fatal(err)
	}
	expect(t, path, "old\nnew\n")
	expectNames(t, dir, "out")
}

// TestJournalPart has a run killed while it writes its journal.
func TestJournalPart(t *testing.T) {
	whole := "12 \"\" \".out.linefork-0123456789abcdef\"\n"
	for n := range len(whole) - 1 {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		save(t, path, "a row that stays\n")
		save(t, journalPath(path), whole[:n])
		if err := appendRow(path); err != nil {
			t.Error(err)
		}
		expect(t, path, "a row that stays\nnew\n")
		expectNames(t, dir, "out")
	}
}

// TestJournalPath keeps targets with long names apart.
func TestJournalPath(t *testing.T) {
	seen := map[string]bool{}
	for _, base := range []string{"out", strings.Repeat("x", 254) + "1", strings.Repeat("x", 254) + "2"} {
		path := journalPath(filepath.Join("dir", base))
		name := filepath.Base(path)
		if len(name) > 255 || !MayBeTemporary(name) || filepath.Dir(path) != "dir" || seen[path] {
			t.Errorf("the journal of %s is %s", base, path)
		}
		seen[path] = true
	}
}

// TestJournalStays has a journal that cannot be removed after the rows were added: they are taken back,
// as the next run would do, and the run fails.
func TestJournalStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	save(t, path, "old\n")
	removeJournal = func(path string) error {
		return &fs.PathError{Op: "remove", Path: path, Err: syscall.EBUSY}
	}
	err := appendRow(path)
	removeJournal = os.Remove
	if !errors.Is(err, syscall.EBUSY) {
		t.Errorf("%v, want EBUSY", err)
	}
	expect(t, path, "old\n")
	expectNames(t, filepath.Dir(path), filepath.Base(journalPath(path)), "out")
	if err := appendRow(path); err != nil {
		t.Error(err)
	}
	expect(t, path, "old\nnew\n")
	expectNames(t, filepath.Dir(path), "out")
}
