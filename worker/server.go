package worker

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/signals"
	"github.com/linefork/linefork/worker/wire"
)

// nameVariable is set in the environment of a child, to its name.
const nameVariable = "LINEFORK_WORKER"

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
	if os.Getenv(nameVariable) == "" || !isPipe(os.Stdin) || !isPipe(os.Stdout) {
		return
	}
	// Ctrl-C reaches every process on the terminal, and other signals may reach a whole group; the
	// coordinator decides what to do.
	ending := []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}
	signal.Ignore(slices.Concat(ending, signals.Asking)...)
	onHangUp(os.Stdin, func() { os.Exit(0) })
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func isPipe(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// server is the child's end of the pipe.
type server struct {
	engine *engine
	answer []byte
	out    *answers
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
func serve(in io.Reader, out io.Writer) error {
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
	defer s.engine.close()
	for {
		var t Task
		if err := read(r, kindTask, &t); err != nil {
			return unlessEnd(err)
		}
		answers.owe()
		if err := s.handle(&t); err != nil {
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
func (s *server) handle(t *Task) error {
	result, err := s.engine.do(t)
	if err != nil {
		s.answer = wire.AppendFrame(s.answer[:0], kindFailure, &failure{err.(*InputError).Err})
	} else {
		s.answer = wire.AppendFrame(s.answer[:0], kindResult, &result)
		s.engine.reuse(&result)
	}
	return s.out.write(s.answer, false)
}
