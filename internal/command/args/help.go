package args

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/linefork/linefork/internal/locale"
)

// Help asks for the help of a command, or of the whole program if Command is empty.
type Help struct {
	Command string
	name    string // of the link by which it is called, if any
}

var topCommand = command{
	summary: "count lines, grep and filter CSV rows in huge files, on all cores",
	usage:   "linefork COMMAND [OPTION]... [FILE]...\nlinefork --help|--version",
	examples: []example{
		{"linefork count -lw taxi.csv", "lines and words"},
		{"linefork grep -c ',1$' taxi.csv", "lines that end in ,1"},
		{"linefork filter --column id --key 11865 taxi.csv", "the rows of one key"},
		{"linefork count --by id taxi.csv", "how many rows of each"},
	},
	description: `Cuts a file into ranges of whole lines, hands them to child processes, and merges
what they report. The bytes, their order, the counts and the exit status are those of the
sequential tool (wc, GNU grep, an RFC 4180 reader), at any number of workers and any cut, even if a
worker dies on the way.

Called as grep, egrep, fgrep or wc, by a link of that name, it is that tool.`,
}

// helpTemplate is that of the program and of its commands, for urfave/cli.
const helpTemplate = `{{wrap (print .FullName ": " .Usage) 0}}

Usage:{{range lines .UsageText}}
  {{wrap . 6}}{{end}}

Examples:{{range examples}}
{{example .}}{{wrap .Says exampleColumn}}{{end}}
{{- with .VisibleCommands}}

Commands:{{range .}}
  {{printf "%-12s" .Name}}{{wrap .Usage 14}}{{end}}

{{wrap "See 'linefork COMMAND --help', or 'linefork man COMMAND' for a page." 0}}{{end}}
{{- range paragraphs}}

{{if isLine .}}{{line .}}{{else}}{{wrap . 0}}{{end}}{{end}}
{{- $group := "none yet"}}{{range .VisibleFlags}}{{if ne .GetCategory $group}}{{$group = .GetCategory}}

{{wrap (print $group ":") 0}}{{end}}
{{option .}}{{wrap (text .) optionColumn}}{{end}}
`

// Print writes the help, to the width of the screen.
func (h Help) Print(w io.Writer, about About) error {
	c, name := &topCommand, program
	if h.Command != "" {
		c, name = find(h.Command), cmp.Or(h.name, program+" "+h.Command)
	}
	if h.name == wcCommand.name {
		c = &wcCommand
	}
	out := new(bytes.Buffer) // urfave/cli drops the errors of writers
	l := newLayout(about.Width, c)
	cli.HelpPrinterCustom(out, helpTemplate, c.model(name), map[string]any{
		"wrapAt": func() int { return l.width }, "lines": lines,
		"paragraphs": func() []string {
			if c == &topCommand {
				return nil // it fits the screen, and the page has more
			}
			return paragraphs(c.description)
		},
		"examples": func() []example { return c.examples },
		"example":  func(e example) string { return l.example(c.as(name, e.Line)) },
		"isLine":   isLine, "line": l.line,
		"exampleColumn": func() int { return l.exampleColumn },
		"option":        l.option, "text": optionText,
		"optionColumn": func() int { return l.optionColumn },
	})
	_, err := out.WriteTo(w)
	return err
}

// model is a command as urfave/cli knows it, for its help only: it does nothing.
func (c *command) model(name string) *cli.Command {
	m := &cli.Command{
		Name: name, Usage: c.summary, UsageText: c.as(name, c.usage),
	}
	if c == &topCommand {
		for _, c := range commands {
			m.Commands = append(m.Commands, &cli.Command{Name: c.name, Usage: c.summary})
		}
		return m // its options are in a sentence
	}
	for _, o := range c.table() {
		m.Flags = append(m.Flags, o.model())
	}
	return m
}

// table are all options of the command.
func (c *command) table() []option {
	if c == &topCommand {
		return topOptions()
	}
	return withHelp(c.make(locale.C).options()...)
}

// as shows a command line of the command as it is when the command is called by this name.
func (c *command) as(name, line string) string {
	if c == &topCommand {
		return line
	}
	return strings.ReplaceAll(line, program+" "+c.name, name)
}

// model is an option as urfave/cli knows it.
func (o *option) model() cli.Flag {
	names := o.shortFirst()
	if o.value == "" {
		return &cli.BoolFlag{
			Name: names[0], Aliases: names[1:], Category: o.category, Usage: o.help,
			HideDefault: true,
		}
	}
	return &cli.StringFlag{
		Name: names[0], Aliases: names[1:], Category: o.category, DefaultText: o.shown,
		Usage: strings.Replace(o.help, o.value, "`"+o.value+"`", 1),
	}
}

// shortFirst are the names of the option, those of one letter first.
func (o *option) shortFirst() []string {
	names := strings.Split(o.names, " ")
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Compare(min(len(a), 2), min(len(b), 2))
	})
	return names
}

func lines(s string) []string { return strings.Split(s, "\n") }

// isLine reports whether a paragraph is a line to be typed.
func isLine(paragraph string) bool { return strings.HasPrefix(paragraph, "  ") }

// paragraphs are a line each. In s, empty lines stand between them.
func paragraphs(s string) (all []string) {
	for p := range strings.SplitSeq(s, "\n\n") {
		if p != "" {
			all = append(all, strings.ReplaceAll(p, "\n", " "))
		}
	}
	return all
}
