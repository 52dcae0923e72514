//go:build unix

package worker

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/folder"
	"github.com/linefork/linefork/worker/wc"
)

// TestBatchSwapped has links and FIFOs where files were found.
func TestBatchSwapped(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		os.WriteFile(path("file"), []byte("a\n"), 0o600),
		os.Symlink("file", path("link")),
		syscall.Mkfifo(path("fifo"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	direct, err := NewDirect(Job{Count: &Count{Want: wc.Lines}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	for _, test := range []struct {
		place  folder.Place
		follow bool
		apart  bool
	}{
		{folder.Below(dir, path("file")), false, false},
		{folder.Below(dir, path("link")), false, true},
		{folder.Below(dir, path("link")), true, false},
		{folder.Named(path("link")), false, false},
		{folder.Below(dir, path("fifo")), false, true},
		{folder.Below(dir, path("fifo")), true, true},
	} {
		r, err := direct.Do(t.Context(), &Task{Batch: &Batch{
			Files: []folder.Place{test.place}, FollowLinks: test.follow,
		}})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Batch[0]; got.Apart != test.apart || got.Err != nil {
			t.Errorf("%+v: %+v", test, got)
		}
	}
}
