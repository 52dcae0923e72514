package command

import (
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
)

func grepCommand() *cli.Command {
	return &cli.Command{
		Name:      "grep",
		Usage:     "print the lines that match a pattern, as GNU grep does",
		UsageText: "linefork grep [OPTION]... PATTERNS [FILE]...",
		Description: "Searches each FILE for PATTERNS, one or more patterns separated by newlines, and\n" +
			"prints the lines that hold a match: the options, the answers and the exit status\n" +
			"are those of GNU grep 3.8. With no FILE, or when FILE is -, standard input is\n" +
			"read; with -r and no FILE, the current folder. File names are printed before\n" +
			"lines if there is more than one FILE, or with -r. The exit status is 0 if a line\n" +
			"was selected, 1 if none was, and 2 after an error (0 with -q, if one was).",
		Flags:  append(grepFlags(), commonFlags()...),
		Action: runGrep,
	}
}

// grepFlags are grep's options in the order of its manual.
func grepFlags() []cli.Flag {
	var flags []cli.Flag
	category := ""
	toggle := func(name, usage string, aliases ...string) {
		flags = append(flags, &cli.BoolFlag{Category: category, Name: name, Aliases: aliases, Usage: usage})
	}
	value := func(name, usage string, aliases ...string) {
		flags = append(flags, &cli.GenericFlag{Category: category, Name: name, Aliases: aliases, Usage: usage, Value: new(getopt.List)})
	}

	category = "1. What a pattern means"
	toggle("basic-regexp", "PATTERNS are basic regular expressions; default", "G")
	toggle("extended-regexp", "PATTERNS are extended regular expressions", "E")
	toggle("fixed-strings", "PATTERNS are plain strings", "F")
	toggle("perl-regexp", "PATTERNS are Perl regular expressions", "P")
	value("regexp", "search for `PATTERNS`; may be repeated", "e")
	value("file", "take patterns from `FILE`, one a line; - is standard input", "f")
	toggle("ignore-case", "upper and lower case match each other", "i", "y")
	toggle("no-ignore-case", "they do not; default")
	toggle("word-regexp", "match whole words only", "w")
	toggle("line-regexp", "match whole lines only", "x")
	toggle("null-data", "lines end in NUL, not in LF", "z")
	toggle("crlf", "a CR before the LF belongs to the end of the line, and $ matches before it")

	category = "2. Which lines are selected"
	toggle("invert-match", "select the lines without a match", "v")
	value("max-count", "stop after `NUM` selected lines of a file", "m")
	toggle("text", "take binary files for text", "a")
	toggle("I", "take binary files for files without a match")
	value("binary-files", "take binary files for `TYPE`: binary, text or without-match")
	toggle("binary", "accepted and ignored: CR is never removed", "U")
	toggle("unix-byte-offsets", "accepted with a warning", "u")

	category = "3. What is printed"
	toggle("count", "print only how many lines of each file are selected", "c")
	toggle("files-with-matches", "print only the names of files with a selected line", "l")
	toggle("files-without-match", "print only the names of files without one", "L")
	toggle("only-matching", "print only the matches, a line each", "o")
	toggle("quiet", "print nothing, stop at the first selected line", "q", "silent")
	toggle("no-messages", "say nothing about files that cannot be read", "s")
	toggle("line-number", "print before each line its number", "n")
	toggle("byte-offset", "print before each line, or match, its offset in bytes", "b")
	toggle("with-filename", "print before each line the name of its file", "H")
	toggle("no-filename", "print no file names before lines", "h")
	value("label", "call standard input `NAME`")
	toggle("initial-tab", "put a tab before each line, so that tabs in it line up", "T")
	toggle("null", "print NUL behind a file name, not a colon or LF", "Z")
	toggle("line-buffered", "write each line at once")
	value("color", "mark matches and names with colors `WHEN`: always, never or auto; see GREP_COLORS", "colour")
	toggle("json", "print one JSON object for each selected line, in the form of ripgrep's --json")

	category = "4. Lines around the selected ones"
	value("before-context", "print `NUM` lines before each", "B")
	value("after-context", "print `NUM` lines after each", "A")
	value("context", "print `NUM` lines before and after each; also -NUM", "C")
	value("group-separator", "print `SEP` between groups of lines; -- if not given")
	toggle("no-group-separator", "print nothing between groups of lines")

	category = "5. Which files are read"
	toggle("recursive", "read all files below a folder; follow links only if named on the command line", "r")
	toggle("dereference-recursive", "read all files below a folder, and follow links", "R")
	value("directories", "on a folder, `ACTION` is read (an error), skip or recurse", "d")
	value("devices", "on a device, FIFO or socket, `ACTION` is read or skip", "D")
	value("include", "read only files whose name matches `GLOB`")
	value("exclude", "skip files whose name matches `GLOB`")
	value("exclude-from", "skip files whose name matches a glob in `FILE`")
	value("exclude-dir", "skip folders whose name matches `GLOB`")
	flags = append(flags, decompressFlag(category))
	value("encoding", encodingUsage)
	value("output-encoding", outputEncodingUsage)
	toggle("version", "print the version", "V")
	return flags
}

// markOwn keeps the options that GNU grep lacks from taking an abbreviation
// away from those that it has.
func markOwn(options []getopt.Option) {
	own := []string{"json", "crlf", "decompress", "encoding", "output-encoding"}
	for _, f := range remember(commonFlags()) {
		own = append(own, f.Names()[0])
	}
	for i := range options {
		options[i].Whole = slices.Contains(own, options[i].Names[0])
	}
}
