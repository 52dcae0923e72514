// Package command is linefork's command line: the options of each command,
// what they mean together, and the messages.
package command

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/merge/output"
)

// Status is the error of a run that has said all there is to say and ends with
// an exit status other than 0.
type Status int

func (s Status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// Run runs the command line args, whose first is the program's name. The error
// is a Status, a [*getopt.UsageError], the cause of ctx, or what went wrong.
func Run(ctx context.Context, args []string) error {
	if len(args) > 1 {
		switch {
		case args[1] == "help" && len(args) > 2:
			args = []string{args[0], args[2], "--help"}
		case args[1] == "help" || args[1] == "-h":
			args = []string{args[0], "--help"}
		}
	}
	app := newApp(args[min(1, len(args)):])
	out := &checkedWriter{w: os.Stdout}
	app.Writer = out
	if err := run(ctx, app, args); err != nil {
		return err
	}
	if out.err != nil {
		return &output.Error{Err: out.err}
	}
	return nil
}

func run(ctx context.Context, app *cli.App, args []string) error {
	if len(args) < 2 {
		return app.RunContext(ctx, args)
	}
	switch cmd := app.Command(args[1]); {
	case cmd != nil:
		rest, err := grammar(cmd).Normalize(args[2:])
		if err != nil {
			return err
		}
		options := rest[:slices.Index(rest, "--")]
		if !slices.Contains(options, "--help") {
			app.Metadata = map[string]any{"options": options}
			return act(ctx, app, cmd, rest)
		}
		// Operands of --help would be help topics to urfave/cli.
		args = []string{args[0], cmd.Name, "--help"}
	case !strings.HasPrefix(args[1], "-"):
		return &getopt.UsageError{Message: fmt.Sprintf("unknown command '%s'", args[1])}
	case args[1] != "--help" && args[1] != "--version":
		return &getopt.UsageError{Message: fmt.Sprintf("unrecognized option '%s'", args[1])}
	}
	return app.RunContext(ctx, args)
}

// act does what a command line in canonical form asks for. It is what
// [cli.App.RunContext] does, but for help texts, which would be made ready each
// time at the cost of the rest of the start.
func act(ctx context.Context, app *cli.App, cmd *cli.Command, args []string) error {
	set := flag.NewFlagSet(cmd.Name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, f := range cmd.Flags {
		if err := f.Apply(set); err != nil {
			return err
		}
	}
	c := cli.NewContext(app, set, nil)
	c.Context, c.Command = ctx, cmd
	if err := set.Parse(args); err != nil {
		return usageError(c, "%v", err)
	}
	return cmd.Action(c)
}

// checkedWriter keeps the error that urfave/cli drops when it prints help.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	if c.err == nil {
		c.err = err
	}
	return n, err
}

// lastOption returns which of some options stands last on the command line, ""
// if none does.
func lastOption(c *cli.Context, names ...string) string {
	options, _ := c.App.Metadata["options"].([]string)
	for _, option := range slices.Backward(options) {
		if name := strings.TrimPrefix(option, "--"); slices.Contains(names, name) {
			return name
		}
	}
	return ""
}

func grammar(cmd *cli.Command) *getopt.Command {
	flags := append([]cli.Flag{cli.HelpFlag}, cmd.Flags...)
	_, posix := os.LookupEnv("POSIXLY_CORRECT")
	g := &getopt.Command{Name: cmd.Name, Options: getopt.FromFlags(flags), Posix: posix}
	if cmd.Name == "grep" {
		g.Options = getopt.WithOptional(g.Options, "color", "auto")
		g.Digits = "context"
		markOwn(g.Options)
	}
	if cmd.Name == "count" {
		markBy(g.Options)
	}
	return g
}

// constructors make the commands, in the order of the help.
var constructors = []struct {
	name string
	make func() *cli.Command
}{
	{"count", countCommand}, {"grep", grepCommand}, {"filter", filterCommand},
	{"bench", benchCommand}, {"generate", generateCommand},
}

// commands makes the command that is named first in args, all if none is.
func commands(args []string) (all []*cli.Command) {
	for _, c := range constructors {
		if len(args) > 0 && args[0] == c.name {
			return []*cli.Command{c.make()}
		}
	}
	for _, c := range constructors {
		all = append(all, c.make())
	}
	return all
}

func newApp(args []string) *cli.App {
	own := remember([]cli.Flag{
		// -h means --no-filename to filter, as to grep.
		&cli.BoolFlag{Name: "help", Usage: "show this help"},
		&cli.BoolFlag{Name: "version", Usage: "print the version"},
	})
	cli.HelpFlag, cli.VersionFlag = own[0], own[1]
	cli.VersionPrinter = func(c *cli.Context) { fmt.Fprintln(c.App.Writer, "linefork", c.App.Version) }
	app := &cli.App{
		Name:      "linefork",
		Usage:     "count lines, grep and filter CSV rows in huge files, with several processes",
		UsageText: "linefork COMMAND [OPTION]... [FILE]...",
		Description: "The bytes, the order, the counts and the exit status are those of the sequential\n" +
			"tool, at any number of workers. Run 'linefork COMMAND --help' for a command's options.",
		Version:                   version(),
		HideHelpCommand:           true,
		DisableSliceFlagSeparator: true,
		Commands:                  commands(args),
		// The exit status is settled in main.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError: func(c *cli.Context, err error, _ bool) error {
			return usageError(c, "%v", err)
		},
	}
	for _, cmd := range app.Commands {
		cmd.HideHelpCommand = true
		cmd.OnUsageError = app.OnUsageError
		cmd.Flags = remember(cmd.Flags)
	}
	return app
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// usageError is an error in the command line of c's command.
func usageError(c *cli.Context, format string, args ...any) error {
	return &getopt.UsageError{Command: c.Command.Name, Message: fmt.Sprintf(format, args...)}
}

// Explain writes what err means to w, as a user of the command line reads it.
// It writes nothing for a Status.
func Explain(w io.Writer, err error) {
	var usage *getopt.UsageError
	var status Status
	switch {
	case errors.As(err, &status):
	case errors.As(err, &usage):
		name := strings.TrimSpace("linefork " + usage.Command)
		fmt.Fprintf(w, "linefork: %s\nTry '%s --help' for more information.\n", usage.Message, name)
	default:
		fmt.Fprintf(w, "linefork: %s\n", reason(err))
	}
}
