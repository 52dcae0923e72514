package getopt

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/near"
)

// Command is the grammar of a command line.
type Command struct {
	// Name is the command's name, for error messages of the caller.
	Name string

	// Options are the options of the command.
	Options []Option

	// Digits, if not empty, is the name of the option that -NUM gives a value.
	Digits string

	// Posix makes the first operand end the options, as POSIXLY_CORRECT in the environment demands.
	Posix bool
}

// Given is an option as it was given.
type Given struct {
	Option int    // its index in Command.Options
	Value  string // "" if it takes none
}

// Parse parses args, which do not include the command's name. It returns the options, in the order
// in which they were given, and the operands. The error is a [*UsageError].
func (c *Command) Parse(args []string) (given []Given, operands []string, err error) {
	r := reader{command: c, rest: args}
	for len(r.rest) > 0 {
		arg := r.next()
		switch {
		case arg == "--":
			operands = append(operands, r.rest...)
			r.rest = nil
		case strings.HasPrefix(arg, "--"):
			err = r.long(arg)
		case len(arg) > 1 && arg[0] == '-':
			err = r.short(arg[1:])
		case c.Posix:
			operands = append(operands, arg)
			operands = append(operands, r.rest...)
			r.rest = nil
		default:
			operands = append(operands, arg)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return r.given, operands, nil
}

// reader walks over the arguments and collects options.
type reader struct {
	command *Command
	rest    []string // arguments not read yet
	given   []Given
}

func (r *reader) next() string {
	arg := r.rest[0]
	r.rest = r.rest[1:]
	return arg
}

func (r *reader) add(option int, value string) {
	r.given = append(r.given, Given{option, value})
}

// argument adds an option that takes an argument: the value that is attached to it, if it is, or
// else its default or the next argument. It reports whether there is one.
func (r *reader) argument(option int, value string, attached bool) bool {
	opt := &r.command.Options[option]
	switch {
	case attached:
		r.add(option, value)
	case opt.Value == Optional:
		r.add(option, opt.Default)
	case len(r.rest) == 0:
		return false
	default:
		r.add(option, r.next())
	}
	return true
}

// long reads a long option, given with its dashes and value.
func (r *reader) long(arg string) error {
	typed, value, hasValue := strings.Cut(arg[len("--"):], "=")
	name, option, err := r.command.lookup(arg, typed)
	if err != nil {
		return err
	}
	opt := &r.command.Options[option]
	switch {
	case opt.Value == None && hasValue:
		return r.command.errorf("option '--%s' doesn't allow an argument", name)
	case opt.Value == None:
		r.add(option, "")
	case !r.argument(option, value, hasValue):
		return r.command.errorf("option '--%s' requires an argument", name)
	}
	return nil
}

// short reads a cluster of short options, given without its dash.
func (r *reader) short(cluster string) error {
	for cluster != "" {
		letter := cluster[:1]
		option := r.command.option(letter)
		if option < 0 {
			number := leadingDigits(cluster)
			if number == "" || r.command.Digits == "" {
				return r.command.errorf("invalid option -- '%s'", firstCharacter(cluster))
			}
			r.add(r.command.option(r.command.Digits), number)
			cluster = cluster[len(number):]
			continue
		}
		cluster = cluster[1:]
		if r.command.Options[option].Value == None {
			r.add(option, "")
			continue
		}
		if !r.argument(option, cluster, cluster != "") {
			return r.command.errorf("option requires an argument -- '%s'", letter)
		}
		return nil
	}
	return nil
}

// option returns the index of the option with the given name, or -1.
func (c *Command) option(name string) int {
	for i := range c.Options {
		if slices.Contains(c.Options[i].Names, name) {
			return i
		}
	}
	return -1
}

// lookup returns the full name and the index of the long option that was typed, by its name or by a
// prefix that fits no other. arg is the whole argument, for messages.
func (c *Command) lookup(arg, typed string) (string, int, error) {
	if typed != "" && !isShort(typed) {
		if option := c.option(typed); option >= 0 {
			return typed, option, nil
		}
	}
	fit, fitName := -1, ""
	var possible []string
	ambiguous := false
	for i := range c.Options {
		opt := &c.Options[i]
		for _, name := range opt.Names {
			if opt.Whole || isShort(name) || !strings.HasPrefix(name, typed) {
				continue
			}
			switch fit {
			case -1:
				fit, fitName = i, name
			case i:
				continue // an alias
			default:
				ambiguous = true
			}
			possible = append(possible, "'--"+name+"'")
		}
	}
	if ambiguous {
		return "", 0, c.errorf("option '%s' is ambiguous; possibilities: %s",
			arg, strings.Join(possible, " "))
	}
	if fit < 0 {
		return "", 0, &UsageError{
			Command: c.Name, Message: fmt.Sprintf("unrecognized option '%s'", arg), Near: c.near(typed),
		}
	}
	return fitName, fit, nil
}

// near returns the long option that was probably meant, with its dashes.
func (c *Command) near(typed string) string {
	var all []string
	for i := range c.Options {
		for _, name := range c.Options[i].Names {
			if !isShort(name) {
				all = append(all, name)
			}
		}
	}
	name := near.Word(typed, all)
	if name != "" {
		name = "--" + name
	}
	return name
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// firstCharacter returns a whole character, of which getopt_long would show only the first byte.
func firstCharacter(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
