// Linefork counts lines, greps, and filters CSV rows by key in huge files, with
// several processes, and gives the answers of the sequential tools. See
// README.md, or run linefork --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/command"
	"github.com/linefork/linefork/internal/rlimit"
	"github.com/linefork/linefork/internal/signals"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker"
)

// quietly lets SIGQUIT end the process as it ends others, until it is caught.
var quietly = signals.Default(syscall.SIGQUIT)

func main() {
	ownMemory()
	if most := rlimit.Threads(); 0 < most && most < leastThreads {
		fmt.Fprintf(os.Stderr, "linefork: %d processes and threads may run at a time, "+
			"but %d are needed (ulimit -u)\n", most, leastThreads)
		os.Exit(statusError)
	}
	worker.Serve()
	os.Exit(run(os.Args))
}

// leastThreads is how many threads Go's runtime may start for any work; without one of them it ends the
// process in its own way.
const leastThreads = 8

// ownMemory takes back what GOGC and GOMEMLIMIT say, here and in the children: they are the
// interface of Go's runtime, not of this program. A container sets them for another program, and
// the memory limit of that made a grep take thirty times as long. A GOMEMLIMIT that is malformed ends
// the process before it gets here.
func ownMemory() {
	if os.Getenv("GOGC") != "" {
		debug.SetGCPercent(100)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		debug.SetMemoryLimit(math.MaxInt64)
	}
}

// The exit status, for all commands.
const (
	statusError = 2   // an error that is not one input's alone
	statusDeath = 128 // plus the number of the signal that ended the run
)

// run runs a command line and returns the exit status. It is the one place
// where errors become a status.
func run(args []string) int {
	ctx, s := withSignals(context.Background())
	err := command.Run(ctx, &command.System{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, LookupEnv: os.LookupEnv,
		Hold: s.hold, Committing: s.commit,
	}, args)
	var death *signalError
	var status command.Status
	var write *output.Error
	switch {
	case err == nil:
		return 0
	case errors.As(context.Cause(ctx), &death) && !s.committed():
		die(death.signal)
		return statusDeath + int(death.signal)
	case errors.Is(err, syscall.EPIPE) && errors.As(err, &write):
		// The reader has seen enough, as with "| head". Other tools die of
		// SIGPIPE here, unless it is ignored; this one had children to put away first.
		if !signals.BrokenPipeIgnored() {
			return statusDeath + int(syscall.SIGPIPE)
		}
		command.Explain(os.Stderr, args, write)
		if errors.As(err, &status) {
			return int(status)
		}
		return statusError
	case errors.As(err, &status):
		return int(status)
	}
	command.Explain(os.Stderr, args, err)
	return statusError
}

// signalError is why a context is done when a signal asked for it.
type signalError struct{ signal syscall.Signal }

func (e *signalError) Error() string { return fmt.Sprintf("ended by signal %d", e.signal) }

// grace is how long a run may take to put its children and temporary files
// away after a signal. Only a reader that does not read can hold it up longer.
const grace = 3 * time.Second

// patience is how long a second signal is not heard: timeout(1), a closing
// terminal and others send two at once.
const patience = time.Second / 2

// ending ends the run when a signal asks for it. Until there is something to be put
// away a signal may do what it does by default: to catch it would take a tenth of the
// time of a run over a small file.
type ending struct {
	cancel   context.CancelCauseFunc
	catching sync.Once
	mu       sync.Mutex // held during a commit, and by a signal that ends the process
	over     bool       // a commit is; guarded by mu
}

// withSignals returns a context that ends with one of endingSignals, once
// ending.hold was called. A second signal ends the process at once.
func withSignals(ctx context.Context) (context.Context, *ending) {
	s := new(ending)
	ctx, s.cancel = context.WithCancelCause(ctx)
	// A write to a closed pipe shall fail, not kill.
	signal.Ignore(syscall.SIGPIPE)
	if os.Getpid() == 1 || runtime.GOOS != "linux" {
		// By default a signal does nothing to the first process of a container, and
		// on Windows the status would be another one. Elsewhere a pipe may be spooled
		// to a file that has a name.
		s.hold()
	}
	return ctx, s
}

// hold is called before something is made that must be put away. When it returns, a
// signal ends the context, no longer the process.
func (s *ending) hold() { s.catching.Do(s.catch) }

// commit is called before what should not be broken off, and done behind it. From then on
// the status is what has come of that, whatever signals there are: who is told that a run
// was ended by one repeats it.
func (s *ending) commit() (done func()) {
	s.mu.Lock()
	return func() {
		s.over = true
		s.mu.Unlock()
	}
}

func (s *ending) committed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.over
}

// endingSignals end a run.
var endingSignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT}

// die ends the process by a signal that was caught, where that can be done: a shell ends its loop
// when Ctrl-C killed what it ran, and goes on after any other end. The runtime answers SIGQUIT
// with the stacks of all goroutines, of which nobody has use.
func die(s syscall.Signal) {
	if s == syscall.SIGQUIT || os.Getpid() == 1 { // which no signal kills
		return
	}
	signal.Reset(s)
	if p, err := os.FindProcess(os.Getpid()); err == nil && p.Signal(s) == nil {
		time.Sleep(time.Second) // it arrives on any thread
	}
}

// catch has the first signal end the context.
func (s *ending) catch() {
	var ending []os.Signal
	for _, s := range endingSignals {
		if !signal.Ignored(s) { // nohup, or a job in the background
			ending = append(ending, s)
		}
	}
	caught := make(chan os.Signal, 1)
	if len(ending) > 0 {
		signal.Notify(caught, ending...)
	}
	quietly() // is over, but not before it is caught
	go func() {
		first := (<-caught).(syscall.Signal)
		s.cancel(&signalError{first})
		time.Sleep(patience)
		select {
		case <-caught:
		default:
		}
		select {
		case <-caught:
		case <-time.After(grace - patience):
		}
		s.mu.Lock() // waits for a commit
		if s.over {
			s.mu.Unlock()
			return
		}
		die(first)
		os.Exit(statusDeath + int(first))
	}()
}
