//go:build unix

package output

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func init() { children["append and die"] = appendAndDie }

// appendAndDie is a process that kills itself when it has begun to copy.
func appendAndDie(args []string) error {
	path, size := args[0], int64(0)
	out, err := Append(path, Options{Committing: func() func() {
		if info, err := os.Stat(path); err == nil {
			size = info.Size()
		}
		go func() {
			for {
				if info, err := os.Stat(path); err == nil && info.Size() > size {
					_ = unix.Kill(os.Getpid(), unix.SIGKILL)
				}
			}
		}()
		return func() {}
	}})
	if err != nil {
		return err
	}
	if err := out.Header([]byte("header\n")); err != nil {
		return err
	}
	if _, err := out.Write(bytes.Repeat([]byte("half a row\n"), 8<<20)); err != nil {
		return err
	}
	return errors.Join(out.Commit(context.Background()), errors.New("it was not killed"))
}

// TestAppendKilled appends after a run that was killed in its copy.
func TestAppendKilled(t *testing.T) {
	for _, old := range []string{"", "old\n", "old"} {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		save(t, path, old)
		start := make(chan struct{})
		close(start)
		err := runChild(start, "append and die", path)
		if err == nil || !strings.Contains(err.Error(), "signal: killed") {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Size() == int64(len(old)) {
			t.Fatalf("it was killed too early: %v, %v", info, err)
		}
		if err := appendRow(path); err != nil {
			t.Fatal(err)
		}
		expect(t, path, strings.TrimPrefix(strings.TrimSuffix(old, "\n")+"\nnew\n", "\n"))
		expectNames(t, dir, "out")
	}
}
