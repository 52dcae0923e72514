//go:build unix

package output

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func init() { children["append to full"] = appendFullChild }

// appendFullChild is a process whose files may have 4096 bytes, where there
// are 3000 already: it appends 3000 and expects that to fail. It is a process
// of its own because the limit is.
func appendFullChild(args []string) error {
	signal.Ignore(unix.SIGXFSZ)
	out, err := Append(args[0], Options{})
	if err != nil {
		return err
	}
	if _, err := out.Write([]byte(strings.Repeat("new row\n", 375))); err != nil {
		return err
	}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 4096, Max: 4096}); err != nil {
		return err
	}
	if err := out.Commit(context.Background()); !errors.Is(err, unix.EFBIG) {
		return fmt.Errorf("commit beyond the limit: %v", err)
	}
	return nil
}

// TestAppendFull has a copy fail halfway. What was there must be as before,
// even a last line without its end.
func TestAppendFull(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	old := strings.Repeat("old row\n", 375)
	old = old[:len(old)-1]
	save(t, path, old)
	start := make(chan struct{})
	close(start)
	if err := runChild(start, "append to full", path); err != nil {
		t.Fatal(err)
	}
	expect(t, path, old)
	expectNames(t, dir, "out")
}
