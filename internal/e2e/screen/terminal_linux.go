package screen

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/linefork/linefork/internal/e2e/setup"
)

// Options say how a program is started. The zero value means an xterm of 80 × 24 cells with all
// three streams on it.
type Options struct {
	Size     Size
	Resizing Resizing
	Dir      string
	Env      []string // besides that of the test

	// Streams that are not on the terminal; at least one is. They stay open.
	Stdin, Stdout, Stderr *os.File

	// Watch is called with each screen on which something was drawn: before each escape sequence,
	// and after all that was read at once.
	Watch func(Screen)
}

// Terminal is a process whose controlling terminal has a [Display].
type Terminal struct {
	t      testing.TB
	cmd    *exec.Cmd
	master *os.File
	path   string // of the other side
	watch  func(Screen)

	lock    sync.Mutex
	display *Display
	written []byte        // by the process, as the terminal driver passed it on
	changed chan struct{} // closed when something is shown, and replaced

	reached chan struct{} // gets one for each milestone
	shown   chan struct{} // closed when all output is
	ended   chan struct{} // closed when the process has ended
}

// Patience is how long tests wait for what must come. It only ends what hangs.
const Patience = time.Minute

// Start starts a program, which is killed at the end of the test if necessary.
func Start(t testing.TB, o Options, argv ...string) *Terminal {
	t.Helper()
	if o.Size == (Size{}) {
		o.Size = Size{80, 24}
	}
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminal: ", err)
	}
	defer slave.Close()
	setSize(t, master, o.Size)

	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir = o.Dir
	cmd.Env = slices.Concat(os.Environ(), []string{"TERM=xterm"}, o.Env)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = or(o.Stdin, slave), or(o.Stdout, slave), or(o.Stderr, slave)
	ctty := slices.Index([]*os.File{o.Stdin, o.Stdout, o.Stderr}, nil)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: ctty}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	term := &Terminal{
		t: t, cmd: cmd, master: master, path: slave.Name(), watch: o.Watch,
		display: NewDisplay(o.Size, o.Resizing), changed: make(chan struct{}),
		reached: make(chan struct{}, 1), shown: make(chan struct{}), ended: make(chan struct{}),
	}
	go term.show()
	go func() {
		_ = cmd.Wait() // Wait returns the status
		close(term.ended)
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-term.ended
		_ = master.Close()
		<-term.shown
	})
	return term
}

func or(f, otherwise *os.File) *os.File {
	if f != nil {
		return f
	}
	return otherwise
}

func setSize(t testing.TB, f *os.File, s Size) {
	t.Helper()
	size := &pty.Winsize{Rows: uint16(s.Rows), Cols: uint16(s.Columns)}
	if err := pty.Setsize(f, size); err != nil {
		t.Fatal(err)
	}
}

// show shows what the process writes.
func (t *Terminal) show() {
	defer close(t.shown)
	buf := make([]byte, 64<<10)
	var rest []byte
	for {
		n, err := t.master.Read(buf)
		t.lock.Lock()
		var reached int
		rest, reached = t.write(append(rest, buf[:n]...))
		close(t.changed)
		t.changed = make(chan struct{})
		t.lock.Unlock()
		for range reached {
			t.reached <- struct{}{}
		}
		if err != nil { // EIO, when the last process has closed the terminal
			t.lock.Lock()
			t.showAll(rest)
			t.lock.Unlock()
			return
		}
	}
}

// milestone is written by [Terminal.drain], and not shown.
const milestone = "\x00\x01milestone\x01\x00"

// write shows output. It returns the end, if that may belong to a milestone, and how many of these
// there were.
func (t *Terminal) write(b []byte) (rest []byte, reached int) {
	for len(b) > 0 {
		switch {
		case bytes.HasPrefix(b, []byte(milestone)):
			reached++
			b = b[len(milestone):]
			continue
		case len(b) < len(milestone) && strings.HasPrefix(milestone, string(b)):
			t.look()
			return slices.Clone(b), reached
		case b[0] == '\x1b':
			t.look()
		}
		t.showAll(b[:1])
		b = b[1:]
	}
	t.look()
	return nil, reached
}

func (t *Terminal) showAll(b []byte) {
	t.written = append(t.written, b...)
	_, _ = t.display.Write(b)
}

// look has the watcher see the screen.
func (t *Terminal) look() {
	if t.watch != nil {
		t.watch(t.display.Screen())
	}
}

// Screen returns what can be seen now.
func (t *Terminal) Screen() Screen {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.display.Screen()
}

// Picture returns what can be seen now, with the colors; see [Display.Spans].
func (t *Terminal) Picture() (Screen, []Span) {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.display.Screen(), t.display.Spans()
}

// Text returns all lines since the start; see [Display.Text].
func (t *Terminal) Text() []string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return t.display.Text()
}

// Written returns all bytes since the start, with a carriage return before each line feed.
func (t *Terminal) Written() string {
	t.lock.Lock()
	defer t.lock.Unlock()
	return string(t.written)
}

// Until waits until the screen is as it should be.
func (t *Terminal) Until(what string, is func(Screen) bool) {
	t.t.Helper()
	late := time.After(Patience)
	for {
		t.lock.Lock()
		s, changed := t.display.Screen(), t.changed
		t.lock.Unlock()
		if is(s) {
			return
		}
		select {
		case <-changed:
		case <-t.shown:
			if s := t.Screen(); !is(s) {
				t.t.Fatalf("%q ended without %s:\n%v", t.cmd.Args, what, s)
			}
			return
		case <-late:
			t.t.Fatalf("%q is without %s for %v:\n%v", t.cmd.Args, what, Patience, s)
		}
	}
}

// Type types, where "\x03" is Control-C, "\x04" Control-D and "\x1a" Control-Z.
func (t *Terminal) Type(keys string) {
	t.t.Helper()
	if _, err := io.WriteString(t.master, keys); err != nil {
		t.t.Fatal(err)
	}
}

// Signal sends the process a signal.
func (t *Terminal) Signal(s syscall.Signal) {
	t.t.Helper()
	if err := t.cmd.Process.Signal(s); err != nil {
		t.t.Fatal(err)
	}
}

// Resize changes the size of the screen. The process is stopped meanwhile: what it draws for one
// size must not be shown at the other. What becomes of a line that is drawn at the very time of a
// change cannot be known. It returns how much was written before.
func (t *Terminal) Resize(size Size) (written int) {
	t.t.Helper()
	t.Stop()
	t.drain()
	t.lock.Lock()
	t.display.Resize(size)
	written = len(t.written)
	t.lock.Unlock()
	setSize(t.t, t.master, size)
	t.Signal(syscall.SIGCONT)
	return written
}

// Stop stops the process until it gets a SIGCONT.
func (t *Terminal) Stop() {
	t.t.Helper()
	t.Signal(syscall.SIGSTOP)
	t.Stopped()
}

// Stopped waits until the process is stopped. A SIGCONT before that has no effect.
func (t *Terminal) Stopped() {
	t.t.Helper()
	for late := time.Now().Add(Patience); !setup.Stopped(t.Pid()); time.Sleep(time.Millisecond) {
		if time.Now().After(late) {
			t.t.Fatalf("%q does not stop", t.cmd.Args)
		}
	}
}

// drain waits until all that was written so far is shown.
func (t *Terminal) drain() {
	t.t.Helper()
	f, err := os.OpenFile(t.path, os.O_WRONLY|syscall.O_NOCTTY, 0)
	if err != nil {
		t.t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, milestone); err != nil {
		t.t.Fatal(err)
	}
	select {
	case <-t.reached:
	case <-t.shown:
	}
}

// Pid returns the number of the process.
func (t *Terminal) Pid() int { return t.cmd.Process.Pid }

// Wait waits until the process has ended and all its output is shown. It returns the exit status,
// which for a signal is 128 plus its number, as in a shell.
func (t *Terminal) Wait() (status int) {
	t.t.Helper()
	for _, done := range []chan struct{}{t.ended, t.shown} {
		select {
		case <-done:
		case <-time.After(Patience):
			t.t.Fatalf("%q did not end within %v:\n%v", t.cmd.Args, Patience, t.Screen())
		}
	}
	if code := t.cmd.ProcessState.ExitCode(); code >= 0 {
		return code
	}
	return 128 + int(t.cmd.ProcessState.Sys().(syscall.WaitStatus).Signal())
}
