// Package command is linefork's command line: it makes a run's options of what was
// typed (package args), and words the messages.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/terminal"
	"github.com/linefork/linefork/merge/output"
)

// System is what a command line is carried out in: the process, or a test.
type System struct {
	Stdin, Stdout, Stderr *os.File
	LookupEnv             func(name string) (string, bool)

	// Hold is called before something is made that must be put away before the
	// process may end; Committing around what should not be broken off. They may
	// be called often.
	Hold       func()
	Committing func() (done func())
}

func (s *System) env(name string) string {
	value, _ := s.LookupEnv(name)
	return value
}

// Status is the error of a run that has said all there is to say and ends with an
// exit status other than 0.
type Status int

func (s Status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// program is one command line on its way.
type program struct {
	*System
	*reporter
	ctx      context.Context
	link     bool // it is called as another tool, and speaks as that does
	screen   *terminal.Screen
	progress *progress // nil before there is a run
	typed    bool      // an input is the terminal at which the user types
	direct   bool      // the output may be the terminal by another name
}

// Run carries out the command line argv, whose first is the program's name. The error
// is a Status, a [*getopt.UsageError], the cause of ctx, or what went wrong.
func Run(ctx context.Context, s *System, argv []string) error {
	err := carryOut(ctx, s, argv)
	if args.Name(argv) != "wc" || err == nil || ctx.Err() != nil || errors.Is(err, syscall.EPIPE) ||
		errors.As(err, new(Status)) {
		return err
	}
	Explain(s.Stderr, argv, err)
	return Status(1) // all that goes wrong is one to wc
}

func carryOut(ctx context.Context, s *System, argv []string) error {
	_, posix := s.LookupEnv("POSIXLY_CORRECT")
	l := locale.FromEnv(s.env)
	typed, err := args.Parse(argv, args.Env{Posix: posix, Locale: l, Options: s.env(args.Variable)})
	if err != nil {
		return err
	}
	screen := terminal.New(s.Stdout, s.Stderr)
	p := &program{
		System: s, ctx: ctx, link: args.IsLink(argv), screen: screen,
		reporter: &reporter{to: screen.Stderr(), name: args.Name(argv), locale: l},
	}
	defer p.end()
	switch c := typed.(type) {
	case *args.Count:
		return p.count(c)
	case *args.Filter:
		return p.filter(c)
	case *args.Grep:
		return p.grep(c)
	case *args.Bench:
		return p.bench(c)
	case *args.Generate:
		return p.generate(c)
	case *args.Continuation:
		return p.complete(c)
	}
	return typed.(args.Text).Print(output.Stream(s.Stdout), p.about())
}

// end ends what shows how far the run has come.
func (p *program) end() {
	if p.progress != nil {
		p.progress.end()
	}
}

// stdout returns the output to standard output.
func (p *program) stdout() output.Output {
	if w := p.screen.Stdout(); w != nil {
		return output.To(w)
	}
	return output.Stream(p.Stdout)
}

// Explain writes what err means to w, as a user of the command line argv reads it. It
// writes nothing for a Status.
func Explain(w io.Writer, argv []string, err error) {
	name := args.Name(argv)
	var usage *getopt.UsageError
	switch {
	case errors.As(err, new(Status)):
	case errors.As(err, &usage):
		explainUsage(w, name, args.IsLink(argv), usage)
	default:
		fmt.Fprintf(w, "%s: %s\n", name, gnu.Visible(reason(err)))
	}
}

// explainUsage writes what is wrong with a command line, and where there is help.
func explainUsage(w io.Writer, name string, link bool, e *getopt.UsageError) {
	called := name
	if !link {
		called = strings.TrimSpace(name + " " + e.Command)
	}
	if e.Message != "" {
		fmt.Fprintf(w, "%s: %s\n", name, gnu.Visible(e.Message))
	}
	if e.Usage != "" {
		fmt.Fprintf(w, "Usage: %s\n", strings.Replace(e.Usage, "linefork "+e.Command, called, 1))
	}
	hint := fmt.Sprintf("Try '%s --help' for more information.", called)
	if e.Near != "" && !link { // the tool makes no guesses
		hint = fmt.Sprintf("Did you mean '%s'? %s", e.Near, hint)
	}
	fmt.Fprintln(w, hint)
}
