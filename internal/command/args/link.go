package args

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/worker/wc"
)

// program is what the program is called by, except by a link.
const program = "linefork"

// Name is what messages call the program: the name of the link by which it is called as
// grep, egrep, fgrep or wc, or "linefork" whatever else its file is called.
func Name(argv []string) string { return linkOf(argv).name }

// IsLink reports whether the program is called as one of those tools.
func IsLink(argv []string) bool { return linkOf(argv).command != nil }

// link is a name that stands for a command.
type link struct {
	name    string
	command *command // nil if the name stands for the whole program
	words   []string // before those of the command line
}

func linkOf(argv []string) link {
	if len(argv) == 0 {
		return link{name: program}
	}
	switch name := strings.TrimSuffix(filepath.Base(argv[0]), ".exe"); name {
	case "grep":
		return link{name, &grepCommand, nil}
	case "egrep":
		return link{name, &grepCommand, []string{"--extended-regexp"}}
	case "fgrep":
		return link{name, &grepCommand, []string{"--fixed-strings"}}
	case "wc":
		return link{name, &wcCommand, nil}
	}
	return link{name: program}
}

// parse reads a command line as the tool of that name reads it. What a person set up for
// linefork does not count: scripts that call the tool know nothing of it.
func (l link) parse(args []string, env Env) (Command, error) {
	env.Options = ""
	c, err := l.command.parse(slices.Concat(l.words, args), env)
	if err == nil {
		switch typed := c.(type) {
		case Help:
			typed.name = l.name
			return typed, nil
		case Version:
			typed.name = l.name
			return typed, nil
		}
		return c, nil
	}
	err = wrong(l.command.name, err)
	if usage := (*getopt.UsageError)(nil); l.command == &grepCommand && errors.As(err, &usage) {
		usage.Usage = grepUsage // GNU grep shows it in any case
	}
	return nil, err
}

// wcCommand is count as it is called by the name of wc.
var wcCommand = command{
	name:    "wc",
	summary: "count lines, words and bytes, as GNU wc does",
	usage:   "linefork wc [OPTION]... [FILE]...",
	examples: []example{
		{"linefork wc taxi.csv", "lines, words and bytes"},
		{"linefork wc -l taxi.csv", "lines"},
	},
	description: `Prints the counts of each FILE and, for more than one, of all. With no FILE, or
when FILE is -, standard input is read. Without an option of what to count it counts lines, words
and bytes. Its own long options, which wc lacks, cannot be abbreviated.`,
	make: func(l locale.Locale) operation {
		return &wordCount{Count: countCommand.make(l).(*Count)}
	},
}

type wordCount struct {
	*Count
	version bool
}

// gnuWC are the long options of GNU wc, which may be abbreviated.
var gnuWC = [...]string{
	"bytes", "chars", "lines", "words", "files0-from", "max-line-length", "total",
}

// options are those of count, but for the counting by key: --by is --bytes to wc.
func (w *wordCount) options() []option {
	byKey := slices.Concat(withBy[:], []string{"by", "by-name"})
	table := slices.DeleteFunc(w.Count.options(), func(o option) bool {
		return slices.Contains(byKey, o.name())
	})
	for i := range table {
		table[i].whole = table[i].whole || !slices.Contains(gnuWC[:], table[i].name())
	}
	return append(table, group(groupAbout, flag("version", on(&w.version), "print the version"))...)
}

func (w *wordCount) finish(g given, operands []string) (Command, error) {
	if w.version {
		return Version{}, nil
	}
	if w.Want == 0 && !w.Records {
		w.Want = wc.Lines | wc.Words | wc.Bytes
	}
	return w.Count.finish(g, operands)
}
