package terminal

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/linefork/linefork/internal/e2e/screen"
)

// rate matches the rate that a line of a bar shows.
var rate = regexp.MustCompile(`([0-9.]+) ([KMGT]i)?B/s`)

// hasBar reports whether a bar is on the screen.
func hasBar(s screen.Screen) bool { return len(bar(s)) > 0 }

// bar returns the lines of the bar on the screen.
func bar(s screen.Screen) (lines []string) {
	for _, l := range s.Lines {
		if rate.MatchString(l.Text) && !isLog(l.Text) {
			lines = append(lines, l.Text)
		}
	}
	return lines
}

// noBar fails the test if something of a bar is on the screen or has scrolled off.
func noBar(t *testing.T, term *screen.Terminal) {
	t.Helper()
	if text := strings.Join(term.Text(), "\n"); rate.MatchString(text) {
		t.Errorf("a bar was left:\n%s", text)
	}
}

// same fails the test if the lines with a bar are not those without.
func same(t *testing.T, with, without []string) {
	t.Helper()
	for i := range max(len(with), len(without)) {
		if i >= len(with) || i >= len(without) || with[i] != without[i] {
			around := func(lines []string) []string {
				return lines[min(len(lines), max(0, i-2)):min(len(lines), i+3)]
			}
			t.Errorf("from line %d on with a bar\n%s\nwithout\n%s", max(1, i-1),
				strings.Join(around(with), "\n"), strings.Join(around(without), "\n"))
			return
		}
	}
}

// noControl fails the test if a text has bytes that are for terminals, apart from the carriage
// returns of the driver.
func noControl(t *testing.T, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if i := strings.IndexFunc(text, func(c rune) bool { return c < ' ' && c != '\n' }); i >= 0 {
		t.Errorf("control character at offset %d of %q", i, text)
	}
}

// bytesPerSecond returns the last rate in a line.
func bytesPerSecond(line string) (float64, error) {
	all := rate.FindAllStringSubmatch(line, -1)
	if all == nil {
		return 0, fmt.Errorf("no rate in %q", line)
	}
	m := all[len(all)-1]
	n, err := strconv.ParseFloat(m[1], 64)
	for range strings.Index("KMGT", strings.TrimSuffix(m[2], "i")) + min(len(m[2]), 1) {
		n *= 1 << 10
	}
	return n, err
}

const logPrefix = "time="

func isLog(line string) bool { return strings.HasPrefix(line, logPrefix) }

// cursorUp matches what follows a drawing of a bar.
var cursorUp = regexp.MustCompile(`^(?:\x1b\[(\d+)A)?\r`)

// withoutBars takes out of what was written to a terminal all that draws bars and takes them away.
func withoutBars(written string) string {
	var b strings.Builder
	pieces := strings.Split(written, erase)
	for i, piece := range pieces[:len(pieces)-1] {
		if piece == "\r" { // nothing is drawn, but a bar is taken away
			continue
		}
		up := cursorUp.FindStringSubmatch(pieces[i+1])
		if up == nil {
			return fmt.Sprintf("%q follows %q", pieces[i+1], piece)
		}
		pieces[i+1] = pieces[i+1][len(up[0]):]
		lines := strings.SplitAfter(piece, "\n")
		n, _ := strconv.Atoi(up[1])
		b.WriteString(strings.Join(lines[:max(0, len(lines)-1-n)], ""))
	}
	b.WriteString(pieces[len(pieces)-1])
	return b.String()
}

func TestWithoutBars(t *testing.T) {
	for _, test := range []struct{ written, want string }{
		{"a\r\nb\r\n", "a\r\nb\r\n"},
		{"\rbar\x1b[J\r\rbar\x1b[J\r\r\x1b[Ja\r\nbar\x1b[J\r\r\x1b[J", "a\r\n"},
		{"a\r\n\r1\x1b[K\r\r\n2\x1b[J\x1b[1A\r\r\x1b[Jb\r\nc", "a\r\nb\r\nc"},
		{"a\r\n\r1\x1b[K\r\r\n2\x1b[J\x1b[1A\r\r1\x1b[K\r\r\n2\x1b[J\x1b[1A\r\r\x1b[J", "a\r\n"},
		{"\r\x1b[Ja\r\n", "a\r\n"},
	} {
		if got := withoutBars(test.written); got != test.want {
			t.Errorf("%q becomes %q, want %q", test.written, got, test.want)
		}
	}
}

// watcher checks what is on a screen besides the lines that are there without a bar.
type watcher struct {
	lines   map[string]bool // those without a bar
	text    string          // the same, each after a line feed
	markers []string        // what occurs in each of them and in no bar
	most    int             // lines that a bar may have

	lock sync.Mutex
	size screen.Size // of the last screen
	fits bool        // a bar that was drawn for that size has been seen
	err  error       // the first fault
}

func newWatcher(without []string, most int, markers ...string) *watcher {
	w := &watcher{
		lines: map[string]bool{}, most: most, markers: append(markers, logPrefix, "linefork: "),
		text: "\n" + logPrefix + "\n" + strings.Join(without, "\n"),
	}
	for _, line := range without {
		w.lines[line] = true
	}
	return w
}

// look is for [screen.Options].
func (w *watcher) look(s screen.Screen) {
	w.lock.Lock()
	defer w.lock.Unlock()
	if err := w.check(s); w.err == nil && err != nil {
		w.err = fmt.Errorf("%w:\n%v", err, s)
	}
}

// done fails the test if there was a fault.
func (w *watcher) done(t *testing.T) {
	t.Helper()
	w.lock.Lock()
	defer w.lock.Unlock()
	if w.err != nil {
		t.Error(w.err)
	}
}

func (w *watcher) check(s screen.Screen) error {
	var bar []screen.Line
	for i, l := range s.Lines {
		// A line that is being written, unless that is one of a bar.
		begun := i == s.Cursor.Line && len(bar) == 0 && strings.Contains(w.text, "\n"+l.Text)
		switch {
		case w.lines[l.Text], isLog(l.Text), begun:
			if len(bar) > 0 && l.Text != "" {
				return fmt.Errorf("%q is below a bar", l.Text)
			}
			continue
		}
		for _, marker := range w.markers {
			if strings.Contains(l.Text, marker) {
				return fmt.Errorf("%q is neither a line nor a bar", l.Text)
			}
		}
		bar = append(bar, l)
	}
	widest := 0
	for _, l := range bar {
		widest = max(widest, l.Width())
	}
	if s.Size != w.size {
		w.size, w.fits = s.Size, false
	}
	switch fits := len(bar) <= w.most && widest < s.Columns; {
	case fits:
		w.fits = w.fits || len(bar) > 0
	case w.fits:
		return fmt.Errorf("a bar of %d lines, the widest of %d columns; it may have %d lines",
			len(bar), widest, w.most)
	}
	return nil
}

// resize changes the size of a screen and waits for a bar that fits. It fails if the program had
// asked for the size just before that: what is drawn then for one size and shown at the other cannot
// be right.
func (w *watcher) resize(term *screen.Terminal, size screen.Size) (ok bool) {
	at := term.Resize(size)
	var drawn string // first
	term.Until("another bar", func(screen.Screen) bool {
		var erased bool
		drawn, _, erased = strings.Cut(term.Written()[at:], erase)
		return erased
	})
	if widest(drawn) > size.Columns {
		return false
	}
	term.Until("a bar that fits", func(s screen.Screen) bool {
		w.lock.Lock()
		defer w.lock.Unlock()
		return hasBar(s) && w.size == size && w.fits
	})
	return true
}

// widest returns how many columns the widest line of a drawing takes.
func widest(drawn string) (columns int) {
	for line := range strings.Lines(strings.NewReplacer("\r", "", "\x1b[K", "").Replace(drawn)) {
		columns = max(columns, uniseg.StringWidth(strings.TrimSuffix(line, "\n")))
	}
	return columns
}

// erase is the sequence that takes a bar away, and that ends the drawing of one.
const erase = "\x1b[J"

// fifo is a file that the program reads from and the test writes to.
type fifo struct {
	*os.File
	path string
}

// newFIFO makes a FIFO that ends when it is closed.
func newFIFO(t *testing.T, dir string) fifo {
	t.Helper()
	path := filepath.Join(dir, "fifo")
	if err := syscall.Mkfifo(path, 0o666); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0) // does not wait for a reader
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return fifo{f, path}
}

func (f fifo) write(t *testing.T, text string) {
	t.Helper()
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
