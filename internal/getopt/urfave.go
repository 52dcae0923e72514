package getopt

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// Normalize reads args with the given options. It is short for the method of
// [Command] with neither Digits nor Posix.
func Normalize(command string, opts []Option, args []string) ([]string, error) {
	c := Command{Name: command, Options: opts}
	return c.Normalize(args)
}

// Normalize reads args and returns them in one form: options by their first long
// name, with --name=value, then --, then the operands.
func (c *Command) Normalize(args []string) ([]string, error) {
	given, operands, err := c.Parse(args)
	if err != nil {
		return nil, err
	}
	var normal []string
	for _, g := range given {
		opt := &c.Options[g.Option]
		arg := "--" + opt.canonical()
		if opt.Value != None {
			arg += "=" + g.Value
		}
		normal = append(normal, arg)
	}
	return append(append(normal, "--"), operands...), nil
}

// canonical is the name under which the option is passed on: the first long
// one, for it reads best in messages.
func (o *Option) canonical() string {
	for _, name := range o.Names {
		if !isShort(name) {
			return name
		}
	}
	return o.Names[0]
}

// List is the value of a cli.GenericFlag that may be given many times. It keeps
// every value byte by byte and in order:
//
//	&cli.GenericFlag{Name: "key", Aliases: []string{"k"}, Value: new(getopt.List)}
//	...
//	c.Generic("key").(*getopt.List).Values()
type List struct {
	values  []string
	copying bool
}

// Values returns the values in the order given.
func (l *List) Values() []string { return l.values }

// Set appends a value.
func (l *List) Set(value string) error {
	if l.copying {
		l.copying = false
		return nil
	}
	l.values = append(l.values, value)
	return nil
}

// Serialize announces that urfave/cli is about to copy the list to an alias of
// its flag. The alias has the same List, so the copy is not to be appended.
func (l *List) Serialize() string {
	l.copying = true
	return ""
}

// String returns the values for help texts.
func (l *List) String() string { return strings.Join(l.values, ",") }

// FromFlags describes flags of urfave/cli. No flag of urfave/cli has an
// optional value: see [WithOptional].
func FromFlags(flags []cli.Flag) []Option {
	opts := make([]Option, 0, len(flags))
	for _, f := range flags {
		opt := Option{Names: f.Names()}
		if d, ok := f.(cli.DocGenerationFlag); ok && d.TakesValue() {
			opt.Value = Required
		}
		opts = append(opts, opt)
	}
	return opts
}

// WithOptional returns opts with the value of the named option made optional.
// Where the value is absent, byDefault is passed on. It panics if no option has
// the name.
func WithOptional(opts []Option, name, byDefault string) []Option {
	opts = slices.Clone(opts)
	for i := range opts {
		if slices.Contains(opts[i].Names, name) {
			opts[i].Value, opts[i].Default = Optional, byDefault
			return opts
		}
	}
	panic(fmt.Sprintf("getopt: no option %q", name))
}
