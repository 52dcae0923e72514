package command

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"syscall"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker"
)

// stdinName is how standard input is named where names are printed, as by grep.
const stdinName = "(standard input)"

// reporter tells of inputs that failed; the others are still processed.
type reporter struct {
	locale locale.Locale
	before func() // puts the progress bar out of the way
	plain  bool   // names are printed as they are, as by grep
	silent bool   // failures are not told of
	failed bool
}

func (r *reporter) input(name string, err error) {
	r.failed = true
	if !r.silent {
		r.say(name, err)
	}
}

// say tells of something about an input that is no failure.
func (r *reporter) say(name string, err error) {
	if r.before != nil {
		r.before()
	}
	if isMessage(err) {
		fmt.Fprintf(os.Stderr, "linefork: %v\n", err)
		return
	}
	if name != stdinName && !r.plain {
		name = gnu.Quote(name, r.locale)
	}
	fmt.Fprintf(os.Stderr, "linefork: %s: %s\n", name, reason(err))
}

// tell says something about an input.
func (r *reporter) tell(name, what string) { r.say(name, errors.New(what)) }

// warn says something about the command line that is no error.
func (r *reporter) warn(what string) { fmt.Fprintf(os.Stderr, "linefork: warning: %s\n", what) }

// reason words an error without the name of the input it is about, which stands
// before it already, and a system's reason as GNU tools word it.
func reason(err error) string {
	switch e := err.(type) {
	case *worker.InputError:
		if p := (*fs.PathError)(nil); errors.As(e.Err, &p) {
			return gnu.Reason(p)
		}
		return reason(e.Err)
	case *output.Error:
		return "write error: " + reason(e.Err)
	case *fs.PathError, *os.LinkError, *os.SyscallError, syscall.Errno:
		return gnu.Reason(err)
	}
	return err.Error()
}

// logger writes structured lines to standard error. Each has the name of the
// worker it is about; the coordinator's own have "coordinator".
func logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
