// Linefork counts lines, greps, and filters CSV rows by key in huge files, with
// several processes, and gives the answers of the sequential tools. See
// README.md, or run linefork --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/linefork/linefork/internal/command"
	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker"
)

func main() {
	worker.Serve()
	exit(run(os.Args))
}

func exit(status int) {
	os.Exit(status)
}

// The exit status, for all commands.
const (
	statusError = 2   // an error that is not one input's alone
	statusDeath = 128 // plus the number of the signal that ended the run
)

// run runs a command line and returns the exit status. It is the one place
// where errors become a status.
func run(args []string) int {
	ctx := withSignals(context.Background())
	err := command.Run(ctx, args)
	var death *signalError
	var status command.Status
	switch {
	case errors.As(context.Cause(ctx), &death):
		return statusDeath + int(death.signal)
	case err == nil:
		return 0
	case errors.Is(err, syscall.EPIPE) && errors.As(err, new(*output.Error)):
		// The reader has seen enough, as with "| head". Other tools die of
		// SIGPIPE here; this one has children to put away first.
		return statusDeath + int(syscall.SIGPIPE)
	case errors.As(err, &status):
		return int(status)
	}
	command.Explain(os.Stderr, err)
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

// withSignals returns a context that ends with SIGINT, SIGTERM or SIGHUP, once
// there is something to be put away. A second signal ends the process at once.
func withSignals(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	// A write to a closed pipe shall fail, not kill.
	signal.Ignore(syscall.SIGPIPE)
	guard.OnRaise(func() { catch(cancel) })
	if os.Getpid() == 1 || runtime.GOOS != "linux" {
		// By default a signal does nothing to the first process of a container, and
		// on Windows the status would be another one. Elsewhere a pipe may be spooled
		// to a file that has a name.
		guard.Raise()
	}
	return ctx
}

// catch has the first signal call cancel.
func catch(cancel context.CancelCauseFunc) {
	var ending []os.Signal
	for _, s := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // nohup, or a job in the background
			ending = append(ending, s)
		}
	}
	signals := make(chan os.Signal, 1)
	if len(ending) > 0 {
		signal.Notify(signals, ending...)
	}
	go func() {
		s := (<-signals).(syscall.Signal)
		cancel(&signalError{s})
		time.Sleep(patience)
		select {
		case <-signals:
		default:
		}
		for wait := true; wait; wait = guard.Held() {
			select {
			case <-signals:
			case <-time.After(grace - patience):
			}
		}
		exit(statusDeath + int(s))
	}()
	// Caught and dropped: children would inherit that it is ignored.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
}
