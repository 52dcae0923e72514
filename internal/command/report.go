package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
)

// Messages go to standard error, a line each, as GNU tools have them:
//
//	linefork: FILE: what is wrong
//	linefork: warning: what is odd about the command line
//
// or with the name of the tool that a link stands for, which gives its messages.
// They are lower case, but for the reasons of the C library, and end in no stop. What
// an error means is worded here; errors below carry kinds and numbers.

// stdinName is how standard input is named where names are printed, as by grep.
const stdinName = "(standard input)"

// jsonStdinName is how it is named in JSON, as by ripgrep.
const jsonStdinName = "<stdin>"

// reporter reports inputs that failed; the others are still read.
type reporter struct {
	to     io.Writer
	name   string // what the program is called
	locale locale.Locale
	plain  bool // names are printed as they are, as by grep
	silent bool // failures are not reported
	failed bool
}

// report takes a message of a run.
func (r *reporter) report(m run.Message) {
	r.failed = r.failed || !m.Warning
	if w := run.PatternWarning(""); errors.As(m.Err, &w) {
		r.warn(string(w))
		return
	}
	isLoop := errors.As(m.Err, new(*walk.Loop))
	if r.silent && (!m.Warning || isLoop) && !errors.Is(m.Err, run.ErrLimit) {
		return
	}
	text := reason(m.Err)
	if !isLoop && !errors.As(m.Err, new(args.Message)) { // which name what they are about
		name := m.Input
		if name == jsonStdinName {
			name = stdinName
		}
		if !r.plain && name != stdinName {
			name = gnu.Quote(name, r.locale)
		}
		text = name + ": " + text
	}
	r.line(text)
}

// line writes a line. What is in it from outside, such as the name of a column, must not control the
// terminal.
func (r *reporter) line(text string) {
	fmt.Fprintf(r.to, "%s: %s\n", r.name, gnu.Visible(text))
}

// warn says something about the command line that is not an error.
func (r *reporter) warn(what string) { r.line("warning: " + what) }

// say says something about a file that is not an error.
func (r *reporter) say(file, what string) {
	if file != stdinName {
		file = gnu.Quote(file, r.locale)
	}
	r.line(file + ": " + what)
}

// reason words an error without the name of the input it is about, which stands
// before it already, and a system's reason as GNU tools word it.
func reason(err error) string {
	var open *run.OpenQuoteError
	switch e := err.(type) {
	case *run.ReadError:
		if e.Offset == 0 { // nothing of it can be read
			return reason(e.Err)
		}
		return fmt.Sprintf("%s at byte %d", reason(e.Err), e.Offset)
	case *worker.InputError:
		return reason(e.Err)
	case *output.UndoError:
		return fmt.Sprintf("%s; it is cut back by the next run that appends: %s",
			reason(e.Err), reason(e.Undo))
	case *output.SyncError:
		return e.What() + ": " + reason(e.Err)
	case *output.Error:
		return "write error: " + reason(e.Err)
	case *fs.PathError, *os.LinkError, *os.SyscallError, syscall.Errno:
		return gnu.Reason(err)
	}
	if errors.As(err, &open) {
		return open.Error() + " (see --lax and --no-quote)"
	}
	return err.Error()
}

// worded is an error in words of [reason].
type worded struct{ error }

func (w worded) Error() string { return reason(w.error) }
func (w worded) Unwrap() error { return w.error }

// writeFailed ends a run whose output failed with the status of an input that did, as
// wc has it, unless nobody reads any more.
func (p *program) writeFailed(err error) error {
	var write *output.Error
	switch {
	case !errors.As(err, &write):
		return err
	case errors.Is(err, syscall.EPIPE):
		return &unread{err, 1}
	}
	p.line(reason(err))
	return Status(1)
}

// unread is that nobody reads the output, and the status if that is an error.
type unread struct {
	error
	status Status
}

func (u *unread) Unwrap() []error { return []error{u.error, u.status} }
