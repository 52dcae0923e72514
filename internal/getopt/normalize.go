package getopt

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Command is a command line's grammar.
type Command struct {
	// Name is the command's name, for the caller's use in error messages.
	Name string

	// Options are the options of the command.
	Options []Option

	// Digits, if not empty, names the option whose value -NUM is.
	Digits string

	// Posix makes the first operand end the options, as POSIXLY_CORRECT in the
	// environment demands.
	Posix bool
}

// Normalize reads args with the given options. It is short for the method of
// [Command] with neither Digits nor Posix.
func Normalize(command string, opts []Option, args []string) ([]string, error) {
	c := Command{Name: command, Options: opts}
	return c.Normalize(args)
}

// Normalize reads args, which do not include the command's name, and returns
// them in canonical form. The error is a [*UsageError].
func (c *Command) Normalize(args []string) ([]string, error) {
	r := reader{command: c, rest: args}
	var operands []string
	for len(r.rest) > 0 {
		arg := r.next()
		var err error
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
			return nil, err
		}
	}
	return append(append(r.options, "--"), operands...), nil
}

// reader walks over the arguments and gathers the options in canonical form.
type reader struct {
	command *Command
	rest    []string // arguments not read yet
	options []string // options read
}

func (r *reader) next() string {
	arg := r.rest[0]
	r.rest = r.rest[1:]
	return arg
}

func (r *reader) flag(opt *Option) {
	r.options = append(r.options, "--"+opt.canonical())
}

func (r *reader) value(opt *Option, value string) {
	r.options = append(r.options, "--"+opt.canonical()+"="+value)
}

// long reads a long option, dashes and value included.
func (r *reader) long(arg string) error {
	typed, value, hasValue := strings.Cut(arg[len("--"):], "=")
	name, opt, err := r.command.lookup(arg, typed)
	if err != nil {
		return err
	}
	switch {
	case opt.Value == None && hasValue:
		return r.command.errorf("option '--%s' doesn't allow an argument", name)
	case opt.Value == None:
		r.flag(opt)
	case hasValue:
		r.value(opt, value)
	case opt.Value == Optional:
		r.value(opt, opt.Default)
	case len(r.rest) == 0:
		return r.command.errorf("option '--%s' requires an argument", name)
	default:
		r.value(opt, r.next())
	}
	return nil
}

// short reads a cluster of short options without its dash.
func (r *reader) short(cluster string) error {
	for cluster != "" {
		letter := cluster[:1]
		opt := r.command.option(letter)
		if opt == nil {
			number := leadingDigits(cluster)
			if number == "" || r.command.Digits == "" {
				return r.command.errorf("invalid option -- '%s'", firstCharacter(cluster))
			}
			r.options = append(r.options, "--"+r.command.Digits+"="+number)
			cluster = cluster[len(number):]
			continue
		}
		cluster = cluster[1:]
		if opt.Value == None {
			r.flag(opt)
			continue
		}
		switch {
		case cluster != "":
			r.value(opt, cluster)
		case opt.Value == Optional:
			r.value(opt, opt.Default)
		case len(r.rest) == 0:
			return r.command.errorf("option requires an argument -- '%s'", letter)
		default:
			r.value(opt, r.next())
		}
		return nil
	}
	return nil
}

// option returns the option with the given name, or nil.
func (c *Command) option(name string) *Option {
	for i := range c.Options {
		if slices.Contains(c.Options[i].Names, name) {
			return &c.Options[i]
		}
	}
	return nil
}

// lookup returns the long option that typed is the name or the only fitting
// prefix of, and its full name. arg is the whole argument, for messages.
func (c *Command) lookup(arg, typed string) (string, *Option, error) {
	if typed != "" && !isShort(typed) {
		if opt := c.option(typed); opt != nil {
			return typed, opt, nil
		}
	}
	var fit struct {
		name string
		opt  *Option
	}
	var possible []string
	ambiguous := false
	for i := range c.Options {
		opt := &c.Options[i]
		for _, name := range opt.Names {
			if opt.Whole || isShort(name) || !strings.HasPrefix(name, typed) {
				continue
			}
			switch fit.opt {
			case nil:
				fit.name, fit.opt = name, opt
			case opt:
				continue // an alias
			default:
				ambiguous = true
			}
			possible = append(possible, "'--"+name+"'")
		}
	}
	if ambiguous {
		return "", nil, c.errorf("option '%s' is ambiguous; possibilities: %s",
			arg, strings.Join(possible, " "))
	}
	if fit.opt == nil {
		return "", nil, c.errorf("unrecognized option '%s'", arg)
	}
	return fit.name, fit.opt, nil
}

func leadingDigits(s string) string {
	n := 0
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	return s[:n]
}

// firstCharacter keeps a character of several bytes whole, where getopt_long
// shows its first byte.
func firstCharacter(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}
