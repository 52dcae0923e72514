package args

import (
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/run"
)

// Continuation asks how a command line may go on, for the completion of a shell. If there
// are neither Candidates nor a Table, the current word is the name of a file, or anything.
type Continuation struct {
	Candidates []Candidate
	Table      *Table // if a column is to be named
}

// Candidate is a word that may stand instead of the current one.
type Candidate struct{ Word, Help string }

// Table is where to look for the names of columns.
type Table struct {
	Files      []string
	CSV        run.CSV
	Decompress bool

	prefix, typed string
}

// Columns are the candidates for columns of these names.
func (t *Table) Columns(names []string) []Candidate {
	return candidates(t.prefix, t.typed, names)
}

// candidates are those of the words that begin with what was typed behind a prefix.
func candidates(prefix, typed string, words []string) (all []Candidate) {
	for _, word := range words {
		if strings.HasPrefix(word, typed) && word != "" {
			all = append(all, Candidate{Word: prefix + word})
		}
	}
	return all
}

// continueLine returns how the word between two parts of a command line may go on.
func continueLine(before, after string) *Continuation {
	words, partial, _ := shellWords(before)
	if !partial {
		words = append(words, "")
	}
	// What follows up to the next blank is of the same word.
	_, after, _ = strings.Cut(after, " ")
	rest, _, _ := shellWords(after)
	last := len(words) - 1
	if last < 1 {
		return new(Continuation) // the name of the program
	}
	current, words := words[last], words[1:last]
	switch {
	case len(words) == 0 && strings.HasPrefix(current, "-"):
		return &Continuation{Candidates: optionNames(topOptions(), current)}
	case len(words) == 0:
		return &Continuation{Candidates: commandNames(current)}
	}
	c := find(words[0])
	if c == nil {
		if words[0] == "help" && len(words) == 1 {
			return &Continuation{Candidates: commandNames(current)}
		}
		return new(Continuation)
	}
	return c.continueLine(words[1:], current, rest)
}

func commandNames(typed string) (all []Candidate) {
	for _, c := range commands {
		if strings.HasPrefix(c.name, typed) {
			all = append(all, Candidate{c.name, c.summary})
		}
	}
	return all
}

// cursor stands for the current word. No argument can hold a NUL.
const cursor = "\x00"

// continueLine returns how the current word behind the name of the command may go on.
func (c *command) continueLine(before []string, current string, after []string) *Continuation {
	op := c.make(locale.C)
	table := withHelp(op.options()...)
	g := getopt.Command{Options: grammar(table), Digits: c.digits}
	parse := func(current string) ([]getopt.Given, []string) {
		given, operands, err := g.Parse(slices.Concat(before, []string{current}, after))
		if err != nil { // it may be in what follows
			given, operands, _ = g.Parse(append(slices.Clip(before), current))
		}
		return given, operands
	}
	given, operands := parse(cursor)
	for _, v := range given {
		if v.Value == cursor {
			return c.value(op, table, &table[v.Option], "", current, given, operands)
		}
	}
	if _, operands := parse("-" + cursor); slices.Contains(operands, "-"+cursor) {
		return new(Continuation) // behind "--"
	}
	name, value, attached := strings.Cut(current, "=")
	switch {
	case strings.HasPrefix(current, "--") && attached:
		given, operands := parse(name + "=" + cursor)
		for _, v := range given {
			if v.Value == cursor {
				return c.value(op, table, &table[v.Option], name+"=", value, given, operands)
			}
		}
	case strings.HasPrefix(current, "-"):
		return &Continuation{Candidates: optionNames(table, current)}
	}
	if op, ok := op.(interface{ operands() []string }); ok && slices.Index(operands, cursor) == 0 {
		return &Continuation{Candidates: candidates("", current, op.operands())}
	}
	return new(Continuation)
}

// optionNames are the long names of options, and short ones where there is no other.
func optionNames(table []option, typed string) (all []Candidate) {
	for _, o := range table {
		for _, name := range strings.Fields(o.names) {
			if len(name) == 1 && len(o.name()) > 1 {
				continue
			}
			if name = dashed(name); strings.HasPrefix(name, typed) {
				help, _, _ := strings.Cut(o.help, ";")
				all = append(all, Candidate{name, help})
			}
		}
	}
	return all
}

// dashed is the name of an option with its dashes.
func dashed(name string) string { return strings.Repeat("-", min(len(name), 2)) + name }

// value returns how the value of an option may go on.
func (c *command) value(
	op operation, table []option, o *option, prefix, typed string,
	given []getopt.Given, operands []string,
) *Continuation {
	if o.words != nil {
		return &Continuation{Candidates: candidates(prefix, typed, o.words())}
	}
	if !o.column {
		return new(Continuation)
	}
	for _, v := range given {
		if v.Value != cursor {
			_ = table[v.Option].set(v.Value) // if it is wrong, that is said when it is run
		}
	}
	t := &Table{Files: operands, prefix: prefix, typed: typed}
	switch op := op.(type) {
	case *Count:
		t.CSV, t.Decompress = op.CSV.CSV, op.Decompress
	case *Filter:
		t.CSV, t.Decompress = op.CSV.CSV, op.Decompress
	}
	return &Continuation{Table: t}
}
