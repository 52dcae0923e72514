package args

import (
	"fmt"
	"io"
	"strings"

	"github.com/linefork/linefork/internal/locale"
)

// Version asks for the program's version; in the form of grep if Command is "grep".
type Version struct {
	Command string
	name    string // of the link by which it is called, if any
}

// Print writes the version. Its first line begins with the program's name.
func (v Version) Print(w io.Writer, about About) error {
	first := program + " " + about.Version
	if v.name != "" {
		first = fmt.Sprintf("%s (%s)", v.name, first)
	}
	if v.Command == grepCommand.name {
		_, err := fmt.Fprintf(w, "%s, with the options and answers of GNU grep 3.8\n", first)
		return err
	}
	_, err := fmt.Fprintln(w, strings.Join(append([]string{first}, about.Details...), "\n"))
	return err
}

var versionCommand = command{
	name:     "version",
	summary:  "print the version, how it was built and what it runs on",
	usage:    "linefork version",
	examples: []example{{"linefork version", "for a report about a fault"}},
	description: `Prints the version, the commit and its date as far as they are known, the version
of Go, the platform, and the features of the processor that are made use of. So do -V and --version.`,
	make: func(locale.Locale) operation { return new(versionOperation) },
}

type versionOperation struct{}

func (*versionOperation) options() []option { return nil }

func (*versionOperation) finish(_ given, operands []string) (Command, error) {
	return Version{}, noOperands(operands)
}

// noOperands returns an error if there are operands.
func noOperands(operands []string) error {
	if len(operands) > 0 {
		return fmt.Errorf("extra operand '%s'", operands[0])
	}
	return nil
}
