package args

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/linefork/linefork/internal/locale"
)

// Page asks for the manual page of a command, or of the whole program if Command is
// empty.
type Page struct{ Command string }

// Print writes the page as roff, for man(7).
func (p Page) Print(w io.Writer, about About) error {
	c := &topCommand
	if p.Command != "" {
		c = find(p.Command)
	}
	var r roff
	r.title(pageName(c), about)
	r.section("NAME")
	r.text(pageName(c) + ` \- ` + escape(c.summary))
	r.section("SYNOPSIS")
	for i, usage := range lines(c.usage) {
		if i > 0 {
			r.line(".br")
		}
		r.macro(".B", usage)
	}
	r.section("DESCRIPTION")
	for i, text := range paragraphs(c.description) {
		if i > 0 {
			r.line(".PP")
		}
		if isLine(text) {
			r.macro(".B", strings.TrimSpace(text))
			continue
		}
		r.text(escape(text))
	}
	r.section("EXAMPLES")
	for _, e := range c.examples {
		r.entry(".B", escape(e.Line), e.Says)
	}
	if c == &topCommand {
		r.section("COMMANDS")
		for _, c := range commands {
			r.entry(".BR", `linefork\-`+escape(c.name)+" (1)", c.summary)
		}
	}
	r.options(c)
	r.section("ENVIRONMENT")
	for _, v := range environment {
		r.entry(".B", escape(v.name), v.says)
	}
	r.section("EXIT STATUS")
	r.text(escape(exitStatus))
	r.section("SEE ALSO")
	r.seeAlso(c)
	_, err := w.Write(r.Bytes())
	return err
}

// pageName is what the page of a command is called.
func pageName(c *command) string {
	if c == &topCommand {
		return program
	}
	return program + "-" + c.name
}

const exitStatus = "0: for grep and filter, something was selected; for others, all went well. " +
	"1: for grep and filter, nothing was selected; for count, a file could not be read. " +
	"2: an error. 128 + N: signal N ended the run."

var environment = [...]struct{ name, says string }{
	{Variable, "Options of count, grep and filter that stand before those typed, divided into " +
		"words as by a shell, such as: -j 4 --progress never. Only options of how the work is done " +
		"are taken, which leave the result as it is. The option --no-config ignores it, and so do " +
		"links by the names of grep and wc."},
	{"LC_ALL, LC_CTYPE, LANG", "The first that is set says what a character is: UTF-8, or a byte."},
	{"POSIXLY_CORRECT", "If set, the first operand ends the options."},
	{"GREP_COLORS", "The colors of grep, as for GNU grep. GREP_COLOR is the obsolete form."},
	{"COLUMNS", "The width of the help, instead of that of the terminal."},
	{"TMPDIR", "The folder for temporary files: keys that do not fit in memory, the file of bench, " +
		"and, on some systems, what a pipe delivers."},
}

// roff is a page in the macros of man(7).
type roff struct{ bytes.Buffer }

func (r *roff) line(s string) { r.WriteString(s + "\n") }

func (r *roff) title(name string, about About) {
	date := ""
	if !about.Built.IsZero() {
		date = about.Built.UTC().Format("2006-01-02")
	}
	fmt.Fprintf(r, ".TH %s 1 %q \"%s\" \"User Commands\"\n", strings.ToUpper(escape(name)), date,
		escape(program+" "+about.Version))
	r.line(".nh") // no word is divided
	r.line(".ad l")
}

func (r *roff) section(name string) { r.line(".SH " + name) }

// text writes text that is escaped already.
func (r *roff) text(s string) {
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	r.line(s)
}

// macro writes a line that is all one argument of a macro.
func (r *roff) macro(name, s string) { r.line(name + ` "` + escape(s) + `"`) }

// entry is a name with a text below it.
func (r *roff) entry(macro, name, text string) {
	r.line(".TP")
	if macro == ".B" {
		name = `"` + name + `"`
	}
	r.line(macro + " " + name)
	r.text(escape(text))
}

func (r *roff) options(c *command) {
	r.section("OPTIONS")
	group := ""
	for _, o := range c.table() {
		if o.category != group {
			group = o.category
			r.macro(".SS", group)
		}
		r.line(".TP")
		r.text(o.bold())
		help := o.help
		if o.shown != "" {
			help += " (default: " + o.shown + ")"
		}
		r.text(escape(help))
	}
}

// bold is the names of an option in bold, and its value in italics.
func (o *option) bold() string {
	names := o.shortFirst()
	for i, name := range names {
		names[i] = `\fB` + escape(dashed(name)) + `\fR`
	}
	all, value := strings.Join(names, ", "), `\fI`+escape(o.value)+`\fR`
	switch {
	case o.value == "":
		return all
	case o.absent != "":
		return all + `[=` + value + `]`
	}
	return all + " " + value
}

func (r *roff) seeAlso(c *command) {
	others := []string{`.BR wc (1),`, `.BR grep (1)`}
	if c != &topCommand {
		others = append([]string{`.BR linefork (1),`}, others...)
	}
	for _, other := range others {
		r.line(other)
	}
}

// escape makes text stand for itself in a line of roff, but for a stop or an apostrophe at
// its start.
func escape(s string) string { return escapes().Replace(s) }

var escapes = sync.OnceValue(func() *strings.Replacer { // not before it is needed
	return strings.NewReplacer(
		`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`, `"`, `\(dq`,
	)
})

var manCommand = command{
	name:    "man",
	summary: "print a manual page, of the program or of a command",
	usage:   "linefork man [COMMAND]",
	examples: []example{
		{"linefork man", "of the program"},
		{"linefork man count", "of a command, to read with: man -l -"},
	},
	description: `Prints a manual page as roff: that of the program, for a file linefork.1, or that of
COMMAND, for a file linefork-COMMAND.1.`,
	make: func(locale.Locale) operation { return new(manOperation) },
}

type manOperation struct{}

func (*manOperation) options() []option { return nil }

func (*manOperation) operands() (names []string) {
	for _, c := range commands {
		names = append(names, c.name)
	}
	return names
}

func (*manOperation) finish(_ given, operands []string) (Command, error) {
	switch {
	case len(operands) == 0:
		return Page{}, nil
	case len(operands) > 1:
		return nil, noOperands(operands[1:])
	case find(operands[0]) == nil:
		return nil, unknownCommand(operands[0])
	}
	return Page{operands[0]}, nil
}
