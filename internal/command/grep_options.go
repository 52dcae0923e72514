package command

import (
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
)

// grepOptions is what the command line of grep asks for, before the patterns
// are read. Where options contradict each other, the last one counts, as in
// GNU grep.
type grepOptions struct {
	patterns []patternSource
	spec     grep.Spec
	format   print.Format
	walk     walk.Options

	max                           uint64 // records of each file
	limited                       bool   // max is set
	context                       int    // -C
	lead, trail                   int    // -B, -A; -1 for not given
	label                         string
	color                         string
	quiet, silent                 bool // -q, -s
	json                          bool
	inputEncoding, outputEncoding string
	filenameGiven                 bool
	matcher                       string // the option that chose the language
	warnings                      []string
	version                       bool

	locale   locale.Locale
	readFile func(name string) ([]byte, error)
}

// patternSource is one -e or -f.
type patternSource struct {
	text  string
	file  bool // text is the name of a file
	lines int  // how many patterns it gave
}

// parseGrep reads the options in the order in which they were given.
func parseGrep(c *cli.Context) (*grepOptions, error) {
	o := &grepOptions{lead: -1, trail: -1, context: -1, locale: locale.FromEnv(os.Getenv)}
	o.readFile = func(name string) ([]byte, error) { return readPatternFile(c, name) }
	o.walk.UTF8 = o.locale == locale.UTF8
	o.spec.Pattern.UTF8 = o.walk.UTF8
	o.format.Separator, o.label = "--", stdinName
	options, _ := c.App.Metadata["options"].([]string)
	for _, option := range options {
		name, value, _ := strings.Cut(strings.TrimPrefix(option, "--"), "=")
		if err := o.set(name, value); err != nil {
			return nil, err
		}
	}
	return o, nil
}

var grepLanguages = map[string]regex.Language{
	"basic-regexp":    regex.Basic,
	"extended-regexp": regex.Extended,
	"fixed-strings":   regex.Fixed,
	"perl-regexp":     regex.Perl,
}

func (o *grepOptions) set(name, value string) (err error) {
	p := &o.spec.Pattern
	switch name {
	case "basic-regexp", "extended-regexp", "fixed-strings", "perl-regexp":
		if o.matcher != "" && o.matcher != name {
			return message("conflicting matchers specified")
		}
		o.matcher, p.Language = name, grepLanguages[name]
	case "regexp":
		o.patterns = append(o.patterns, patternSource{text: value})
	case "file":
		o.patterns = append(o.patterns, patternSource{text: value, file: true})
	case "ignore-case":
		p.FoldCase = true
	case "no-ignore-case":
		p.FoldCase = false
	case "word-regexp":
		p.Words = true
	case "line-regexp":
		p.Lines = true
	case "null-data":
		p.Null = true
	case "crlf":
		p.CRLF = true

	case "invert-match":
		o.spec.Invert = true
	case "max-count":
		err = o.setMax(value)
	case "text":
		o.spec.Binary = grep.Text
	case "I":
		o.spec.Binary = grep.WithoutMatch
	case "binary-files":
		err = o.setBinary(value)
	case "unix-byte-offsets":
		o.warnings = append(o.warnings, "--unix-byte-offsets (-u) is obsolete")

	case "before-context":
		o.lead, err = contextLength(value)
	case "after-context":
		o.trail, err = contextLength(value)
	case "context":
		o.context, err = contextLength(value)
	case "color":
		switch value {
		case "always", "yes", "force", "never", "no", "none", "auto", "tty", "if-tty":
			o.color = value
		default:
			err = &getopt.UsageError{Command: "grep", Message: fmt.Sprintf("invalid argument '%s' for '--color'; it is always, never or auto", value)}
		}
	case "group-separator":
		o.format.Separator, o.format.NoSeparator = value, false
	case "no-group-separator":
		o.format.NoSeparator = true
	default:
		if !o.setOutput(name, value) {
			err = o.setFiles(name, value)
		}
	}
	return err
}

// setOutput sets an option of how it is printed; false means it is none.
func (o *grepOptions) setOutput(name, value string) bool {
	f := &o.format
	switch name {
	case "count":
		f.Count = true
	case "files-with-matches":
		f.Matching = print.ListMatching
	case "files-without-match":
		f.Matching = print.ListOthers
	case "only-matching":
		f.OnlyMatching = true
	case "quiet":
		o.quiet = true
	case "no-messages":
		o.silent = true
	case "line-number":
		f.LineNumber = true
	case "byte-offset":
		f.ByteOffset = true
	case "with-filename":
		f.Filename, o.filenameGiven = true, true
	case "no-filename":
		f.Filename, o.filenameGiven = false, true
	case "label":
		o.label = value
	case "initial-tab":
		f.InitialTab = true
	case "null":
		f.NullName = true
	case "line-buffered":
		f.LineBuffered = true
	case "json":
		o.json = true
	case "encoding":
		o.inputEncoding = value
	case "output-encoding":
		o.outputEncoding = value
	case "version":
		o.version = true
	default:
		return false
	}
	return true
}

func (o *grepOptions) setMax(value string) error {
	n, ok := parseSigned(value)
	if !ok {
		return message("invalid max count")
	}
	o.limited = n >= 0 // a negative number is no limit
	o.max = uint64(max(n, 0))
	return nil
}

func (o *grepOptions) setBinary(value string) error {
	switch value {
	case "binary":
		o.spec.Binary = grep.Quiet
	case "text":
		o.spec.Binary = grep.Text
	case "without-match":
		o.spec.Binary = grep.WithoutMatch
	default:
		return message("unknown binary-files type")
	}
	return nil
}

func contextLength(value string) (int, error) {
	n, ok := parseSigned(value)
	if !ok || n < 0 {
		return 0, message(value + ": invalid context length argument")
	}
	return int(min(n, math.MaxInt)), nil
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

// setFiles sets an option of which files are read.
func (o *grepOptions) setFiles(name, value string) error {
	w := &o.walk
	switch name {
	case "recursive":
		w.Directories = walk.Recurse
	case "dereference-recursive":
		w.Directories, w.FollowLinks = walk.Recurse, true
	case "directories":
		action, err := oneOf("directories", value, o.locale, "read", "recurse", "skip")
		if err != nil {
			return err
		}
		w.Directories = map[string]walk.Action{"read": walk.Read, "recurse": walk.Recurse, "skip": walk.Skip}[action]
	case "devices":
		switch value {
		case "read":
			w.Devices = walk.ReadAll
		case "skip":
			w.Devices = walk.SkipAll
		default:
			return message("unknown devices method")
		}
	case "include":
		w.Rules = append(w.Rules, walk.Rule{Kind: walk.Include, Pattern: value})
	case "exclude":
		w.Rules = append(w.Rules, walk.Rule{Kind: walk.Exclude, Pattern: value})
	case "exclude-dir":
		w.Rules = append(w.Rules, walk.Rule{Kind: walk.ExcludeDir, Pattern: value})
	case "exclude-from":
		data, err := o.readFile(value)
		if err != nil {
			return message(value + ": " + reason(err))
		}
		w.Rules = append(w.Rules, walk.ParseExcludeFrom(data)...)
	}
	return nil
}

// oneOf completes an argument that may be abbreviated.
func oneOf(option, value string, l locale.Locale, values ...string) (string, error) {
	found := ""
	for _, v := range values {
		if v == value {
			return v, nil
		}
		if strings.HasPrefix(v, value) {
			if found != "" {
				return "", wrongArgument("ambiguous", option, value, l, values)
			}
			found = v
		}
	}
	if found == "" {
		return "", wrongArgument("invalid", option, value, l, values)
	}
	return found, nil
}

func wrongArgument(what, option, value string, l locale.Locale, values []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s argument %s for %s\nValid arguments are:", what, gnu.QuoteAlways(value, l), gnu.QuoteAlways("--"+option, l))
	for _, v := range values {
		b.WriteString("\n  - " + gnu.QuoteAlways(v, l))
	}
	return &getopt.UsageError{Command: "grep", Message: b.String()}
}
