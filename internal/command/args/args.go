// Package args reads linefork's command line: what was typed, checked and in the types
// of a run, and nothing of what it means.
//
//	switch c, err := args.Parse(os.Args, env); c := c.(type) {
//	case *args.Count: ...
//	case args.Text: return c.Print(os.Stdout, about)
//	}
//
// Each option of a command stands once, in that command's table: its names, its
// help, how often it may be given, and the function that takes its value. The
// tables are all there is: package getopt reads command lines by them, as GNU tools
// do, and the help (urfave/cli), the manual pages and what shells complete are made
// of them. It is version 3 of urfave/cli: version 2 brings a formatter of manual pages
// along, whose initialization took a sixth of a run over a small file, in every process.
//
// A value that is wrong, and options that do not go together, are a
// [*getopt.UsageError], or a [Message] where GNU grep does not point to its help.
// An option that means nothing beside the others is such an error, too, unless GNU
// ignores it or its help says that it is ignored.
package args

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
)

// Command is what a command line asks for: a [*Count], [*Filter], [*Grep], [*Bench]
// or [*Generate], a [*Continuation], or a [Text].
type Command interface{ isCommand() }

// Text is a text about the program that a command line asks for: a [Help], [Version],
// [Script] or [Page].
type Text interface {
	Command
	// Print writes the text. The error is that of w.
	Print(w io.Writer, about About) error
}

// About is what texts say about the program, and for whom.
type About struct {
	Version string    // such as v1.2.3
	Details []string  // how it was built and what it runs on, a line each
	Built   time.Time // when the version was made; zero if not known
	Width   int       // columns of the screen
}

func (*Count) isCommand()        {}
func (*Filter) isCommand()       {}
func (*Grep) isCommand()         {}
func (*Bench) isCommand()        {}
func (*Generate) isCommand()     {}
func (*Continuation) isCommand() {}
func (Help) isCommand()          {}
func (Version) isCommand()       {}
func (Script) isCommand()        {}
func (Page) isCommand()          {}

// Message is an error that is not followed by a hint at the help.
type Message string

func (m Message) Error() string { return string(m) }

// Env is what the environment says about the reading of a command line.
type Env struct {
	Posix   bool          // the first operand ends the options: POSIXLY_CORRECT
	Locale  locale.Locale // how names are quoted in messages
	Options string        // of [Variable]
}

// Parse reads a command line whose first word is what the program was called by: it is
// grep, egrep, fgrep or wc if that is its name.
func Parse(argv []string, env Env) (Command, error) {
	args := argv[min(1, len(argv)):]
	if l := linkOf(argv); l.command != nil {
		return l.parse(args, env)
	}
	switch {
	case len(args) == 0 || args[0] == "help" && len(args) == 1:
		return Help{}, nil
	case args[0] == "help":
		args = []string{args[1], "--help"}
	}
	name := args[0]
	switch c := find(name); {
	case c != nil:
		typed, err := c.parse(args[1:], env)
		if err != nil {
			return nil, wrong(name, err)
		}
		return typed, nil
	case strings.HasPrefix(name, "-") && name != "-":
		return parseTop(args, env)
	}
	return nil, unknownCommand(name)
}

// wrong makes a usage error of that command of an error that is not a Message.
func wrong(command string, err error) error {
	var usage *getopt.UsageError
	switch {
	case err == nil || errors.As(err, new(Message)):
		return err
	case errors.As(err, &usage):
		usage.Command = command
		return usage
	}
	return &getopt.UsageError{Command: command, Message: err.Error()}
}

// topOptions are those without a command.
func topOptions() []option {
	return []option{
		flag("help h", nil, "show this help, or that of COMMAND"),
		flag("version V", nil, "print the version, how it was built and what it runs on"),
	}
}

// parseTop reads a command line that begins with an option.
func parseTop(args []string, env Env) (Command, error) {
	table := topOptions()
	g := getopt.Command{Options: grammar(table), Posix: true}
	typed, operands, err := g.Parse(args)
	switch {
	case err != nil:
		return nil, err
	case isGiven(table, typed, "help") && len(operands) > 0 && find(operands[0]) == nil:
		return nil, unknownCommand(operands[0])
	case isGiven(table, typed, "help"):
		return Help{Command: strings.Join(operands[:min(1, len(operands))], "")}, nil
	case isGiven(table, typed, "version"):
		return Version{}, nil
	}
	return Parse(append([]string{program}, operands...), env) // behind "--"
}
