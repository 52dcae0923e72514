package command

import (
	"flag"

	"github.com/urfave/cli/v2"
)

// urfave/cli asks every flag for its names again and again, a number of times
// that grows with the square of the number of flags, and works them out with a
// regular expression each time. For grep that would take as long as the rest of
// the start. These flags remember their names, and are defined under the first
// of them alone: a command line in canonical form has no other.

type boolFlag struct {
	*cli.BoolFlag
	names []string
}

type stringFlag struct {
	*cli.StringFlag
	names []string
}

type genericFlag struct {
	*cli.GenericFlag
	names []string
}

func (f *boolFlag) Names() []string    { return f.names }
func (f *stringFlag) Names() []string  { return f.names }
func (f *genericFlag) Names() []string { return f.names }

func (f *boolFlag) Apply(set *flag.FlagSet) error {
	set.Bool(f.Name, f.Value, "")
	return nil
}

func (f *stringFlag) Apply(set *flag.FlagSet) error {
	set.String(f.Name, f.Value, "")
	return nil
}

func (f *genericFlag) Apply(set *flag.FlagSet) error {
	set.Var(f.Value, f.Name, "")
	return nil
}

// remember returns flags that remember their names.
func remember(flags []cli.Flag) []cli.Flag {
	quick := make([]cli.Flag, len(flags))
	for i, f := range flags {
		switch f := f.(type) {
		case *cli.BoolFlag:
			f.DisableDefaultText = true
			quick[i] = &boolFlag{f, namesOf(f.Name, f.Aliases)}
		case *cli.StringFlag:
			quick[i] = &stringFlag{f, namesOf(f.Name, f.Aliases)}
		case *cli.GenericFlag:
			quick[i] = &genericFlag{f, namesOf(f.Name, f.Aliases)}
		default:
			quick[i] = f
		}
	}
	return quick
}

func namesOf(name string, aliases []string) []string { return append([]string{name}, aliases...) }
