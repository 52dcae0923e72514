package worker

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// TestBatch has files of all kinds in one batch, some at the size limit.
func TestBatch(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	row := []byte("a\nb\n")
	paths := []string{
		file("empty", nil),
		file("rows", row),
		filepath.Join(dir, "missing"),
		file("largest", bytes.Repeat(row, SmallFile/len(row))),
		file("larger", append(bytes.Repeat(row, SmallFile/len(row)), 'a')),
		dir,
		file("binary", []byte("\x00a\na")),
	}
	var places []folder.Place
	for _, path := range paths {
		places = append(places, folder.Below(dir, path))
	}
	for _, mode := range []Mode{Processes, Threads} {
		pool, err := NewPool(Job{
			Grep: &grep.Spec{Pattern: regex.Spec{Patterns: []byte("a")}, Spans: true, Count: true},
		},
			Options{Mode: mode, Processes: 1})
		if err != nil {
			t.Fatal(err)
		}
		r, err := pool.Do(t.Context(), &Task{
			Name: "batch", Batch: &Batch{Files: places}, Grep: new(grep.Task),
		})
		if err != nil || len(r.Batch) != len(paths) {
			t.Fatalf("%s: %d results, %v", mode, len(r.Batch), err)
		}
		for i, want := range []FileResult{
			{Grep: &grep.Result{}},
			{Size: 4, Grep: &grep.Result{Selected: 1}},
			{Err: fs.ErrNotExist},
			{Size: SmallFile, Grep: &grep.Result{Selected: SmallFile / 4}},
			{Apart: true},
			{Apart: true},
			{Size: 4, Grep: &grep.Result{Quiet: 2, Binary: true}},
		} {
			got := r.Batch[i]
			if got.Apart != want.Apart || !errors.Is(got.Err, want.Err) || got.Opened ||
				got.Size != want.Size || (got.Grep == nil) != (want.Grep == nil) {
				t.Errorf("%s: %s: %+v, want %+v", mode, paths[i], got, want)
			}
			if got.Grep == nil || want.Grep == nil {
				continue
			}
			g, w := got.Grep, want.Grep
			if g.Selected != w.Selected || g.Quiet != w.Quiet || g.Binary != w.Binary {
				t.Errorf("%s: %s: %+v, want %+v", mode, paths[i], g, w)
			}
			if data, err := os.ReadFile(paths[i]); err == nil && len(got.Grep.Spans) > 0 &&
				!bytes.Equal(got.Data, data) {
				t.Errorf("%s: %s: other data", mode, paths[i])
			}
		}
		pool.Close()
	}
}
