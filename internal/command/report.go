package command

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"syscall"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/worker"
)

// reporter tells of inputs that failed; the others are still processed.
type reporter struct {
	locale gnu.Locale
	before func() // puts the progress bar out of the way
	failed bool
}

func (r *reporter) input(name string, err error) {
	r.failed = true
	if r.before != nil {
		r.before()
	}
	if isMessage(err) {
		fmt.Fprintf(os.Stderr, "linefork: %v\n", err)
		return
	}
	fmt.Fprintf(os.Stderr, "linefork: %s: %s\n", gnu.Quote(name, r.locale), reason(err))
}

// reason words an error without the name of the file it is about, which stands
// before it already, and with a system's reason as GNU tools word it.
func reason(err error) string {
	var input *worker.InputError
	var output *merge.OutputError
	switch {
	case errors.As(err, &input):
		return reason(input.Err)
	case errors.As(err, &output):
		return "write error: " + reason(output.Err)
	}
	var path *fs.PathError
	var errno syscall.Errno
	if errors.As(err, &path) && errors.As(err, &errno) {
		return gnu.Reason(err)
	}
	return err.Error()
}

// logger writes structured lines to standard error. Each has the name of the
// worker it is about; the coordinator's own have "coordinator".
func logger(level slog.Level) *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}
