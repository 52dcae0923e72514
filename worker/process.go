package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/linefork/linefork/worker/wire"
)

// process is the coordinator's handle on a child process. It starts the child
// with the first task, and anew with the next task after the child broke.
//
// It is for one goroutine, which must call stop at last, also after an error.
type process struct {
	name    string
	job     []byte // the start of the child's stream, up to the job
	command []string
	spawner *spawner
	timeout time.Duration // for each rangeUnit bytes of a task
	spent   *atomic.Int64 // the processor time of children that have ended, in ns

	cmd    *exec.Cmd                  // nil while no child runs
	child  atomic.Pointer[os.Process] // of cmd, for what may only kill it
	fresh  bool                       // the child has no job yet
	in     io.WriteCloser
	out    *wire.Reader
	stderr *stderr
	frame  []byte
}

// rangeUnit is the length of range that the deadline is meant for; a longer
// one (a huge line) has more time.
const rangeUnit = 16 << 20

// errDeadline is why a child that gave no answer in time was killed.
var errDeadline = errors.New("no answer within its deadline")

// start runs a new child. After an error, a *startError, no child runs; after
// success stop must be called, also if the child ends on its own.
func (p *process) start() (err error) {
	cmd := exec.Command(p.command[0])
	cmd.Args = append(p.command[1:len(p.command):len(p.command)], p.name)
	cmd.Env = append(os.Environ(), nameVariable+"="+p.name,
		// A worker computes in one goroutine; more would only start slower.
		"GOMAXPROCS=2")
	p.stderr = new(stderr)
	cmd.Stderr = p.stderr
	cmd.WaitDelay = time.Second
	if p.in, err = cmd.StdinPipe(); err != nil {
		return &startError{err}
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.in.Close()
		return &startError{err}
	}
	enlargePipe(out)
	p.out = wire.NewReader(out)
	if err := p.spawner.start(cmd); err != nil {
		return &startError{err}
	}
	p.cmd, p.fresh = cmd, true
	p.child.Store(cmd.Process)
	return nil
}

// startError is for a child that could not be started. That is not the fault
// of the task.
type startError struct{ err error }

func (e *startError) Error() string { return "cannot start: " + e.err.Error() }
func (e *startError) Unwrap() error { return e.err }

// kill ends the child, if one runs; any goroutine may call it.
func (p *process) kill() {
	if child := p.child.Load(); child != nil {
		child.Kill() // fails only where there is nothing left to kill
	}
}

// stop kills the child, if one runs, and waits for its end. The task that it is at
// is void. A child asked to leave by closing its pipe would leave as well, but a
// run that is over need not wait for that.
func (p *process) stop() error {
	if p.cmd == nil {
		return nil
	}
	p.in.Close()
	p.kill()
	return p.wait()
}

func (p *process) wait() error {
	err := p.cmd.Wait()
	if s := p.cmd.ProcessState; s != nil {
		p.spent.Add(int64(s.UserTime() + s.SystemTime()))
	}
	p.cmd = nil
	p.child.Store(nil)
	return err
}

// broken stops the child, because of cause, and returns an error that says how
// it ended and what it said of that.
func (p *process) broken(cause error) error {
	// A child that closed its pipe is about to end by itself; its own exit
	// status says more than a kill.
	if !errors.Is(cause, errDeadline) && !errors.Is(cause, wire.ErrProtocol) {
		defer after(time.Second, p.kill)()
		p.in.Close()
		if err := p.wait(); err != nil {
			cause = err
		}
	} else {
		p.stop()
	}
	if text := p.stderr.reason(); text != "" {
		return fmt.Errorf("%w: %s", cause, text)
	}
	return cause
}

// do runs a task in the child. An *InputError is the child's answer; any other
// error means that the child broke, and is gone, or that ctx is done.
func (p *process) do(ctx context.Context, t *Task) (res Result, err error) {
	var late atomic.Bool
	if p.timeout > 0 {
		defer after(p.deadline(t), func() { late.Store(true); p.kill() })()
	}
	defer whenDone(ctx, p.kill)()

	if p.cmd == nil {
		if err := p.start(); err != nil {
			return res, err
		}
		// A kill that came before there was a child did nothing.
		if ctx.Err() != nil || late.Load() {
			p.kill()
		}
	}
	res, err = p.exchange(t)
	switch {
	case err == nil || errors.As(err, new(*InputError)):
		return res, err
	case ctx.Err() != nil:
		p.stop()
		return Result{}, ctx.Err()
	case late.Load():
		err = errDeadline
	}
	return Result{}, p.broken(err)
}

// deadline is how long the child may take for a task.
func (p *process) deadline(t *Task) time.Duration {
	const most = time.Duration(math.MaxInt64)
	units := 1 + t.Range.Len()/rangeUnit
	if units > int64(most/p.timeout) {
		return most
	}
	return p.timeout * time.Duration(units)
}

// after calls f on another goroutine after some time, unless stop is called before.
// When stop returns f is not running, or never will be.
func after(d time.Duration, f func()) (stop func()) {
	done := make(chan struct{})
	timer := time.AfterFunc(d, func() { defer close(done); f() })
	return func() {
		if !timer.Stop() {
			<-done
		}
	}
}

// whenDone is as after, when ctx is done.
func whenDone(ctx context.Context, f func()) (stop func()) {
	done := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() { defer close(done); f() })
	return func() {
		if !cancel() {
			<-done
		}
	}
}

// exchange sends a task, the first time after the job, and waits for its answer.
func (p *process) exchange(t *Task) (res Result, err error) {
	if p.fresh {
		p.fresh = false
		if _, err := p.in.Write(p.job); err != nil {
			return res, err
		}
	}
	p.frame = wire.AppendFrame(p.frame[:0], kindTask, t)
	if _, err := p.in.Write(p.frame); err != nil {
		return res, err
	}
	kind, payload, err := p.out.Next()
	if err != nil {
		return res, err
	}
	switch kind {
	case kindResult:
		err = wire.Decode(payload, &res)
	case kindFailure:
		var f failure
		if err = wire.Decode(payload, &f); err == nil {
			err = &InputError{Name: t.Name, Err: f.err}
		}
	default:
		err = fmt.Errorf("%w: frame %q", wire.ErrProtocol, kind)
	}
	return res, err
}

// stderr keeps what a child wrote to its standard error first and last.
type stderr struct{ first, last []byte }

func (s *stderr) Write(p []byte) (int, error) {
	const most = 2 << 10
	s.first = append(s.first, p[:min(len(p), most-len(s.first))]...)
	s.last = append(s.last, p...)
	if len(s.last) > most {
		s.last = append(s.last[:0], s.last[len(s.last)-most:]...)
	}
	return len(p), nil
}

// reason is the line that says why the child ended: the output of a crash of the
// run time starts with it and goes on with stacks; any other ends with it.
func (s *stderr) reason() string {
	for line := range strings.Lines(string(s.first)) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return strings.TrimSpace(line)
		}
	}
	text := strings.TrimSpace(string(s.last))
	return text[strings.LastIndexByte(text, '\n')+1:]
}
