package worker

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/signals"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/wire"
)

// childVariable is set in the environment of a child, to its name and the token of its coordinator.
const childVariable = "LINEFORK_WORKER"

// tokenSize is the length of a token. A child is sent its token before anything else, even before it
// is started: a process that somebody else started finds no such token, and need not wait for it.
const tokenSize = 32

// served says that Serve was called.
var served atomic.Bool

// Served reports whether Serve was called. A program that has not called it cannot have children:
// they would run main as their coordinator does, and start children of their own.
func Served() bool { return served.Load() }

// ErrNotServed means that a program asks for a Pool of processes without having called Serve.
var ErrNotServed = errors.New("no child processes: main has not called worker.Serve")

// Serve runs this process as a worker, and does not return, if a coordinator started it as one;
// otherwise it does nothing. A program that makes a Pool must call it first thing in main, before
// it reads flags.
func Serve() {
	served.Store(true)
	name, token, _ := strings.Cut(os.Getenv(childVariable), ":")
	if name == "" || len(os.Args) != 2 || os.Args[1] != name {
		return // or the variable came from a child that this process is not
	}
	if len(token) != tokenSize || !greeted(os.Stdin, token) {
		fmt.Fprintf(os.Stderr, "%s: %s takes tasks from the run that started it alone\n",
			filepath.Base(os.Args[0]), name)
		os.Exit(2)
	}
	// Ctrl-C reaches every process on the terminal, and other signals may reach a whole group; the
	// coordinator decides what to do.
	ending := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	signal.Ignore(slices.Concat(ending, signals.Asking)...)
	onHangUp(os.Stdin, func() { os.Exit(0) })
	if err := serve(newTaskReader(os.Stdin), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// server is the child's end of the pipe.
type server struct {
	engine *engine
	answer []byte
	out    *answers
	input  split.Locator // the last one of Kind Descriptor
}

// taskSource is what a child reads its tasks from.
type taskSource interface {
	io.Reader
	// take returns the next file that came with what was read.
	take() (*os.File, error)
}

// locate completes the input of a task: with the file that came with it, or with an earlier task.
func (s *server) locate(t *Task, in taskSource) error {
	switch {
	case t.Batch != nil || t.Input.Kind != split.Descriptor:
		return nil
	case t.Input.Number != s.input.Number:
		f, err := in.take()
		if err != nil {
			return err
		}
		s.closeInput()
		s.input = t.Input
		s.input.File = f
	}
	t.Input.File = s.input.File
	return nil
}

func (s *server) closeInput() {
	if s.input.File != nil {
		s.input.File.Close()
	}
}

func (s *server) close() {
	s.engine.close()
	s.closeInput()
}

// answers is what a child writes to its coordinator: answers, and signs of life while there is none
// yet.
type answers struct {
	at, hits atomic.Int64 // see life

	mu      sync.Mutex
	w       io.Writer
	started bool // the header was sent
	owed    bool // there is a job or a task that was not answered
}

// lifeStep is how often a child gives a sign of life: a progress bar shows what it says.
const lifeStep = 100 * time.Millisecond

// live gives signs of life as long as an answer is owed. It returns when that cannot be written.
func (a *answers) live() {
	var b []byte
	for range time.Tick(lifeStep) {
		b = wire.AppendFrame(b[:0], kindLife, &life{a.at.Load(), a.hits.Load()})
		if err := a.write(b, true); err != nil {
			return // the goroutine that answers will see it, too
		}
	}
}

// owe says that a job or a task has come.
func (a *answers) owe() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.moved(0, 0)
	a.owed = true
}

func (a *answers) moved(rangeOffset, hits int64) {
	a.at.Store(rangeOffset)
	a.hits.Store(hits)
}

// write writes a frame: a sign of life where one is owed, or the answer.
func (a *answers) write(frame []byte, life bool) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if life && !a.owed {
		return nil
	}
	a.owed = life
	if !a.started {
		a.started = true
		frame = append(wire.AppendHeader(nil), frame...)
	}
	_, err := a.w.Write(frame)
	return err
}

// serve answers tasks from in until its end. Reading and working take turns on one goroutine, so
// that a task costs no switch between threads.
func serve(in taskSource, out io.Writer) error {
	r := wire.NewReader(in)
	answers := &answers{w: out, owed: true}
	go answers.live()
	var job Job
	if err := read(r, kindJob, &job); err != nil {
		return unlessEnd(err)
	}
	compiled, err := compile(job)
	if err != nil {
		return err
	}
	s := &server{engine: newEngine(compiled, nil), out: answers}
	s.engine.moved = answers.moved
	defer s.close()
	for {
		var t Task
		task := numbered[*Task]{message: &t}
		if err := read(r, kindTask, &task); err != nil {
			return unlessEnd(err)
		}
		answers.owe()
		if err := s.locate(&t, in); err != nil {
			return err
		}
		if err := s.handle(task.number, &t); err != nil {
			return err
		}
	}
}

// unlessEnd returns err, or nil at the end of the stream.
func unlessEnd(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// read reads a frame, which must be of kind want.
func read(r *wire.Reader, want wire.Kind, m wire.Message) error {
	kind, payload, err := r.Next()
	if err != nil {
		return err
	}
	if kind != want {
		return fmt.Errorf("%w: frame %q instead of %q", wire.ErrProtocol, kind, want)
	}
	return wire.Decode(payload, m)
}

// handle runs one task and writes its answer as one frame.
func (s *server) handle(number uint64, t *Task) error {
	result, err := s.engine.do(t)
	if err != nil {
		f := failure{err.(*InputError).Err}
		s.answer = wire.AppendFrame(s.answer[:0], kindFailure, &numbered[*failure]{number, &f})
	} else {
		s.answer = wire.AppendFrame(s.answer[:0], kindResult, &numbered[*Result]{number, &result})
		s.engine.reuse(&result)
	}
	return s.out.write(s.answer, false)
}
