//go:build unix && !aix && !solaris

package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestAppendRotated renames the target again and again, as logrotate does: each row must
// be in one of the files.
func TestAppendRotated(t *testing.T) {
	const rows = 300
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	var over atomic.Bool
	rotated := make(chan []string)
	go func() {
		var files []string
		for !over.Load() {
			to := filepath.Join(dir, fmt.Sprintf("old%d", len(files)))
			if os.Rename(path, to) == nil {
				files = append(files, to)
			}
		}
		rotated <- files
	}()
	for range rows {
		out, err := Append(path, Options{})
		for errors.Is(err, fs.ErrNotExist) { // renamed while it was looked at
			out, err = Append(path, Options{})
		}
		if err != nil {
			t.Error(err)
			break
		}
		write(t, out, "row\n")
		if err := out.Commit(context.Background()); err != nil {
			t.Error(err)
		}
	}
	over.Store(true)
	got := 0
	for _, name := range append(<-rotated, path) {
		b, err := os.ReadFile(name)
		if err != nil && name != path {
			t.Error(err)
		}
		got += strings.Count(string(b), "row\n")
	}
	if got != rows {
		t.Errorf("%d of %d rows are in the files", got, rows)
	}
}
