package args

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"
)

// Bounds on the width of a help, in columns: what it always fits, and what is still easy
// to read.
const (
	minWidth = 40
	maxWidth = 100
)

// layout is where things stand in a help, in columns from 0. Names stand left of their
// texts where there is room, and else above them.
type layout struct {
	width                       int
	exampleColumn, optionColumn int // where the texts begin

	optional []string // options whose value may be left out
}

// stacked is where texts begin that stand below their names.
const stacked = 6

func newLayout(width int, c *command) layout {
	l := layout{
		width: min(max(width, minWidth), maxWidth), exampleColumn: stacked, optionColumn: stacked,
	}
	for _, o := range c.table() {
		if o.absent != "" {
			l.optional = append(l.optional, o.shortFirst()[0])
		}
	}
	longest := 0
	for _, e := range c.examples {
		longest = max(longest, len("  ")+len(e.Line)+len("  "))
	}
	if l.width-longest >= 24 {
		l.exampleColumn = longest
	}
	if l.width >= 72 {
		l.optionColumn = 28
	}
	return l
}

// example is a command line, ready for its text.
func (l layout) example(line string) string {
	if line = "  " + line; len(line) <= l.width {
		return l.pad(line, l.exampleColumn)
	}
	return l.pad(l.line(line), stacked)
}

// line is a command line. If it is too long it is divided, as a shell lets it be.
func (l layout) line(line string) string {
	if len(line) <= l.width {
		return line
	}
	var b strings.Builder
	used := 0
	for word := range strings.SplitAfterSeq(line, " ") {
		if used+len(word) > l.width-len(`\`) {
			b.WriteString("\\\n" + strings.Repeat(" ", stacked))
			used = stacked
		}
		b.WriteString(word)
		used += len(word)
	}
	return b.String()
}

// option is the names of an option and its value, ready for its text.
func (l layout) option(f cli.Flag) string {
	names, _, _ := strings.Cut(fmt.Sprint(f), "\t")
	all := strings.Split(names, ", ")
	for i, name := range all[:len(all)-1] {
		all[i], _, _ = strings.Cut(name, " ") // the value stands once, behind the last name
	}
	if slices.Contains(l.optional, f.Names()[0]) {
		all[len(all)-1] = strings.Replace(all[len(all)-1], " ", "[=", 1) + "]"
	}
	names = strings.Join(all, ", ")
	if strings.HasPrefix(names, "--") && l.optionColumn > stacked {
		names = "    " + names
	}
	return l.pad("  "+names, l.optionColumn)
}

// optionText is what the help says about an option, with its default.
func optionText(f cli.Flag) string {
	_, text, _ := strings.Cut(fmt.Sprint(f), "\t")
	return text
}

// pad fills up s to a column, which is on the next line if s leaves no room for it.
func (l layout) pad(s string, column int) string {
	if n := column - len(s); n >= 2 && column > stacked {
		return s + strings.Repeat(" ", n)
	}
	return s + "\n" + strings.Repeat(" ", column)
}
