package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
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
// They are lower case, but for the reasons of the C library, and end in no stop. What
// an error means is worded here; errors below carry kinds and numbers.

// stdinName is how standard input is named where names are printed, as by grep.
const stdinName = "(standard input)"

// jsonStdinName is how it is named in JSON, as by ripgrep.
const jsonStdinName = "<stdin>"

// reporter reports inputs that failed; the others are still read.
type reporter struct {
	to     io.Writer
	locale locale.Locale
	clear  func() // takes the progress bar out of the way
	plain  bool   // names are printed as they are, as by grep
	silent bool   // failures are not reported
	failed bool
}

// report takes a message of a run.
func (r *reporter) report(m run.Message) {
	if w := run.PatternWarning(""); errors.As(m.Err, &w) {
		r.warn(string(w))
		return
	}
	r.failed = r.failed || !m.Warning
	isLoop := errors.As(m.Err, new(*walk.Loop))
	if r.silent && (!m.Warning || isLoop) {
		return
	}
	r.clear()
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
	fmt.Fprintf(r.to, "linefork: %s\n", text)
}

// warn says something about the command line that is not an error.
func (r *reporter) warn(what string) { fmt.Fprintf(r.to, "linefork: warning: %s\n", what) }

// reason words an error without the name of the input it is about, which stands
// before it already, and a system's reason as GNU tools word it.
func reason(err error) string {
	var open *run.OpenQuoteError
	switch e := err.(type) {
	case *worker.InputError:
		return reason(e.Err)
	case *output.Error:
		return "write error: " + reason(e.Err)
	case *fs.PathError, *os.LinkError, *os.SyscallError, syscall.Errno:
		return gnu.Reason(err)
	}
	if errors.As(err, &open) {
		return openQuote(open)
	}
	return err.Error()
}

func openQuote(e *run.OpenQuoteError) string {
	where := fmt.Sprintf("record at byte %d", e.Offset)
	if e.Line > 0 {
		where += fmt.Sprintf(", line %d", e.Line)
	}
	return where + ": quote is not closed (see --lax and --no-quote)"
}

// worded is an error in words of [reason].
type worded struct{ error }

func (w worded) Error() string { return reason(w.error) }
func (w worded) Unwrap() error { return w.error }

// outputError is err, which came of a write, as an error of the output.
func outputError(err error) error {
	if err == nil {
		return nil
	}
	return &output.Error{Err: err}
}

// writeFailed ends a run whose output failed with the status of an input that did, as
// wc has it, unless its reader is gone.
func (p *program) writeFailed(err error) error {
	var write *output.Error
	if errors.As(err, &write) && !errors.Is(err, syscall.EPIPE) {
		Explain(p.Stderr, err)
		return Status(1)
	}
	return err
}

// logger writes structured lines. Each has the name of the worker it is about; the
// coordinator's own have "coordinator".
func logger(w io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}
