package args

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// Print writes the text that a [Help], [Version] or [Completion] asks for. The error
// is that of w.
func Print(w io.Writer, version string, c Command) error {
	out := new(bytes.Buffer) // urfave/cli drops the errors of writers
	switch c := c.(type) {
	case Help:
		app := newApp(version)
		if c.Command == "" {
			cli.HelpPrinter(out, cli.AppHelpTemplate, app)
		} else {
			cli.HelpPrinter(out, cli.CommandHelpTemplate, app.Command(c.Command))
		}
	case Version:
		fmt.Fprintf(out, "linefork %s", version)
		if c.Command == "grep" {
			fmt.Fprint(out, ", with the options and answers of GNU grep 3.8")
		}
		fmt.Fprintln(out)
	case Completion:
		app := newApp(version)
		app.Writer, app.EnableBashCompletion = out, true
		_ = app.Run(append(append([]string{app.Name}, c.Words...), complete))
	}
	_, err := out.WriteTo(w)
	return err
}

// newApp is linefork as urfave/cli knows it, for its help and its completion only: its
// commands do nothing.
func newApp(version string) *cli.App {
	app := &cli.App{
		Name:      "linefork",
		Usage:     "count lines, grep and filter CSV rows in huge files, with several processes",
		UsageText: "linefork COMMAND [OPTION]... [FILE]...",
		Description: `The bytes, the order, the counts and the exit status are those of the sequential
tool, at any number of workers. Run 'linefork COMMAND --help' for a command's options.`,
		Version: version,
		Flags:   flags(topOptions()),
		// Its own flags of help and version have letters that mean something else here.
		HideHelp: true, HideVersion: true,
	}
	for _, c := range commands {
		app.Commands = append(app.Commands, &cli.Command{
			Name: c.name, Usage: c.summary, UsageText: c.usage, Description: c.description,
			Flags: flags(withHelp(c.make(0).options()...)), HideHelp: true,
		})
	}
	app.Setup()
	app.HideVersion = false // in the help
	return app
}

// flags are the options of a table as urfave/cli knows them.
func flags(table []option) (flags []cli.Flag) {
	for _, o := range table {
		names := strings.Split(o.names, " ")
		if o.value == "" {
			flags = append(flags, &cli.BoolFlag{
				Name: names[0], Aliases: names[1:], Category: o.category, Usage: o.help,
				DisableDefaultText: true,
			})
			continue
		}
		flags = append(flags, &cli.StringFlag{
			Name: names[0], Aliases: names[1:], Category: o.category, DefaultText: o.shown,
			Usage: strings.Replace(o.help, o.value, "`"+o.value+"`", 1),
		})
	}
	return flags
}
