// Package args reads linefork's command line: what was typed, checked and in the types
// of a run, and nothing of what it means.
//
//	switch c, err := args.Parse(os.Args, posix, locale); c := c.(type) {
//	case *args.Count: ...
//	case args.Help: return args.Print(os.Stdout, version, c)
//	}
//
// Each option of a command stands once, in that command's table: its names, its
// help, how often it may be given, and the function that takes its value. The
// tables are all there is: package getopt reads command lines by them, as GNU tools
// do, and urfave/cli makes help and shell completion of them.
//
// A value that is wrong, and options that do not go together, are a
// [*getopt.UsageError], or a [Message] where GNU grep does not point to its help.
// An option that means nothing beside the others is such an error, too, unless GNU
// ignores it or its help says that it is ignored.
package args

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
)

// Command is what a command line asks for: a [*Count], [*Filter], [*Grep], [*Bench]
// or [*Generate], or one of the texts that [Print] writes: a [Help], [Version] or
// [Completion].
type Command interface{ isCommand() }

// Help asks for the help of a command, or of the whole program if Command is empty.
type Help struct{ Command string }

// Version asks for the program's version; in the form of grep if Command is "grep".
type Version struct{ Command string }

// Completion asks how a command line may go on: Words are those before the cursor.
type Completion struct{ Words []string }

func (*Count) isCommand()     {}
func (*Filter) isCommand()    {}
func (*Grep) isCommand()      {}
func (*Bench) isCommand()     {}
func (*Generate) isCommand()  {}
func (Help) isCommand()       {}
func (Version) isCommand()    {}
func (Completion) isCommand() {}

// Message is an error that is not followed by a hint at the help.
type Message string

func (m Message) Error() string { return string(m) }

// complete is the last argument of a command line that a shell wants completed. With
// "--" before it, it is an operand.
const complete = "--generate-bash-completion"

// Parse reads a command line whose first argument is the program's name. With posix,
// the first operand ends the options. Names are quoted in messages as fits l.
func Parse(argv []string, posix bool, l locale.Locale) (Command, error) {
	args := argv[min(1, len(argv)):]
	if n := len(args); n > 0 && args[n-1] == complete && !slices.Contains(args, "--") {
		return Completion{args[:n-1]}, nil
	}
	switch {
	case len(args) == 0 || args[0] == "-h" || args[0] == "help" && len(args) == 1:
		return Help{}, nil
	case args[0] == "help":
		args = []string{args[1], "--help"}
	}
	name := args[0]
	switch c := find(name); {
	case c != nil:
		typed, err := c.parse(args[1:], posix, l)
		if err != nil {
			return nil, wrong(name, err)
		}
		return typed, nil
	case name == "--help" || name == "--version":
		return parseTop(args)
	case strings.HasPrefix(name, "-"):
		return nil, wrong("", fmt.Errorf("unrecognized option '%s'", name))
	}
	return nil, wrong("", fmt.Errorf("unknown command '%s'", name))
}

// wrong makes a usage error of an error that is neither one nor a Message.
func wrong(command string, err error) error {
	if errors.As(err, new(*getopt.UsageError)) || errors.As(err, new(Message)) {
		return err
	}
	return &getopt.UsageError{Command: command, Message: err.Error()}
}

// topOptions are those without a command.
func topOptions() []option { return withHelp(flag("version", nil, "print the version")) }

// parseTop reads a command line without a command.
func parseTop(args []string) (Command, error) {
	g := getopt.Command{Options: grammar(topOptions()), Posix: true}
	given, operands, err := g.Parse(args)
	switch {
	case err != nil:
		return nil, err
	case !asksForHelp(given):
		return Version{}, nil
	case len(operands) == 0:
		return Help{}, nil
	case find(operands[0]) == nil:
		return nil, Message(fmt.Sprintf("No help topic for '%s'", operands[0]))
	}
	return Help{operands[0]}, nil
}
