package args

import (
	"fmt"
	"math"
	"slices"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

var grepCommand = command{
	name:    "grep",
	summary: "print the lines that match a pattern, as GNU grep does",
	usage:   grepUsage,
	examples: []example{
		{"linefork grep -n 11865 taxi.csv", "lines that hold 11865, with their numbers"},
		{"linefork grep -c ',1$' taxi.csv", "how many lines end in ,1"},
		{"linefork grep -E '^(11865|27113),' -C 1 taxi.csv", "with a line before and after each"},
		{"linefork grep -rl --include='*.csv' 11865 .", "which files below this folder have it"},
	},
	description: `Searches each FILE for PATTERNS, one or more patterns separated by newlines, and
prints the lines that hold a match: the options, the answers and the exit status
are those of GNU grep 3.8. With no FILE, or when FILE is -, standard input is
read; with -r and no FILE, the current folder. File names are printed before
lines if there is more than one FILE, or with -r. The exit status is 0 if a line
was selected, 1 if none was, and 2 after an error (0 with -q, if one was).`,
	digits: "context",
	make: func(l locale.Locale) operation {
		return &Grep{
			Common: newCommon(), Before: -1, After: -1, Context: -1, Label: "(standard input)",
			Color: "never", locale: l,
		}
	},
}

const grepUsage = "linefork grep [OPTION]... PATTERNS [FILE]..."

// Grep is a command line of grep. Of options that contradict each other the last one
// counts, as in GNU grep.
type Grep struct {
	Common
	Walk
	run.Encoding

	regex.Spec           // without its patterns and what they are written in
	Patterns   []Pattern // in the order given; at least one

	Invert   bool
	Limited  bool   // MaxCount is set; a negative number is no limit
	MaxCount uint64 // records of each input
	Binary   grep.Binary

	print.Format                  // without Colors
	FilenameGiven          bool   // Filename means nothing if it was not
	Color                  string // "always", "auto" or "never"
	JSON                   bool
	Quiet, NoMessages      bool
	Label                  string // of standard input
	Before, After, Context int    // -B, -A, -C, in records; -1 if not given

	Warnings []string // of options that are obsolete, in the order given
	Files    []string // the operands that are not a pattern

	locale  locale.Locale
	chosen  bool // Language
	version bool
}

// Pattern is the value of an -e or -f, or the operand that stands for an -e.
type Pattern struct {
	Text   string // patterns, with newlines between them
	IsFile bool   // Text is the name of a file with one a line
}

// options are in the order of the manual of GNU grep.
func (g *Grep) options() []option {
	pattern := func(isFile bool) setter {
		return do(func(v string) { g.Patterns = append(g.Patterns, Pattern{v, isFile}) })
	}
	filename := func(print bool) setter {
		return do(func(string) { g.Filename, g.FilenameGiven = print, true })
	}
	return slices.Concat(
		group("What to search for",
			g.language("basic-regexp G", regex.Basic, "PATTERNS are basic regular expressions; default"),
			g.language("extended-regexp E", regex.Extended, "PATTERNS are extended regular expressions"),
			g.language("fixed-strings F", regex.Fixed, "PATTERNS are plain strings"),
			g.language("perl-regexp P", regex.Perl, "PATTERNS are Perl regular expressions"),
			valued("regexp e", "PATTERNS", pattern(false), "search for PATTERNS; may be repeated").adds(),
			valued("file f", "FILE", pattern(true),
				"take patterns from FILE, one a line; - is standard input").adds(),
			flag("ignore-case i y", on(&g.FoldCase), "upper and lower case match each other"),
			flag("no-ignore-case", off(&g.FoldCase), "they do not; default"),
			flag("word-regexp w", on(&g.Words), "match whole words only"),
			flag("line-regexp x", on(&g.Lines), "match whole lines only"),
			flag("null-data z", on(&g.Null), "lines end in NUL, not in LF"),
			flag("crlf", on(&g.CRLF), "a CR before the LF belongs to the end of the line, "+
				"and $ matches before it; ignored with -z").exact(),
		),
		group(groupSelect,
			flag("invert-match v", on(&g.Invert), "select the lines without a match"),
			valued("max-count m", "NUM", g.setMax, "stop after NUM selected lines of a file"),
			flag("text a", assign(&g.Binary, grep.Text), "take binary files for text"),
			flag("I", assign(&g.Binary, grep.WithoutMatch), "take binary files for files without a match"),
			valued("binary-files", "TYPE", named(&g.Binary, map[string]grep.Binary{
				"binary": grep.Quiet, "text": grep.Text, "without-match": grep.WithoutMatch,
			}, Message("unknown binary-files type")),
				"take binary files for TYPE: binary, text or without-match").
				among("binary", "text", "without-match"),
			flag("binary U", do(func(string) {}), "accepted and ignored: CR is never removed"),
			flag("unix-byte-offsets u", do(func(string) {
				g.Warnings = append(g.Warnings, "--unix-byte-offsets (-u) is obsolete")
			}), "accepted with a warning").adds(),
		),
		group(groupPrint,
			flag("count c", on(&g.Count), "print only how many lines of each file are selected"),
			flag("files-with-matches l", assign(&g.Matching, print.ListMatching),
				"print only the names of files with a selected line"),
			flag("files-without-match L", assign(&g.Matching, print.ListOthers),
				"print only the names of files without one"),
			flag("only-matching o", on(&g.OnlyMatching), "print only the matches, a line each"),
			flag("quiet silent q", on(&g.Quiet), "print nothing, stop at the first selected line"),
			flag("no-messages s", on(&g.NoMessages), "say nothing about files that cannot be read"),
			flag("line-number n", on(&g.LineNumber), "print before each line its number"),
			flag("byte-offset b", on(&g.ByteOffset),
				"print before each line, or match, its offset in bytes"),
			flag("with-filename H", filename(true), "print before each line the name of its file"),
			flag("no-filename h", filename(false), "print no file names before lines"),
			valued("label", "NAME", text(&g.Label), "call standard input NAME"),
			flag("initial-tab T", on(&g.InitialTab),
				"put a tab before each line, so that tabs in it line up"),
			flag("null Z", on(&g.NullName), "print NUL behind a file name, not a colon or LF"),
			flag("line-buffered", on(&g.LineBuffered), "write each line at once"),
			valued("color colour", "WHEN", g.setColor, "mark matches and names with colors WHEN: "+
				"always, never or auto; see GREP_COLORS").optional("auto").
				among("always", "never", "auto"),
			flag("json", on(&g.JSON), "print one JSON object for each selected line, in the "+
				"form of ripgrep's --json; other options of how lines are printed are ignored, "+
				"and so is this one with -c, -l and -L").exact(),
		),
		group("Which lines around them to print",
			valued("before-context B", "NUM", contextLength(&g.Before), "print NUM lines before each"),
			valued("after-context A", "NUM", contextLength(&g.After), "print NUM lines after each"),
			valued("context C", "NUM", contextLength(&g.Context),
				"print NUM lines before and after each; also -NUM"),
			valued("group-separator", "SEP", do(func(v string) { g.Separator, g.NoSeparator = &v, false }),
				"print SEP between groups of lines; -- if not given"),
			flag("no-group-separator", on(&g.NoSeparator), "print nothing between groups of lines"),
		),
		group(groupFiles, slices.Concat([]option{
			flag("recursive r", assign(&g.Directories, walk.Recurse),
				"read all files below a folder; follow links only if named on the command line"),
			flag("dereference-recursive R",
				do(func(string) { g.Directories, g.FollowLinks = walk.Recurse, true }),
				"read all files below a folder, and follow links"),
			valued("directories d", "ACTION", g.setDirectories,
				"on a folder, ACTION is read (an error), skip or recurse").
				among("read", "skip", "recurse"),
			valued("devices D", "ACTION", named(&g.Devices, map[string]walk.Devices{
				"read": walk.ReadAll, "skip": walk.SkipAll,
			}, Message("unknown devices method")),
				"on a device, FIFO or socket, ACTION is read or skip").among("read", "skip"),
		}, g.rules(), whole(
			g.decompress(), inputEncoding(&g.Encoding), outputEncoding(&g.Encoding),
		))...),
		whole(g.Common.options()...),
		group(groupAbout, flag("version V", on(&g.version), "print the version")),
	)
}

func (g *Grep) language(names string, l regex.Language, help string) option {
	return flag(names, func(string) error {
		if g.chosen && g.Language != l {
			return Message("conflicting matchers specified")
		}
		g.chosen, g.Language = true, l
		return nil
	}, help)
}

func (g *Grep) setMax(v string) error {
	n, ok := gnu.ParseInt(v)
	if !ok {
		return Message("invalid max count")
	}
	g.Limited, g.MaxCount = n >= 0, uint64(max(n, 0))
	return nil
}

func (g *Grep) setColor(v string) error {
	wrong := mistyped(fmt.Sprintf("invalid argument '%s' for '--color'; it is always, never or auto", v),
		v, "always", "never", "auto")
	return named(&g.Color, map[string]string{
		"always": "always", "yes": "always", "force": "always",
		"never": "never", "no": "never", "none": "never",
		"auto": "auto", "tty": "auto", "if-tty": "auto",
	}, wrong)(v)
}

func (g *Grep) setDirectories(v string) error {
	i, err := gnu.MatchArgument("--directories", v, []string{"read", "recurse", "skip"}, g.locale)
	g.Directories = []walk.Action{walk.Read, walk.Recurse, walk.Skip}[i]
	return err
}

func contextLength(to *int) setter {
	return func(v string) error {
		n, ok := gnu.ParseInt(v)
		if !ok || n < 0 {
			return Message(v + ": invalid context length argument")
		}
		*to = int(min(n, math.MaxInt))
		return nil
	}
}

func (g *Grep) finish(_ given, operands []string) (Command, error) {
	if g.version {
		return Version{Command: "grep"}, nil
	}
	if len(g.Patterns) == 0 {
		if len(operands) == 0 {
			return nil, &getopt.UsageError{Command: "grep", Usage: grepUsage}
		}
		g.Patterns, operands = []Pattern{{Text: operands[0]}}, operands[1:]
	}
	g.Files = operands
	return g, nil
}
