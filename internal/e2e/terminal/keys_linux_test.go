package terminal

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// unseen is how long a test waits for a bar that must not come. By default one comes after a second.
const unseen = 1500 * time.Millisecond

// The commands that read standard input, and what they say about the line "1,a".
var readers = []struct {
	args           []string
	says           []string // about the line
	status, nought int      // with and without it
}{
	{[]string{"count"}, []string{"1"}, 0, 0},
	{[]string{"count", "-lwm"}, []string{"      1       1       4"}, 0, 0},
	{[]string{"count", "--by=1"}, []string{"1,1"}, 0, 0},
	{[]string{"grep", "a"}, []string{"1,a"}, 0, 1},
	{[]string{"filter", "--key=1"}, []string{"1,a"}, 0, 1},
}

// TestEndOfTyping ends the input by a single Control-D. What is typed is not disturbed by a bar.
func TestEndOfTyping(t *testing.T) {
	begin(t)
	for _, test := range readers {
		for _, option := range []string{"", "--decompress", "--mode=processes", "--mode=serial"} {
			args := slices.Concat([]string{"linefork"}, test.args)
			if option != "" {
				args = append(args, option)
			}
			t.Run(strings.Join(args, " "), func(t *testing.T) {
				t.Parallel()
				term := screen.Start(t, screen.Options{}, args...)
				term.Type("\x04")
				if status := term.Wait(); status != test.nought {
					t.Errorf("status %d without input, want %d", status, test.nought)
				}

				term = screen.Start(t, screen.Options{}, args...)
				time.Sleep(unseen)
				term.Type("1,a\r")
				time.Sleep(unseen / 10)
				term.Type("\x04")
				status := term.Wait()
				noControl(t, term.Written())
				if text := term.Text(); status != test.status ||
					!slices.Equal(text, append([]string{"1,a"}, test.says...)) {
					t.Errorf("status %d, %q", status, text)
				}
			})
		}
	}
}

// TestInterrupt types Control-C in the middle of a run. What was there stays, and no bar does.
func TestInterrupt(t *testing.T) {
	begin(t)
	for _, mode := range []string{"processes", "threads", "serial"} {
		for _, progress := range []string{"auto", "always", "workers"} {
			t.Run(mode+" "+progress, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				pipe := newFIFO(t, dir)
				pipe.write(t, "11865,a\n")
				term := screen.Start(t, screen.Options{Dir: dir}, "linefork", "filter", "--key=11865",
					"--mode="+mode, "-j2", "--progress="+progress, filepath.Base(pipe.path))
				term.Until("a bar", hasBar)
				term.Type("\x03")
				if status := term.Wait(); status != 128+int(syscall.SIGINT) {
					t.Errorf("status %d", status)
				}
				noBar(t, term)
			})
		}
	}
}

// TestBackground runs a job of a shell in the background, where it has no bar, and then in the
// foreground.
func TestBackground(t *testing.T) {
	begin(t)
	for _, progress := range []string{"auto", "workers"} {
		t.Run(progress, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			pipe := newFIFO(t, dir)
			pipe.write(t, "11865,a\n")
			const job = `set -m; "$@" & read go; fg`
			term := screen.Start(t, screen.Options{Dir: dir}, "sh", "-c", job, "sh", "linefork", "grep",
				"--mode=serial", "--progress="+progress, "11865", "fifo")
			term.Until("a row", func(s screen.Screen) bool {
				return strings.Contains(s.String(), "11865,a")
			})
			time.Sleep(unseen)
			noControl(t, term.Written())
			term.Type("\r")
			term.Until("a bar", hasBar)
			pipe.Close()
			if status := term.Wait(); status != 0 {
				t.Errorf("status %d", status)
			}
			noBar(t, term)
		})
	}
}
