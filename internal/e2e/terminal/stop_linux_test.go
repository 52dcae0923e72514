package terminal

import (
	"syscall"
	"testing"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// TestStop stops a run as Ctrl-Z does. The shell finds no bar, and there is one when it goes on.
func TestStop(t *testing.T) {
	begin(t)
	for _, mode := range []string{"processes", "threads"} {
		for _, progress := range []string{"always", "workers"} {
			t.Run(mode+" "+progress, func(t *testing.T) {
				t.Parallel()
				term, pipe := held(t, screen.Options{}, "--mode="+mode, "--progress="+progress)
				for range 3 {
					term.Until("a bar", hasBar)
					term.Signal(syscall.SIGTSTP)
					term.Until("no bar", func(s screen.Screen) bool { return !hasBar(s) })
					term.Stopped()
					term.Signal(syscall.SIGCONT)
				}
				term.Until("a bar", hasBar)
				pipe.write(t, "11865,b\n")
				pipe.Close()
				if status, text := term.Wait(), term.Text(); status != 0 || len(text) != 2 {
					t.Errorf("status %d, %q", status, text)
				}
			})
		}
	}
}
