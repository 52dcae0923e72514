package args

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

var grepCommand = command{
	name:    "grep",
	summary: "print the lines that match a pattern, as GNU grep does",
	usage:   grepUsage,
	description: `Searches each FILE for PATTERNS, one or more patterns separated by newlines, and
prints the lines that hold a match: the options, the answers and the exit status
are those of GNU grep 3.8. With no FILE, or when FILE is -, standard input is
read; with -r and no FILE, the current folder. File names are printed before
lines if there is more than one FILE, or with -r. The exit status is 0 if a line
was selected, 1 if none was, and 2 after an error (0 with -q, if one was).`,
	digits: "context",
	make: func(l locale.Locale) operation {
		return &Grep{
			Common: newCommon(), Before: -1, After: -1, Context: -1,
			Label: "(standard input)", Color: "never", Separator: "--", locale: l,
		}
	},
}

const grepUsage = "linefork grep [OPTION]... PATTERNS [FILE]..."

// Grep is a command line of grep. Of options that contradict each other the last one
// counts, as in GNU grep.
type Grep struct {
	Common
	Encoding
	Walk
	Decompress bool

	Patterns     []Pattern // in the order given; at least one
	Language     regex.Language
	IgnoreCase   bool
	Words, Lines bool // -w, -x
	NullData     bool
	CRLF         bool

	Invert   bool
	Limited  bool   // MaxCount is set; a negative number is no limit
	MaxCount uint64 // records of each input
	Binary   grep.Binary

	Count                   bool
	Listing                 Listing
	OnlyMatching            bool
	Quiet, NoMessages       bool
	LineNumber, ByteOffset  bool
	Filename, FilenameGiven bool   // Filename means nothing if it was not given
	Label                   string // of standard input
	InitialTab              bool
	NullName                bool // -Z
	LineBuffered            bool
	Color                   string // "always", "auto" or "never"
	JSON                    bool

	Before, After, Context int // -B, -A, -C, in records; -1 if not given
	Separator              string
	NoSeparator            bool

	// Warnings are of options that are obsolete, in the order given.
	Warnings []string

	Files []string // the operands that are not a pattern

	locale  locale.Locale
	matcher string // the option that chose Language
	version bool
}

// Pattern is the value of an -e or -f, or the operand that stands for an -e.
type Pattern struct {
	Text   string // patterns, with newlines between them
	IsFile bool   // Text is the name of a file with one a line
}

// Listing says which names are printed instead of lines.
type Listing uint8

const (
	ListNone     Listing = iota
	ListMatching         // of the files with a selected line
	ListOthers           // of the files without one
)

// options are in the order of the manual of GNU grep.
func (g *Grep) options() []option {
	language := func(name string, l regex.Language) setter {
		return func(string) error {
			if g.matcher != "" && g.matcher != name {
				return Message("conflicting matchers specified")
			}
			g.matcher, g.Language = name, l
			return nil
		}
	}
	pattern := func(isFile bool) setter {
		return func(v string) error {
			g.Patterns = append(g.Patterns, Pattern{v, isFile})
			return nil
		}
	}
	return slices.Concat(
		group("1. What a pattern means",
			flag("basic-regexp G", language("basic-regexp", regex.Basic),
				"PATTERNS are basic regular expressions; default"),
			flag("extended-regexp E", language("extended-regexp", regex.Extended),
				"PATTERNS are extended regular expressions"),
			flag("fixed-strings F", language("fixed-strings", regex.Fixed),
				"PATTERNS are plain strings"),
			flag("perl-regexp P", language("perl-regexp", regex.Perl),
				"PATTERNS are Perl regular expressions"),
			valued("regexp e", "PATTERNS", pattern(false),
				"search for PATTERNS; may be repeated").repeats(adds),
			valued("file f", "FILE", pattern(true),
				"take patterns from FILE, one a line; - is standard input").repeats(adds),
			flag("ignore-case i y", on(&g.IgnoreCase), "upper and lower case match each other"),
			flag("no-ignore-case", off(&g.IgnoreCase), "they do not; default"),
			flag("word-regexp w", on(&g.Words), "match whole words only"),
			flag("line-regexp x", on(&g.Lines), "match whole lines only"),
			flag("null-data z", on(&g.NullData), "lines end in NUL, not in LF"),
			flag("crlf", on(&g.CRLF), "a CR before the LF belongs to the end of the line, "+
				"and $ matches before it; ignored with -z").exact(),
		),
		group("2. Which lines are selected",
			flag("invert-match v", on(&g.Invert), "select the lines without a match"),
			valued("max-count m", "NUM", g.setMax, "stop after NUM selected lines of a file"),
			flag("text a", assign(&g.Binary, grep.Text), "take binary files for text"),
			flag("I", assign(&g.Binary, grep.WithoutMatch),
				"take binary files for files without a match"),
			valued("binary-files", "TYPE", g.setBinary,
				"take binary files for TYPE: binary, text or without-match"),
			flag("binary U", func(string) error { return nil },
				"accepted and ignored: CR is never removed"),
			flag("unix-byte-offsets u", func(string) error {
				g.Warnings = append(g.Warnings, "--unix-byte-offsets (-u) is obsolete")
				return nil
			}, "accepted with a warning").repeats(adds),
		),
		group("3. What is printed", g.printing()...),
		group("4. Lines around the selected ones",
			valued("before-context B", "NUM", contextLength(&g.Before), "print NUM lines before each"),
			valued("after-context A", "NUM", contextLength(&g.After), "print NUM lines after each"),
			valued("context C", "NUM", contextLength(&g.Context),
				"print NUM lines before and after each; also -NUM"),
			valued("group-separator", "SEP", func(v string) error {
				g.Separator, g.NoSeparator = v, false
				return nil
			}, "print SEP between groups of lines; -- if not given"),
			flag("no-group-separator", on(&g.NoSeparator), "print nothing between groups of lines"),
		),
		group("5. Which files are read", slices.Concat(g.reading(), g.rules(),
			whole(decompress(&g.Decompress), g.Encoding.input(), g.Encoding.output()),
			[]option{flag("version V", on(&g.version), "print the version")},
		)...),
		whole(g.Common.options()...),
	)
}

func (g *Grep) printing() []option {
	filename := func(print bool) setter {
		return func(string) error {
			g.Filename, g.FilenameGiven = print, true
			return nil
		}
	}
	color := valued("color colour", "WHEN", g.setColor,
		"mark matches and names with colors WHEN: always, never or auto; see GREP_COLORS")
	color.absent = "auto"
	return []option{
		flag("count c", on(&g.Count), "print only how many lines of each file are selected"),
		flag("files-with-matches l", assign(&g.Listing, ListMatching),
			"print only the names of files with a selected line"),
		flag("files-without-match L", assign(&g.Listing, ListOthers),
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
		color,
		flag("json", on(&g.JSON), "print one JSON object for each selected line, in the "+
			"form of ripgrep's --json; other options of how lines are printed are ignored, "+
			"and so is this one with -c, -l and -L").exact(),
	}
}

func (g *Grep) reading() []option {
	return []option{
		flag("recursive r", assign(&g.Directories, walk.Recurse),
			"read all files below a folder; follow links only if named on the command line"),
		flag("dereference-recursive R", func(string) error {
			g.Directories, g.FollowLinks = walk.Recurse, true
			return nil
		}, "read all files below a folder, and follow links"),
		valued("directories d", "ACTION", func(v string) error {
			i, err := abbreviated("--directories", v, g.locale, "read", "recurse", "skip")
			g.Directories = []walk.Action{walk.Read, walk.Recurse, walk.Skip}[i]
			return err
		}, "on a folder, ACTION is read (an error), skip or recurse"),
		valued("devices D", "ACTION", func(v string) error {
			i := slices.Index([]string{"read", "skip"}, v)
			if i < 0 {
				return Message("unknown devices method")
			}
			g.Devices = []walk.Devices{walk.ReadAll, walk.SkipAll}[i]
			return nil
		}, "on a device, FIFO or socket, ACTION is read or skip"),
	}
}

func (g *Grep) setMax(v string) error {
	n, ok := parseSigned(v)
	if !ok {
		return Message("invalid max count")
	}
	g.Limited, g.MaxCount = n >= 0, uint64(max(n, 0))
	return nil
}

func (g *Grep) setBinary(v string) error {
	i := slices.Index([]string{"binary", "text", "without-match"}, v)
	if i < 0 {
		return Message("unknown binary-files type")
	}
	g.Binary = []grep.Binary{grep.Quiet, grep.Text, grep.WithoutMatch}[i]
	return nil
}

func (g *Grep) setColor(v string) error {
	switch v {
	case "always", "yes", "force":
		g.Color = "always"
	case "never", "no", "none":
		g.Color = "never"
	case "auto", "tty", "if-tty":
		g.Color = "auto"
	default:
		return fmt.Errorf("invalid argument '%s' for '--color'; it is always, never or auto", v)
	}
	return nil
}

func contextLength(to *int) setter {
	return func(v string) error {
		n, ok := parseSigned(v)
		if !ok || n < 0 {
			return Message(v + ": invalid context length argument")
		}
		*to = int(min(n, math.MaxInt))
		return nil
	}
}

func (g *Grep) finish(_ given, operands []string) (Command, error) {
	if g.version {
		return Version{"grep"}, nil
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

// parseSigned reads a decimal number; what is beyond the range of int64 is the
// nearest number in it.
func parseSigned(s string) (n int64, ok bool) {
	digits := strings.TrimLeft(s, " \t\n\v\f\r")
	negative := strings.HasPrefix(digits, "-")
	if negative || strings.HasPrefix(digits, "+") {
		digits = digits[1:]
	}
	if digits == "" {
		return 0, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n > (math.MaxInt64-9)/10 {
			n = math.MaxInt64
		} else {
			n = 10*n + int64(c-'0')
		}
	}
	if negative {
		n = -n
	}
	return n, true
}

// abbreviated returns which of names an argument is or, as the only one, begins with.
func abbreviated(option, arg string, l locale.Locale, names ...string) (int, error) {
	if i := slices.Index(names, arg); i >= 0 {
		return i, nil
	}
	begins := func(name string) bool { return strings.HasPrefix(name, arg) }
	first := slices.IndexFunc(names, begins)
	what := "invalid"
	if first >= 0 {
		if !slices.ContainsFunc(names[first+1:], begins) {
			return first, nil
		}
		what = "ambiguous"
	}
	var valid strings.Builder
	for _, name := range names {
		valid.WriteString("\n  - " + gnu.QuoteAlways(name, l))
	}
	return 0, fmt.Errorf("%s argument %s for %s\nValid arguments are:%s", what,
		gnu.QuoteAlways(arg, l), gnu.QuoteAlways(option, l), &valid)
}
