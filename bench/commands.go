package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// command is something to measure: as a rule a command line.
type command struct {
	Name    string // in tables
	Args    []string
	Env     []string
	Mode    string // of linefork; "" for others
	Workers int    // 1 if it is serial; 0 for others

	reads     reading
	exitsWith int   // also a success: nothing was found
	addsLast  bool  // counts a last line without its line feed, which wc does not
	mayAdd    bool  // may do so
	adds      int64 // to what it prints

	// measure, if set, is called instead of running Args.
	measure func(context.Context) (measured, error)
}

// reading is how to read the answer in what a command prints.
type reading uint8

const (
	asNumber reading = iota // the first number; 0 if nothing is printed
	asSum                   // of the first number of each line
	asRows                  // as many rows as there are, with these bytes
	asEither                // a number if there is nothing but one, else rows
)

func (c *command) isPeer() bool { return c.Mode == "" }

// line is the command line, as one would type it.
func (c *command) line() string {
	var b strings.Builder
	for _, v := range c.Env {
		if strings.HasPrefix(v, patternVariable+"=") {
			b.WriteString(patternVariable + "=" + shellQuote(v[len(patternVariable)+1:]) + " ")
		}
	}
	return b.String() + shellJoin(c.Args)
}

// Modes of linefork, and that of measuring the scan limit.
const (
	modeSerial    = "serial"
	modeThreads   = "threads"
	modeProcesses = "processes"
	modeLimit     = "limit"
)

// environment is that of all commands: bytes are bytes.
func environment(more ...string) []string { return append(append(os.Environ(), "LC_ALL=C"), more...) }

// linefork returns a command line of linefork in a mode, with so many workers.
func linefork(self, mode string, workers int, reads reading, verb string, args ...string) command {
	c := command{
		Name: lineforkName(mode, workers), Mode: mode, Workers: workers,
		Env: environment(), reads: reads,
	}
	if verb != "count" {
		c.exitsWith = 1
	}
	c.Args = []string{self, verb, "--mode", mode}
	if mode != modeSerial {
		c.Args = append(c.Args, "-j", strconv.Itoa(workers))
	}
	c.Args = append(c.Args, args...)
	return c
}

func lineforkName(mode string, workers int) string {
	switch mode {
	case modeThreads:
		return "linefork, " + plural(workers, "thread")
	case modeProcesses:
		if workers == 1 {
			return "linefork, 1 process"
		}
		return fmt.Sprintf("linefork, %d processes", workers)
	}
	return "linefork, serial"
}

// parseCommand reads NAME=COMMAND.
func parseCommand(text string) (custom, error) {
	name, line, found := strings.Cut(text, "=")
	if !found || name == "" || strings.TrimSpace(line) == "" {
		return custom{}, errors.New("it is NAME=COMMAND")
	}
	if !strings.Contains(line, "{file}") {
		return custom{}, errors.New("no {file} in the command")
	}
	return custom{name, line}, nil
}

// custom is a command that the user brings: a line for the shell, in which {file}, {key} and
// {pattern} stand for what they say, quoted for the shell. What is in it says for which job it is.
type custom struct{ name, line string }

func (c custom) group() string {
	switch {
	case strings.Contains(c.line, "{pattern}"):
		return groupGrep
	case strings.Contains(c.line, "{key}"):
		return groupFilter
	}
	return groupCount
}

func (c custom) command(file, key, pattern string, reads reading) command {
	line := strings.NewReplacer("{file}", shellQuote(file), "{key}", shellQuote(key),
		"{pattern}", shellQuote(pattern)).Replace(c.line)
	return command{
		Name: c.name, Args: []string{"sh", "-c", line}, Env: environment(),
		reads: reads, exitsWith: 1, mayAdd: c.group() == groupCount,
	}
}

// shellJoin writes args as one would type them.
func shellJoin(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		quoted[i] = shellQuote(a)
	}
	return strings.Join(quoted, " ")
}

func shellQuote(a string) string {
	plain := a != "" && strings.IndexFunc(a, func(r rune) bool {
		return !strings.ContainsRune("-_./,=:", r) && !('0' <= r && r <= '9') &&
			!('a' <= r && r <= 'z') && !('A' <= r && r <= 'Z')
	}) < 0
	if plain {
		return a
	}
	return "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
}
