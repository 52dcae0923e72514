package args

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// Print writes the text that a [Help], [Version] or [Completion] asks for. The error
// is that of w.
func Print(w io.Writer, version string, c Command) error {
	out := &writer{w: w}
	switch c := c.(type) {
	case Help:
		app := App(version)
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
		app := App(version)
		app.Writer, app.EnableBashCompletion = out, true
		_ = app.Run(append(append([]string{app.Name}, c.Words...), complete))
	}
	return out.err
}

// writer keeps the error that urfave/cli drops.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// App is linefork as urfave/cli knows it, for its help and its completion only: its
// commands do nothing.
func App(version string) *cli.App {
	help := &cli.BoolFlag{Name: "help", Usage: "show this help", DisableDefaultText: true}
	app := &cli.App{
		Name:      "linefork",
		Usage:     "count lines, grep and filter CSV rows in huge files, with several processes",
		UsageText: "linefork COMMAND [OPTION]... [FILE]...",
		Description: `The bytes, the order, the counts and the exit status are those of the sequential
tool, at any number of workers. Run 'linefork COMMAND --help' for a command's options.`,
		Version: version,
		Flags: []cli.Flag{help, &cli.BoolFlag{
			Name: "version", Usage: "print the version", DisableDefaultText: true,
		}},
		// Its own flags of help and version have letters that mean something else here.
		HideHelp: true, HideVersion: true,
	}
	for _, c := range commands {
		cmd := &cli.Command{
			Name: c.name, Usage: c.summary, UsageText: c.usage, Description: c.description,
			Flags: []cli.Flag{help}, HideHelp: true,
		}
		for _, o := range c.make(0).options() {
			cmd.Flags = append(cmd.Flags, o.flag())
		}
		app.Commands = append(app.Commands, cmd)
	}
	app.Setup()
	app.HideVersion = false // in the help
	return app
}

// flag is the option as urfave/cli knows it.
func (o *option) flag() cli.Flag {
	names := strings.Split(o.names, " ")
	if o.value == "" {
		return &cli.BoolFlag{
			Name: names[0], Aliases: names[1:], Category: o.category, Usage: o.help,
			DisableDefaultText: true,
		}
	}
	return &cli.StringFlag{
		Name: names[0], Aliases: names[1:], Category: o.category, DefaultText: o.shown,
		Usage: strings.Replace(o.help, o.value, "`"+o.value+"`", 1),
	}
}
