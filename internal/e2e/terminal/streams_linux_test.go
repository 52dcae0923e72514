package terminal

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// held starts a command over a FIFO that has delivered one row, and waits until that is shown.
func held(t *testing.T, o screen.Options, args ...string) (*screen.Terminal, fifo) {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	pipe := newFIFO(t, o.Dir)
	pipe.write(t, "11865,a\n")
	term := screen.Start(t, o, append([]string{"linefork", "grep", "11865", "fifo"}, args...)...)
	if o.Stdout == nil {
		term.Until("a row", func(s screen.Screen) bool { return strings.Contains(s.String(), "11865,a") })
	}
	return term, pipe
}

// TestPlainTerminal is about terminals that cannot show a bar.
func TestPlainTerminal(t *testing.T) {
	begin(t)
	for _, test := range []struct{ env, progress string }{
		{"TERM=dumb", "auto"}, {"TERM=dumb", "always"}, {"TERM=dumb", "workers"}, {"TERM=", "auto"},
	} {
		t.Run(test.env+" "+test.progress, func(t *testing.T) {
			t.Parallel()
			term, pipe := held(t, screen.Options{Env: []string{test.env}}, "--progress="+test.progress)
			time.Sleep(unseen)
			pipe.Close()
			if status := term.Wait(); status != 0 {
				t.Errorf("status %d", status)
			}
			noControl(t, term.Written())
		})
	}
}

// TestNoColor is about people who want no colors.
func TestNoColor(t *testing.T) {
	begin(t)
	color := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, progress := range []string{"always", "workers"} {
		term, pipe := held(t, screen.Options{Env: []string{"NO_COLOR=1"}}, "--progress="+progress)
		term.Until("a bar", hasBar)
		pipe.Close()
		_ = term.Wait()
		if c := color.FindString(term.Written()); c != "" {
			t.Errorf("%q in spite of NO_COLOR", c)
		}
	}
}

// TestErrorFile sends standard error to a file. Nothing of a bar is on the terminal, and nothing for
// terminals in the file.
func TestErrorFile(t *testing.T) {
	begin(t)
	for _, progress := range []string{"auto", "always", "workers"} {
		t.Run(progress, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "stderr")
			f, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			term, pipe := held(t, screen.Options{Dir: dir, Stderr: f}, "--progress="+progress)
			content := func() string {
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				return string(b)
			}
			if progress == "auto" {
				time.Sleep(unseen)
			} else {
				late := time.Now().Add(screen.Patience)
				for ; !rate.MatchString(content()); time.Sleep(50 * time.Millisecond) {
					if time.Now().After(late) {
						t.Fatalf("no progress in %q", content())
					}
				}
			}
			pipe.Close()
			if status := term.Wait(); status != 0 {
				t.Errorf("status %d", status)
			}
			if got := term.Written(); got != "11865,a\r\n" {
				t.Errorf("%q on the terminal", got)
			}
			text := content()
			noControl(t, text)
			if progress == "auto" && text != "" || text != "" && !strings.HasSuffix(text, "\n") {
				t.Errorf("%q in the file", text)
			}
		})
	}
}

// TestOutputFile sends standard output to a file. The bar is on the terminal.
func TestOutputFile(t *testing.T) {
	begin(t)
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "stdout"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	term, pipe := held(t, screen.Options{Dir: dir, Stdout: f})
	term.Until("a bar", hasBar)
	pipe.Close()
	if status := term.Wait(); status != 0 || len(term.Text()) != 0 {
		t.Errorf("status %d, %q", status, term.Text())
	}
	if b, err := os.ReadFile(f.Name()); err != nil || string(b) != "11865,a\n" {
		t.Errorf("%q, %v", b, err)
	}
}
