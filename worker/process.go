package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/wire"
)

// process is the coordinator's handle on a child process. It starts a child for the first task, and
// another for the next task after the child broke.
//
// It is for use by one goroutine, which must finally call stop, even after an error.
type process struct {
	name    string
	job     []byte // the start of the child's input, up to the job
	command []string
	spawner *spawner
	timeout time.Duration // without a sign of life; for progress, for each rangeUnit of a task
	killed  func() string // see Options.Killed; may be nil
	meter   *meter
	tasks   *atomic.Uint64 // how many were sent, to all children of the pool
	watch   *watch         // of the current task

	cmd     *exec.Cmd                  // nil while no child runs
	child   atomic.Pointer[os.Process] // of cmd, for other goroutines to kill
	fresh   bool                       // the child was not sent the job yet
	in      *taskWriter
	handed  uint64   // the Number of the last input that the child was handed
	answers *os.File // what out reads
	out     *wire.Reader
	stderr  *stderr
	frame   []byte
}

// rangeUnit is how many bytes a child that is alive may scan within the timeout without saying how
// far it has come: it says so between records only, and a record may be as long as its range.
const rangeUnit = 16 << 20

// errDeadline is the reason why a child that did not answer in time was killed.
var errDeadline = errors.New("no answer within its deadline")

// start starts a child. On success stop must be called, even if the child ends by itself. The error
// is a *startError; no child runs then. When ctx is done there is no more waiting for the child to be
// one.
func (p *process) start(ctx context.Context) (err error) {
	cmd := exec.Command(p.command[0])
	cmd.Args = append(p.command[1:len(p.command):len(p.command)], p.name)
	token := newToken()
	cmd.Env = environment(cmd.Environ(), p.name, token)
	p.stderr = new(stderr)
	cmd.Stderr = p.stderr
	cmd.WaitDelay = time.Second
	in, childs, err := newTaskPipe()
	if err != nil {
		return &startError{err}
	}
	defer childs.Close()
	defer func() {
		if err != nil {
			in.Close()
		}
	}()
	if _, err := in.Write([]byte(token)); err != nil {
		return &startError{err}
	}
	cmd.Stdin = childs
	out, answers, err := os.Pipe()
	if err != nil {
		return &startError{err}
	}
	defer answers.Close()
	cmd.Stdout = answers
	enlargePipe(out)
	if err := p.spawner.start(ctx, p.watch.fired, cmd); err != nil {
		out.Close()
		return &startError{err}
	}
	p.in, p.answers, p.out = in, out, wire.NewReader(listener{out, p})
	p.cmd, p.fresh, p.handed = cmd, true, 0
	p.child.Store(cmd.Process)
	return nil
}

// newToken returns what nobody can guess.
func newToken() string { return fmt.Sprintf("%016x%016x", rand.Uint64(), rand.Uint64()) }

// environment is that of a child. What Go's runtime would read there is for other programs.
func environment(all []string, name, token string) []string {
	env := slices.DeleteFunc(all, func(v string) bool {
		return strings.HasPrefix(v, "GOGC=") || strings.HasPrefix(v, "GOMEMLIMIT=") ||
			strings.HasPrefix(v, "GODEBUG=") || strings.HasPrefix(v, "GOTRACEBACK=")
	})
	return append(env, childVariable+"="+name+":"+token,
		// A worker computes on one goroutine; more would only make it start more slowly.
		"GOMAXPROCS=2")
}

// startError means that a child could not be started, which is not the fault of the task.
type startError struct{ err error }

func (e *startError) Error() string { return "cannot start: " + e.err.Error() }
func (e *startError) Unwrap() error { return e.err }

// kill ends the child, if one runs. Any goroutine may call it.
func (p *process) kill() {
	if child := p.child.Load(); child != nil {
		child.Kill() // fails only if nothing is left to kill
	}
}

// stop kills the child, if one runs, and waits for its end. Its current task is void. Closing its
// pipe would end the child as well, but a run that is over need not wait for that.
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
		p.meter.spent(s.UserTime() + s.SystemTime())
	}
	p.answers.Close()
	p.cmd = nil
	p.child.Store(nil)
	return err
}

// broken stops the child because of cause. It returns an error that says how the child ended and
// what it wrote about that.
func (p *process) broken(cause error) error {
	// A child that closed its pipe is about to exit, and its exit status says more than a kill.
	if !errors.Is(cause, errDeadline) && !errors.Is(cause, wire.ErrProtocol) {
		own := new(atomic.Bool)
		defer after(time.Second, func() { own.Store(true); p.kill() })()
		p.in.Close()
		if err := p.wait(); err != nil {
			if why := p.lack(err, own.Load()); why != nil {
				return why
			}
			cause = ended(err, p.stderr.signal())
		}
	} else {
		p.stop()
	}
	if text := p.stderr.reason(); text != "" {
		return fmt.Errorf("%w: %s", cause, text)
	}
	return cause
}

// do runs a task in the child. An *InputError is the child's answer. Any other error means that the
// child broke, and was ended, or that ctx is done.
func (p *process) do(ctx context.Context, t *Task) (res Result, err error) {
	p.watch = new(watch)
	if p.timeout > 0 {
		p.watch = newWatch(p.timeout, 1+t.Range.Len()/rangeUnit, p.kill)
		defer p.watch.stop()
	}
	defer whenDone(ctx, p.kill)()

	if p.cmd == nil {
		if err := p.start(ctx); err != nil {
			return res, err
		}
		// A kill before there was a child had no effect.
		if ctx.Err() != nil || p.watch.late.Load() {
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
	case p.watch.late.Load():
		err = errDeadline
	}
	return Result{}, p.broken(err)
}

// listener reads what a child writes. Every byte is a sign of life.
type listener struct {
	io.Reader
	p *process
}

func (l listener) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	if n > 0 {
		l.p.watch.alive()
	}
	return n, err
}

// after calls f on another goroutine after d, unless stop is called first. Once stop has returned,
// f is not running and will not be.
func after(d time.Duration, f func()) (stop func()) {
	done := make(chan struct{})
	timer := time.AfterFunc(d, func() { defer close(done); f() })
	return func() {
		if !timer.Stop() {
			<-done
		}
	}
}

// whenDone is like after, but calls f when ctx is done.
func whenDone(ctx context.Context, f func()) (stop func()) {
	done := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() { defer close(done); f() })
	return func() {
		if !cancel() {
			<-done
		}
	}
}

// exchange sends a task, preceded by the job if the child has none, and waits for the answer.
func (p *process) exchange(t *Task) (res Result, err error) {
	if p.fresh {
		p.fresh = false
		if _, err := p.in.Write(p.job); err != nil {
			return res, err
		}
	}
	number := p.tasks.Add(1)
	p.frame = wire.AppendFrame(p.frame[:0], kindTask, &numbered[*Task]{number, t})
	if err := p.send(t); err != nil {
		return res, err
	}
	kind, payload, err := p.answer(t)
	if err != nil {
		return res, err
	}
	switch kind {
	case kindResult:
		err = decodeAnswer(payload, number, &res)
	case kindFailure:
		var f failure
		if err = decodeAnswer(payload, number, &f); err == nil {
			err = &InputError{Name: t.Name, Err: f.err}
		}
	default:
		err = fmt.Errorf("%w: frame %q", wire.ErrProtocol, kind)
	}
	return res, err
}

// send sends the current frame, with the task's input if that is a file which the child does not have.
func (p *process) send(t *Task) error {
	if t.Batch != nil || t.Input.Kind != split.Descriptor || t.Input.Number == p.handed {
		_, err := p.in.Write(p.frame)
		return err
	}
	// A file that was closed belongs to an input of which no more is wanted.
	if err := p.in.send(p.frame, t.Input.File); errors.Is(err, fs.ErrClosed) {
		return &InputError{Name: t.Name, Err: err}
	} else if err != nil {
		return err
	}
	p.handed = t.Input.Number
	return nil
}

// decodeAnswer reads what must be the answer to the task of that number.
func decodeAnswer[M wire.Message](payload []byte, number uint64, m M) error {
	a := numbered[M]{message: m}
	if err := wire.Decode(payload, &a); err != nil {
		return err
	}
	if a.number != number {
		return fmt.Errorf("%w: an answer to task %d instead of %d", wire.ErrProtocol, a.number, number)
	}
	return nil
}

// answer waits for a frame that is not a sign of life.
func (p *process) answer(t *Task) (wire.Kind, []byte, error) {
	for last := int64(0); ; {
		kind, payload, err := p.out.Next()
		if err != nil || kind != kindLife {
			return kind, payload, err
		}
		var l life
		if err := wire.Decode(payload, &l); err != nil {
			return kind, nil, err
		}
		if l.at > last {
			last = l.at
			p.watch.moved()
			p.meter.moved(min(l.at, t.most()), l.hits)
		}
	}
}

// stderr keeps the first and last bytes of a child's standard error.
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

// signal is the name of the signal of which a crash report of the Go runtime is; "" if there is none.
func (s *stderr) signal() string {
	for line := range strings.Lines(string(s.first)) {
		if name, _, ok := strings.Cut(line, ": "); ok && strings.HasPrefix(name, "SIG") &&
			strings.ToUpper(name) == name {
			return name
		}
	}
	return ""
}

// ended words how a child ended. The runtime of Go reports some signals itself, and exits.
func ended(err error, reported string) error {
	exit := (*exec.ExitError)(nil)
	switch {
	case reported != "":
		return errors.New("killed by " + reported)
	case errors.As(err, &exit):
		if name := endingSignal(exit.ProcessState); name != "" {
			return errors.New("killed by " + name)
		}
	}
	return err
}

// reason is the line that says why the child ended: the first one of a crash report of the Go
// runtime, which goes on with stacks and registers, or else the last one.
func (s *stderr) reason() string {
	if s.signal() != "" {
		return ""
	}
	for line := range strings.Lines(string(s.first)) {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return strings.TrimSpace(line)
		}
	}
	text := strings.TrimSpace(string(s.last))
	return text[strings.LastIndexByte(text, '\n')+1:]
}
