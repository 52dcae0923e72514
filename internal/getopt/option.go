package getopt

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"
)

// Kind tells whether an option takes a value.
type Kind int

const (
	None     Kind = iota // takes no value
	Required             // takes a value
	Optional             // takes a value in the same argument, if any
)

// Option describes one option of a command.
type Option struct {
	// Names are the option's names without dashes. Names of one letter are
	// short options, all others are long ones.
	Names []string

	// Value tells whether the option takes a value.
	Value Kind

	// Default is the value passed on where an optional one is absent.
	Default string

	// Whole says that no prefix stands for a long name, so that an option which
	// another program lacks takes no abbreviation away from that one's options.
	Whole bool
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

func isShort(name string) bool { return len(name) == 1 }

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
