package args

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/locale"
)

// Script asks for the script with which a shell completes command lines.
type Script struct{ Shell string }

// scripts hold no names of commands or options: they ask the program.
//
//go:embed completion
var scripts embed.FS

// shells are those that there is a script for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

// Print writes the script.
func (s Script) Print(w io.Writer, _ About) error {
	b, err := scripts.ReadFile(path.Join("completion", s.Shell))
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

var completionCommand = command{
	name:    "completion",
	summary: "print a script with which a shell completes commands and options",
	usage:   "linefork completion bash|zsh|fish|powershell",
	examples: []example{
		{"linefork completion bash", "for a line in ~/.bashrc, see below"},
		{"linefork completion --line 'linefork filter --ke'", "what a script asks for"},
	},
	description: `Prints a script for a shell, which then completes commands, options, their values, and
the names of columns for --column and --by, of the CSV file on the command line.

In ~/.bashrc:

  . <(linefork completion bash)

In ~/.zshrc, behind compinit:

  . <(linefork completion zsh)

In ~/.config/fish/config.fish:

  linefork completion fish | source

In the profile of PowerShell:

  linefork completion powershell | Out-String | Invoke-Expression`,
	make: func(locale.Locale) operation { return new(completionOperation) },
}

type completionOperation struct {
	line  string
	given bool // line
}

func (c *completionOperation) options() []option {
	return group(groupPrint,
		valued("line", "LINE", do(func(v string) { c.line, c.given = v, true }),
			"print how the command line LINE may go on, a word and its help a line with a tab "+
				"between them; an operand is what stands behind the cursor"),
	)
}

func (*completionOperation) operands() []string { return shells }

func (c *completionOperation) finish(_ given, operands []string) (Command, error) {
	switch all := strings.Join(shells, ", "); {
	case c.given:
		return continueLine(c.line, strings.Join(operands, " ")), nil
	case len(operands) == 0:
		return nil, errors.New("no shell is given; there are " + all)
	case len(operands) > 1:
		return nil, noOperands(operands[1:])
	case slices.Contains(shells, operands[0]):
		return Script{operands[0]}, nil
	default:
		return nil, mistyped(fmt.Sprintf("unknown shell '%s'; there are %s", operands[0], all),
			operands[0], shells...)
	}
}
