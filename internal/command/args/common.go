package args

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/rows"
)

// Common is how the work is done. The result is the same.
type Common struct {
	Processes int           // workers; 0 if not given
	Mode      string        // "processes", "threads" or "serial"; "" if not given
	RangeSize int64         // in bytes; 0 if not given
	Retries   int           // of a range
	Timeout   time.Duration // for 16 MiB; 0 waits forever
	Progress  string        // "auto", "always" or "never"
	LogLevel  slog.Level
}

func newCommon() Common {
	return Common{Retries: 3, Timeout: time.Minute, Progress: "auto", LogLevel: slog.LevelWarn}
}

// maxProcesses is beyond any use, and keeps sums of it from overflowing.
const maxProcesses = 4096

func (c *Common) options() []option {
	return group("How the work is done (the result is the same)",
		valued("processes j", "N", func(v string) error {
			if number("", &c.Processes, 1, maxProcesses)(v) != nil {
				return fmt.Errorf("invalid number of processes '%s'; it is 1 to %d", v, maxProcesses)
			}
			return nil
		}, "run N workers, as processes if --mode does not say otherwise").
			defaults("the cores this process may use"),
		valued("mode", "processes|threads|serial",
			choice("mode", &c.Mode, "processes", "threads", "serial"),
			"run workers as processes|threads|serial; serial is one, whatever --processes says").
			defaults("processes, but threads for less than 256 MiB, serial for one file up to 1 MiB"),
		valued("range-size", "SIZE", size("range size", &c.RangeSize, 1),
			"cut files into ranges of about SIZE bytes (suffix K, M, G)").
			defaults("up to 32M, 256M while little is found, 1G for counts, less towards the end"),
		valued("retries", "N", number("number of retries", &c.Retries, 0, maxProcesses),
			"try a range N times more when its worker, a process, died").defaults("3"),
		valued("timeout", "DURATION", func(v string) (err error) {
			if c.Timeout, err = time.ParseDuration(v); err != nil || c.Timeout < 0 {
				return fmt.Errorf("invalid timeout '%s'; write it as in 90s or 5m", v)
			}
			return nil
		}, "kill a process that takes longer than DURATION for 16 MiB; 0 waits forever").
			defaults("1m"),
		valued("progress", "auto|always|never",
			choice("progress", &c.Progress, "auto", "always", "never"),
			"show a progress bar auto|always|never; auto: on a terminal, after a second").
			defaults("auto"),
		valued("log-level", "debug|info|warn|error", func(v string) error {
			i, err := oneOf("log level", v, "debug", "info", "warn", "error")
			c.LogLevel = slog.LevelDebug + slog.Level(4*i)
			return err
		}, "log debug|info|warn|error and above to standard error").defaults("warn"),
	)
}

// CSV is how records are read.
type CSV struct {
	Delimiter, Quote byte
	Escape           byte // 0: no byte escapes
	NoQuote, Lax     bool
}

func newCSV() CSV { return CSV{Delimiter: rows.CSV.Delimiter, Quote: rows.CSV.Quote} }

// Dialect is the dialect that the options ask for.
func (c *CSV) Dialect() rows.Dialect {
	d := rows.Dialect{Delimiter: c.Delimiter, Quote: c.Quote, Escape: c.Escape}
	if c.NoQuote {
		return d.Plain()
	}
	return d
}

func (c *CSV) options() []option {
	return []option{
		valued("delimiter d", "C", oneByte("delimiter", &c.Delimiter, true),
			`fields are separated by the byte C; \t, \0 and \xHH are understood`).
			defaults(`","`).repeats(once),
		valued("quote", "C", oneByte("quote", &c.Quote, false),
			"the byte C at its start quotes a field").defaults(`"\""`).repeats(once),
		flag("no-quote", on(&c.NoQuote), "no byte quotes: each line feed ends a record"),
		valued("escape", "C", oneByte("escape", &c.Escape, false),
			"the byte C makes a character of the byte behind it, within quotes and outside").
			repeats(once),
		flag("lax", on(&c.Lax), "take a record whose quote is still open at the end of the file "+
			"for a plain line; ignored with --no-quote"),
	}
}

func (c *CSV) check(g given) error {
	if c.NoQuote && g.has("quote") {
		return errors.New("--quote and --no-quote exclude each other")
	}
	return c.Dialect().Check()
}

// Column is where the keys are.
type Column struct {
	Number           int    // from 1; 0 if Name is set
	Name             string // in the header
	Header, NoHeader bool
}

// HasHeader reports whether the first record of an input is a header.
func (c *Column) HasHeader() bool { return c.Header || c.Name != "" }

const maxColumn = 1 << 30

// set takes a column by its number or its name.
func (c *Column) set(v string) error {
	n, err := strconv.ParseInt(v, 10, 64)
	switch {
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return c.setName(v)
	case err != nil || n < 1 || n > maxColumn:
		return fmt.Errorf("invalid column '%s'; columns are numbered from 1", v)
	}
	c.Number, c.Name = int(n), ""
	return nil
}

func (c *Column) setName(v string) error {
	if v == "" {
		return errors.New("invalid column ''")
	}
	c.Number, c.Name = 0, v
	return nil
}

// check is given the names of the options that call set and setName.
func (c *Column) check(g given, column, name string) error {
	switch {
	case g.has(column) && g.has(name):
		return fmt.Errorf("--%s and --%s exclude each other", column, name)
	case c.Header && c.NoHeader:
		return errors.New("--header and --no-header exclude each other")
	case c.Name != "" && c.NoHeader:
		return fmt.Errorf("column '%s' is a name, which needs a header", c.Name)
	}
	return nil
}

// Encoding is that of the inputs and of the output.
type Encoding struct {
	Input      charset.Encoding // its Name is "" if it was not given
	OutputUTF8 bool
}

func (e *Encoding) input() option {
	return valued("encoding", "NAME", func(v string) (err error) {
		e.Input, err = charset.Lookup(v)
		return err
	}, "inputs are in the encoding NAME, such as gb18030, shift_jis or utf-16le, "+
		"keys and patterns in UTF-8; default: bytes, or UTF-16 by its byte order mark")
}

func (e *Encoding) output() option {
	return valued("output-encoding", "NAME", func(v string) error {
		output, err := charset.Lookup(v)
		if err == nil && output.Kind != charset.UTF8 {
			err = errors.New("the output encoding can only be utf-8")
		}
		e.OutputUTF8 = true
		return err
	}, "write what is selected in the encoding NAME, which can only be utf-8; "+
		"default: as it stands in the input")
}

func decompress(to *bool) option {
	return flag("decompress", on(to),
		"read what inputs in gzip, bzip2, xz, zstd or lz4 hold; others as they are")
}

// Walk is which files are read, as in [walk.Options].
type Walk struct {
	Directories walk.Action
	FollowLinks bool
	Devices     walk.Devices
	Rules       []Rule // in the order given
}

// Rule is an --include, --exclude or --exclude-dir, or an --exclude-from.
type Rule struct {
	walk.Rule
	From string // the file of an --exclude-from; "" for the others
}

// recurse is the option of commands that read no devices below a folder.
func (w *Walk) recurse() option {
	return flag("recursive r", assign(&w.Directories, walk.Recurse),
		"read all files below a folder, and below the current one without FILE")
}

func (w *Walk) rules() []option {
	rule := func(kind walk.Kind) setter {
		return func(v string) error {
			w.Rules = append(w.Rules, Rule{Rule: walk.Rule{Kind: kind, Pattern: v}})
			return nil
		}
	}
	return []option{
		valued("include", "GLOB", rule(walk.Include),
			"read only files whose name matches GLOB").repeats(adds),
		valued("exclude", "GLOB", rule(walk.Exclude),
			"skip files whose name matches GLOB").repeats(adds),
		valued("exclude-from", "FILE", func(v string) error {
			w.Rules = append(w.Rules, Rule{From: v})
			return nil
		}, "skip files whose name matches a glob in FILE").repeats(adds),
		valued("exclude-dir", "GLOB", rule(walk.ExcludeDir),
			"skip folders whose name matches GLOB").repeats(adds),
	}
}

// check looks at the options of a command that reads operands or, without them,
// standard input or the current folder; lists are the other files that it reads.
func (w *Walk) check(g given, operands []string, lists ...string) error {
	stdin := len(operands) == 0 && w.Directories != walk.Recurse
	if name := g.first("include", "exclude", "exclude-from", "exclude-dir"); stdin && name != "" {
		return fmt.Errorf("--%s needs --recursive or FILE", name)
	}
	for _, rule := range w.Rules {
		lists = append(lists, rule.From)
	}
	stdin = stdin || slices.Contains(operands, "-")
	for _, name := range lists {
		if name == "-" && stdin {
			return errors.New("standard input cannot be read twice")
		}
		stdin = stdin || name == "-"
	}
	return nil
}

// Output is where rows are written.
type Output struct {
	File   string // "" if not given
	Append bool
}

func (o *Output) options() []option {
	return []option{
		valued("output o", "FILE", func(v string) error {
			if o.File = v; v == "" {
				return errors.New("the name of the output file is empty")
			}
			return nil
		}, "write to FILE, which changes only if the run succeeds").repeats(once),
		flag("append", on(&o.Append), "add to the end of the output file, under a lock"),
	}
}

func (o *Output) check() error {
	if o.Append && (o.File == "" || o.File == "-") {
		return errors.New("--append needs --output FILE")
	}
	return nil
}
