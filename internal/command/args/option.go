package args

import (
	"fmt"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
)

// option is all that is known of an option of a command.
type option struct {
	names    string // with spaces between them; those of one letter follow a single dash
	value    string // what the help calls the value; "" if there is none
	absent   string // what a value that is left out stands for; "" if it must be there
	shown    string // the default, for the help
	category string
	help     string // has value in it
	repeat   repeat
	whole    bool // see [getopt.Option]
	shared   bool // count, grep and filter have it, and it leaves the result as it is
	set      setter

	// What a shell may complete the value to.
	words  func() []string // nil: anything, or the name of a file
	column bool            // the columns of a table
}

// repeat is what an option means that is given more than once.
type repeat uint8

const (
	last repeat = iota // the last one counts
	once               // it is a usage error
	adds               // all count
)

func flag(names string, set setter, help string) option {
	return option{names: names, set: set, help: help}
}

// valued has a value, as "N" or, with its default, as "N=1".
func valued(names, value string, set setter, help string) option {
	value, shown, _ := strings.Cut(value, "=")
	return option{names: names, value: value, shown: shown, set: set, help: help}
}

func (o option) optional(absent string) option { o.absent = absent; return o }
func (o option) defaults(shown string) option  { o.shown = shown; return o }
func (o option) exact() option                 { o.whole = true; return o }
func (o option) once() option                  { o.repeat = once; return o }
func (o option) adds() option                  { o.repeat = adds; return o }
func (o option) ofColumns() option             { o.column = true; return o }

// among says what the value is one of.
func (o option) among(words ...string) option {
	o.words = func() []string { return words }
	return o
}

// name is the option's name in messages.
func (o *option) name() string {
	name, _, _ := strings.Cut(o.names, " ")
	return name
}

// group puts options into a category of the help.
func group(category string, options ...option) []option {
	for i := range options {
		options[i].category = category
	}
	return options
}

// whole keeps options from making abbreviations of others ambiguous.
func whole(options ...option) []option {
	for i := range options {
		options[i].whole = true
	}
	return options
}

// command is one of linefork's commands.
type command struct {
	name, summary string
	usage         string    // a line for each form
	examples      []example // run by the tests, in testdata
	description   string    // paragraphs, with empty lines between them

	digits string // the option that -NUM stands for, if any
	make   func(locale.Locale) operation
}

// example is a command line, and what it is good for.
type example struct{ Line, Says string }

// operation is the struct that a command's options are typed into. It may also have a
// method operands: the words of which the first operand is one.
type operation interface {
	options() []option

	// finish takes the operands and returns an error if the options that were given
	// do not go together. The result is the operation, or a Version.
	finish(g given, operands []string) (Command, error)
}

// given holds the names of the options that were given, in order.
type given []string

func (g given) has(name string) bool { return slices.Contains(g, name) }

// none returns an error about the first of names that was given, if one was.
func (g given) none(format string, names ...string) error {
	if i := slices.IndexFunc(names, g.has); i >= 0 {
		return fmt.Errorf(format, names[i])
	}
	return nil
}

// either returns an error if both were given.
func (g given) either(a, b string) error {
	if g.has(a) && g.has(b) {
		return fmt.Errorf("--%s and --%s exclude each other", a, b)
	}
	return nil
}

// commands are in the order of the help.
var commands = [...]*command{
	&countCommand, &grepCommand, &filterCommand, &benchCommand, &generateCommand,
	&completionCommand, &manCommand, &versionCommand,
}

func find(name string) *command {
	for _, c := range commands {
		if c.name == name {
			return c
		}
	}
	return nil
}

// unknownCommand is the error about a name that no command has.
func unknownCommand(name string) error {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	return mistyped(fmt.Sprintf("unknown command '%s'", name), name, names...)
}

// groupAbout is the category of options that ask for a text.
const groupAbout = "About linefork"

// withHelp adds --help to the options of a table.
func withHelp(table ...option) []option {
	return append(table, group(groupAbout, flag("help", nil, "show this help"))...)
}

// grammar describes a table for getopt.
func grammar(table []option) []getopt.Option {
	grammar := make([]getopt.Option, 0, len(table))
	for _, o := range table {
		g := getopt.Option{Names: strings.Split(o.names, " "), Default: o.absent, Whole: o.whole}
		switch {
		case o.absent != "":
			g.Value = getopt.Optional
		case o.value != "":
			g.Value = getopt.Required
		}
		grammar = append(grammar, g)
	}
	return grammar
}

// parse reads the arguments of a command. An error that is not a Message is a usage
// error.
func (c *command) parse(args []string, env Env) (Command, error) {
	op := c.make(env.Locale)
	table := withHelp(op.options()...)
	g := getopt.Command{Name: c.name, Options: grammar(table), Digits: c.digits, Posix: env.Posix}
	typed, operands, err := g.Parse(args)
	switch {
	case err != nil:
		return nil, err
	case isGiven(table, typed, "help"):
		return Help{Command: c.name}, nil
	case !isGiven(table, typed, "no-config"):
		if err := preset(table, env.Options); err != nil {
			return nil, err
		}
	}
	all := make(given, 0, len(typed))
	for _, t := range typed {
		o := &table[t.Option]
		name := o.name()
		if o.repeat == once && all.has(name) {
			return nil, fmt.Errorf("option '--%s' is given twice", name)
		}
		if err := o.set(t.Value); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return op.finish(all, operands)
}

// isGiven reports whether the option of that name is among those that were typed.
func isGiven(table []option, typed []getopt.Given, name string) bool {
	return slices.ContainsFunc(typed, func(g getopt.Given) bool {
		return table[g.Option].name() == name
	})
}
