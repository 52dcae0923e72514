package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

const (
	appenders  = 20
	rowsOfEach = 200
)

// appendRows appends the rows of one run, when wait has returned.
func appendRows(path, tag string, wait func()) error {
	out, err := Append(path, Options{})
	if err != nil {
		return err
	}
	defer out.Abort()
	if err := out.Header([]byte("tag,row\n")); err != nil {
		return err
	}
	for i := range rowsOfEach {
		if _, err := fmt.Fprintf(out, "%s,%d\n", tag, i); err != nil {
			return err
		}
	}
	wait()
	return out.Commit(context.Background())
}

// appendChild is a process that appends when its standard input ends.
func appendChild(args []string) error {
	return appendRows(args[0], args[1], func() { _, _ = io.Copy(io.Discard, os.Stdin) })
}

// checkAppended expects the header once, and the rows of each run together.
func checkAppended(t *testing.T, path, first string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(string(b), first)
	if !ok {
		t.Fatalf("the file begins with %.100q; want %q", b, first)
	}
	seen := map[string]bool{}
	for len(rest) > 0 {
		tag, _, _ := strings.Cut(rest, ",")
		if seen[tag] {
			t.Fatalf("the rows of %q stand apart", tag)
		}
		seen[tag] = true
		for i := range rowsOfEach {
			line := tag + "," + strconv.Itoa(i) + "\n"
			if rest, ok = strings.CutPrefix(rest, line); !ok {
				t.Fatalf("%.50q stands where %q should", rest, line)
			}
		}
	}
	if len(seen) != appenders {
		t.Errorf("rows of %d runs; want %d", len(seen), appenders)
	}
	expectNames(t, filepath.Dir(path), filepath.Base(path))
}

// runAppenders runs all at once; each is to wait until start is closed.
func runAppenders(t *testing.T, run func(tag string, start chan struct{}) error) {
	t.Helper()
	errs, start := make(chan error), make(chan struct{})
	for i := range appenders {
		go func() { errs <- run("run"+strconv.Itoa(i), start) }()
	}
	time.Sleep(50 * time.Millisecond) // so that most have come to the commit
	close(start)
	for range appenders {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestAppendersGoroutines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	runAppenders(t, func(tag string, start chan struct{}) error {
		return appendRows(path, tag, func() { <-start })
	})
	checkAppended(t, path, "tag,row\n")
}

func TestAppendersProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	save(t, path, "tag,row\nold,1") // whose last line is not ended
	runAppenders(t, func(tag string, start chan struct{}) error {
		return runChild(start, "append", path, tag)
	})
	checkAppended(t, path, "tag,row\nold,1\n")
}

// runChild runs one of the children programs; its standard input ends when
// start is closed.
func runChild(start chan struct{}, args ...string) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childVariable+"="+strings.Join(args, "\n"))
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	go func() { <-start; in.Close() }()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// TestAppendWaits has the lock in other hands, and gives up when told to.
func TestAppendWaits(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	save(t, path, "old\n")
	lock := flock.New(lockPath(path))
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()

	out, err := Append(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, out, "row\n")
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	if err := out.Commit(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Commit of a locked file: %v", err)
	}
	expect(t, path, "old\n")
	if lockPath(path) == path {
		expectNames(t, dir, "out")
	}
}

// TestAppendWaiting expects to be called once, if the lock is held for long.
func TestAppendWaiting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out")
	lock := flock.New(lockPath(path))
	for held, want := range map[time.Duration]int{0: 0, 5 * lockPatience / 2: 1} {
		if err := lock.Lock(); err != nil {
			t.Fatal(err)
		}
		calls := 0
		out, err := Append(path, Options{Waiting: func(int) { calls++ }})
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(held, func() { _ = lock.Unlock() })
		write(t, out, "row\n")
		if err := out.Commit(context.Background()); err != nil {
			t.Fatal(err)
		}
		if calls != want {
			t.Errorf("%d calls in %v; want %d", calls, held, want)
		}
	}
}

// TestAppendReplaced has another program put a new file where the one was
// whose lock is waited for.
func TestAppendReplaced(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	if lockPath(path) != path {
		t.Skip("an open file cannot be replaced here")
	}
	save(t, path, "old\n")
	lock := flock.New(path)
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	out, err := Append(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, out, "row\n")
	done := make(chan error)
	go func() { done <- out.Commit(context.Background()) }()
	time.Sleep(30 * time.Millisecond) // it waits by now, or else has it easier
	save(t, path+"2", "new\n")
	lock2 := flock.New(path + "2")
	if err := lock2.Lock(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"2", path); err != nil {
		t.Fatal(err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(30 * time.Millisecond)
	expect(t, path, "new\n") // it is in other hands, too
	if err := lock2.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	expect(t, path, "new\nrow\n")
	expectNames(t, dir, "out")
}
