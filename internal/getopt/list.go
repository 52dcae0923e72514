package getopt

import "strings"

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
