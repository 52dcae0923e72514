package terminal

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/linefork/linefork/bench/taxi"
	"github.com/linefork/linefork/internal/e2e/screen"
)

// TestRandom runs random commands with each kind of bar and without. What is on the terminal at the
// end, and the exit status, must be the same.
func TestRandom(t *testing.T) {
	begin(t)
	seed := *seed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1e9
	}
	t.Logf("%d commands from -terminal.seed=%d", *commands, seed)
	dir := t.TempDir()
	randomFiles(t, dir)
	numbers := make(chan int)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for n := range numbers {
				// A subtest of its own puts its terminals away when it is over.
				t.Run(strconv.Itoa(n), func(t *testing.T) {
					c := drawCommand(rand.New(rand.NewPCG(seed, uint64(n))))
					c.dir = dir
					if c.compare(t); t.Failed() {
						t.Errorf("drawn by -terminal.seed=%d -terminal.first=%d -terminal.commands=1", seed, n)
					}
				})
			}
		})
	}
	for n := range *commands {
		numbers <- *first + n
	}
	close(numbers)
	group.Wait()
}

// randomFiles makes the files that commands read.
func randomFiles(t *testing.T, dir string) {
	t.Helper()
	var rows bytes.Buffer
	if _, err := taxi.Write(&rows, taxi.Options{Rows: 2000, Seed: 1, Header: true}); err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(rows.String(), "\n")
	var archive bytes.Buffer
	z := gzip.NewWriter(&archive)
	_, _ = z.Write(rows.Bytes())
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for _, sub := range []string{"folder", "folder/below"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"large":          rows.String(),
		"small":          strings.Join(lines[:30], ""),
		"empty":          "",
		"unended":        strings.TrimSuffix(strings.Join(lines[:9], ""), "\n"),
		"quoted":         "id,note\n" + strings.Repeat("1,\"two\nlines, and \"\"quotes\"\"\"\n11865,x\n", 300),
		"open":           strings.Repeat("11865,a\n", 10) + "1,\"b\n",
		"wide":           strings.Repeat("11865,表格 äöü "+strings.Repeat("0123456789", 20)+"\n", 40),
		"binary":         "11865,a\n\x00\n" + strings.Repeat("11865,b\n", 20),
		"tabs":           strings.Repeat("11865\ta\t\tb\n", 30),
		"archive.gz":     archive.String(),
		"folder/a.csv":   strings.Join(lines[30:400], ""),
		"folder/b.csv":   strings.Join(lines[400:500], ""),
		"folder/below/c": strings.Join(lines[500:900], ""),
	} {
		writeFile(t, filepath.Join(dir, name), text)
	}
}

// command is a command on a terminal.
type command struct {
	dir   string
	args  []string
	stdin []string        // what standard input, a pipe, delivers at a time; nil: it is the terminal
	pause []time.Duration // before each
	size  screen.Size
}

func (c command) String() string {
	return fmt.Sprintf("linefork %s (%d pieces of standard input, %d × %d)",
		strings.Join(c.args, " "), len(c.stdin), c.size.Columns, c.size.Rows)
}

func (c command) compare(t *testing.T) {
	want, wantBytes, wantStatus := c.run(t, "never", nil)
	for _, progress := range []string{"always", "workers"} {
		const most = 8 + 1 // workers, and their sum
		watch := newWatcher(want, most)
		got, bytes, status := c.run(t, progress, watch)
		watch.done(t)
		same(t, strings.SplitAfter(withoutBars(bytes), "\n"), strings.SplitAfter(wantBytes, "\n"))
		same(t, got, want)
		if status != wantStatus {
			t.Errorf("status %d, without a bar %d", status, wantStatus)
		}
		if t.Failed() {
			t.Fatalf("%v --progress=%s", c, progress)
		}
	}
}

// run returns the lines on the terminal, all bytes that were written to it, and the exit status.
func (c command) run(t *testing.T, progress string, watch *watcher) (
	text []string, written string, status int,
) {
	t.Helper()
	// With "ne", colors erase nothing: at the end of a row, that would be its last character.
	o := screen.Options{Dir: c.dir, Size: c.size, Env: []string{"GREP_COLORS=ne"}}
	if watch != nil {
		o.Watch = watch.look
	}
	if c.stdin != nil {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		go func() {
			defer w.Close()
			for i, piece := range c.stdin {
				time.Sleep(c.pause[i])
				if _, err := w.WriteString(piece); err != nil {
					return // the program wants no more
				}
			}
		}()
		o.Stdin = r
	}
	args := slices.Concat([]string{"linefork"}, c.args, []string{"--progress=" + progress})
	term := screen.Start(t, o, args...)
	status = term.Wait()
	return term.Text(), term.Written(), status
}

// drawCommand draws a command.
func drawCommand(r *rand.Rand) (c command) {
	c.size = screen.Size{Columns: 30 + r.IntN(120), Rows: 3 + r.IntN(40)}
	add := func(oneIn int, options ...string) {
		if r.IntN(oneIn) == 0 {
			c.args = append(c.args, pick(r, options...))
		}
	}
	switch r.IntN(5) {
	case 0:
		c.args = append(c.args, "count")
		add(2, "-l", "-lwc", "-mL", "-c", "--json", "--csv", "--final")
		add(4, "--total=always", "--total=never", "--total=only")
	case 1:
		c.args = append(c.args, "count", "--by="+pick(r, "1", "2", "7", "occupied"))
		add(2, "--sort=count")
		add(4, "--header")
	case 2, 3:
		c.args = append(c.args, "grep")
		add(3, "-n", "-b", "-nH", "-h")
		add(5, "-c", "-l", "-L", "-o", "-q", "-v")
		add(4, "-m5", "-A1", "-C2", "-B1")
		add(8, "--color=always", "-s", "-Z", "-z", "-T", "--line-buffered")
		patterns := []string{"11865", "^118", ",1$", "nowhere", `(.)\1{4}`, "表", "[0-9]*7,", ""}
		c.args = append(c.args, "-e", pick(r, patterns...),
			pick(r, "-G", "-E", "-E", "-P"))
	default:
		c.args = append(c.args, "filter", "--key="+pick(r, "11865", "1", "14907", "nothing"))
		add(3, "--count", "--line-number", "--with-filename", "--invert", "--byte-offset")
		add(4, "--column=id", "--column=7", "--header", "--lax", "--numeric", "--max-count=3")
	}
	files := []string{"large", "large", "small", "empty", "unended", "quoted", "open", "wide", "binary",
		"tabs", "folder", "folder/a.csv", "missing", "-"}
	if r.IntN(5) == 0 { // otherwise an archive is bytes, of which some mean something to a terminal
		c.args = append(c.args, "--decompress")
		files = append(files, "archive.gz", "archive.gz", "archive.gz")
	}
	add(8, "-r")
	add(2, "--mode=processes", "--mode=threads", "--mode=serial")
	add(2, "-j1", "-j2", "-j3", "-j8")
	add(2, "--range-size=500", "--range-size=10K", "--range-size=50K")
	for range 1 + r.IntN(4) {
		c.args = append(c.args, pick(r, files...))
	}
	if slices.Contains(c.args, "-") {
		for range 1 + r.IntN(4) {
			lines := rows(r.IntN(100), 100+r.IntN(3000))
			if r.IntN(3) == 0 {
				lines = strings.TrimSuffix(lines, "\n")
			}
			c.stdin = append(c.stdin, lines)
			c.pause = append(c.pause, time.Duration(r.IntN(150))*time.Millisecond)
		}
	}
	return c
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }
