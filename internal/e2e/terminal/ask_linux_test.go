package terminal

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/linefork/linefork/internal/e2e/screen"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// answer is the line that SIGUSR1 asks for.
var answer = regexp.MustCompile(`^linefork: fifo: 8 B, .*B/s, 1 hit, `)

// answers is the number of such lines.
func answers(s screen.Screen) (n int) {
	for _, l := range s.Lines {
		if answer.MatchString(l.Text) {
			n++
		}
	}
	return n
}

// ask sends the signal until it is heard, which a run that has just begun does not, and returns the
// number of answers.
func ask(t *testing.T, term *screen.Terminal, send func()) int {
	t.Helper()
	for late := time.Now().Add(screen.Patience); answers(term.Screen()) == 0; {
		if time.Now().After(late) {
			t.Fatalf("no answer:\n%v", term.Screen())
		}
		send()
		time.Sleep(unseen)
	}
	time.Sleep(unseen) // for what was sent last
	return answers(term.Screen())
}

// TestAsk asks how far a run has come. The line is printed at once, and once for each signal.
func TestAsk(t *testing.T) {
	begin(t)
	for _, mode := range []string{"", "processes", "threads", "serial"} {
		for _, progress := range []string{"never", "always", "workers"} {
			t.Run(mode+" "+progress, func(t *testing.T) {
				t.Parallel()
				args := []string{"--progress=" + progress}
				if mode != "" {
					args = append(args, "--mode="+mode)
				}
				term, pipe := held(t, screen.Options{}, args...)
				signal := func() { term.Signal(syscall.SIGUSR1) }
				n := ask(t, term, signal) + 1
				signal()
				term.Until("another answer", func(s screen.Screen) bool { return answers(s) == n })
				pipe.write(t, "11865,b\n")
				pipe.Close()
				if status := term.Wait(); status != 0 {
					t.Errorf("status %d", status)
				}
				text := term.Text()
				if len(text) != n+2 || text[0] != "11865,a" || text[n+1] != "11865,b" {
					t.Errorf("%q", text)
				}
			})
		}
	}
}

// TestAskWorkers sends the signal to workers as well, as "kill -USR1 -PGID" does.
func TestAskWorkers(t *testing.T) {
	begin(t)
	term, pipe := held(t, screen.Options{}, "--mode=processes", "-j2", "--progress=never",
		"--retries=0")
	workers := setup.Children(term.Pid())
	if len(workers) == 0 {
		t.Fatal("there are no workers")
	}
	n := ask(t, term, func() {
		if err := syscall.Kill(-term.Pid(), syscall.SIGUSR1); err != nil {
			t.Fatal(err)
		}
	})
	pipe.write(t, "11865,b\n")
	pipe.Close()
	status, text := term.Wait(), term.Text()
	if status != 0 || len(text) != n+2 || text[n+1] != "11865,b" {
		t.Errorf("status %d, %q", status, text)
	}
}

// TestStats has the statistics on a terminal, below all else.
func TestStats(t *testing.T) {
	begin(t)
	for _, mode := range []string{"processes", "threads", "serial"} {
		for _, progress := range []string{"never", "always", "workers"} {
			t.Run(mode+" "+progress, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				a, b := rows(0, 3000), rows(3000, 4000)
				writeFile(t, filepath.Join(dir, "a"), a)
				writeFile(t, filepath.Join(dir, "b"), b)
				args := []string{"linefork", "filter", "--key=" + marker, "--count", "--mode=" + mode, "-j2",
					"--range-size=10K", "--progress=" + progress, "a", "b"}
				o := screen.Options{Dir: dir, Size: screen.Size{Columns: 2000, Rows: 24}}

				term := screen.Start(t, o, append(args, "--stats=json")...)
				status, text := term.Wait(), term.Text()
				const hits = 572 // every seventh row
				if status != 0 || len(text) != 2 || text[0] != "572" {
					t.Fatalf("status %d, %q", status, text)
				}
				var got struct {
					Mode        string
					Inputs      int
					Bytes, Hits int64
					Seconds     float64
					BytesPerS   float64 `json:"bytes_per_s"`
					Tasks       int
					Retries     int
					Workers     []struct{ Bytes, Hits int64 }
				}
				if err := json.Unmarshal([]byte(text[1]), &got); err != nil {
					t.Fatal(err)
				}
				var sum struct{ bytes, hits int64 }
				for _, w := range got.Workers {
					sum.bytes += w.Bytes
					sum.hits += w.Hits
				}
				size := int64(len(a) + len(b))
				if got.Mode != mode || got.Inputs != 2 || got.Bytes != size || got.Hits != hits ||
					got.Retries != 0 || sum.bytes != size || sum.hits != hits || got.Tasks < 4 ||
					got.Seconds <= 0 || got.BytesPerS <= 0 {
					t.Errorf("%+v of %d bytes", got, size)
				}

				term = screen.Start(t, o, append(args, "--stats")...)
				status, text = term.Wait(), term.Text()
				if status != 0 || len(text) < 4 || text[0] != "572" || !strings.HasPrefix(text[1], "inputs ") {
					t.Errorf("status %d, %q", status, text)
				}
			})
		}
	}
}
