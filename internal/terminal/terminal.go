// Package terminal owns what a process writes to its terminal: rows, messages, and a bar
// below them that changes.
//
//	s := terminal.New(os.Stdout, os.Stderr)
//	s.Show(draw, time.Second)
//	defer s.Hide()
//	fmt.Fprintln(s.Stderr(), "a message")
//
// # The bar
//
// The bar is some lines, drawn on standard error several times a second. It is drawn only
// where the cursor is at the start of a line, and below what was written; before anything is
// written it is taken away, by the same system call. So what is written stands on the
// screen as it would without a bar.
//
// Behind each drawing the cursor returns to the first cell of the bar. To take the bar away is
// then to erase what is below the cursor, and that is right also where the terminal has become
// narrower and has broken the lines of the bar: the cursor stays with its cell.
package terminal

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// Screen is the terminal of a process. Its methods, and its writers, may be used by several
// goroutines.
type Screen struct {
	stdout, stderr *os.File

	mu     sync.Mutex
	draw   Draw      // nil while there is no bar
	from   time.Time // when the bar may appear
	lines  []string  // that were drawn last, as long as they are to be seen
	width  int       // of the screen, then
	within bool      // the cursor is not at the start of a line
	buf    []byte
	ended  chan struct{} // closed by Hide
	drawer sync.WaitGroup
}

// Draw returns the lines of the bar, none of them wider than width columns, and not more than
// height of them. None takes it off the screen. It is called on another goroutine, and must not
// write to the Screen.
type Draw func(width, height int) []string

// New returns the screen of a process with these streams, either of which may be something else
// than a terminal.
func New(stdout, stderr *os.File) *Screen { return &Screen{stdout: stdout, stderr: stderr} }

// Is reports whether f is a terminal.
func Is(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Stderr returns standard error.
func (s *Screen) Stderr() io.Writer { return writer{s, s.stderr} }

// Stdout returns standard output, if it is the terminal on which the bar may be drawn; otherwise
// nil: then nobody else writes to it.
func (s *Screen) Stdout() io.Writer {
	if !Is(s.stdout) || !Is(s.stderr) {
		return nil
	}
	a, err1 := s.stdout.Stat()
	b, err2 := s.stderr.Stat()
	if err1 != nil || err2 != nil || !os.SameFile(a, b) {
		return nil
	}
	return writer{s, s.stdout}
}

// frame is the time between two drawings.
const frame = time.Second / 10

// Show draws a bar from now on, after a delay. Standard error must be a terminal. Where the
// process is in the background, nothing is drawn.
func (s *Screen) Show(draw Draw, delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draw != nil {
		return
	}
	s.draw, s.from, s.ended = draw, time.Now().Add(delay), make(chan struct{})
	s.drawer.Go(func() {
		tick := time.NewTicker(frame)
		defer tick.Stop()
		for {
			s.refresh()
			select {
			case <-tick.C:
			case <-s.ended:
				return
			}
		}
	})
}

// Hide takes the bar away for good. When it has returned, the terminal is as if there had been none.
func (s *Screen) Hide() {
	s.mu.Lock()
	if s.draw == nil {
		s.mu.Unlock()
		return
	}
	s.draw = nil
	close(s.ended)
	if s.lines != nil {
		s.lines = nil
		_, _ = s.stderr.WriteString(start + erase)
	}
	s.mu.Unlock()
	s.drawer.Wait()
}

// settling is how long a terminal may take over a signal. On Linux (6.18) it first sends it and then
// discards what was written but not shown: of 81,381 programs that answered Control-C at once, 2,358
// wrote for nothing.
const settling = 30 * time.Millisecond

// Settle is called after a signal that may be from the terminal, before Hide or Without: if there is a
// bar, it waits until what takes that away is not discarded.
func (s *Screen) Settle() {
	s.mu.Lock()
	shown := len(s.lines) > 0
	s.mu.Unlock()
	if shown {
		time.Sleep(settling)
	}
}

// Without takes the bar away while do runs, which must not write to the Screen.
func (s *Screen) Without(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lines) > 0 {
		s.lines = nil
		_, _ = s.stderr.WriteString(start + erase)
	}
	do()
}

// What terminals are told; every one in use since the VT100 knows these.
const (
	start    = "\r"       // of the line: what the user types moves the cursor
	erase    = "\x1b[J"   // from the cursor to the end of the screen
	eraseEnd = "\x1b[K"   // from the cursor to the end of the line
	up       = "\x1b[%dA" // by so many lines
)

// refresh draws the bar as it is now.
func (s *Screen) refresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.draw == nil || s.within || time.Now().Before(s.from) {
		return
	}
	var lines []string
	if inForeground(s.stderr) {
		lines = s.drawn()
	}
	s.buf = s.buf[:0]
	switch {
	case len(lines) > 0:
		s.buf = appendBar(append(s.buf, start...), lines)
	case len(s.lines) > 0 && inForeground(s.stderr):
		s.buf = append(s.buf, start+erase...)
	}
	if s.lines = lines; len(s.buf) > 0 {
		_, _ = s.stderr.Write(s.buf)
	}
}

// drawn returns the bar for the screen as it is now.
func (s *Screen) drawn() (lines []string) {
	for range 3 {
		width, height, err := term.GetSize(int(s.stderr.Fd()))
		if err != nil || width <= 1 || height <= 0 {
			return nil
		}
		// In the last column some terminals go to the next line; one line is left to what
		// the user types.
		lines = s.draw(width-1, max(height-1, 1))
		if s.width = width; s.sameWidth() {
			break
		}
	}
	return lines
}

// sameWidth reports whether the screen is as wide as for the last drawing.
func (s *Screen) sameWidth() bool {
	width, _, err := term.GetSize(int(s.stderr.Fd()))
	return err == nil && width == s.width
}

// appendBar appends what draws lines from the start of a line on, over what was drawn there
// before, and brings the cursor back.
func appendBar(b []byte, lines []string) []byte {
	b = append(b, strings.Join(lines, eraseEnd+"\r\n")...)
	b = append(b, erase...)
	if n := len(lines) - 1; n > 0 {
		b = fmt.Appendf(b, up, n)
	}
	return append(b, '\r')
}

// writer writes to a stream of the screen.
type writer struct {
	*Screen
	to *os.File
}

func (w writer) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock() // also after a fault in b, which may be mapped
	if len(b) == 0 || w.draw == nil {
		return w.to.Write(b)
	}
	w.buf = w.buf[:0]
	if len(w.lines) > 0 {
		w.buf = append(w.buf, start+erase...)
	}
	before := len(w.buf)
	w.buf = append(w.buf, b...)
	w.within = !bytes.HasSuffix(b, []byte{'\n'})
	again := len(w.lines) > 0 && !w.within && w.sameWidth()
	if again {
		w.buf = appendBar(w.buf, w.lines)
	}
	n, err := w.to.Write(w.buf)
	if !again || err != nil {
		w.lines = nil
	}
	return min(max(n-before, 0), len(b)), err
}
