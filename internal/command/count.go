package command

import (
	"bufio"
	"errors"
	"os"
	"slices"
	"syscall"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/wc"
)

func countCommand() *cli.Command {
	return &cli.Command{
		Name:  "count",
		Usage: "count lines, words, characters and bytes as wc does",
		UsageText: "linefork count [OPTION]... [FILE]...\n" +
			"linefork count --by COL [OPTION]... [FILE]...",
		Description: "Prints the counts of each FILE and, for more than one, of all. With no FILE, or\n" +
			"when FILE is -, standard input is read. Without an option it counts lines.\n" +
			"Numbers, layout, messages and exit status are those of GNU wc, but for status 2\n" +
			"after a wrong command line.\n\n" +
			byDescription,
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "lines", Aliases: []string{"l"}, Usage: "count line feeds"},
			&cli.BoolFlag{Name: "words", Aliases: []string{"w"}, Usage: "count words"},
			&cli.BoolFlag{Name: "chars", Aliases: []string{"m"}, Usage: "count characters, by the locale"},
			&cli.BoolFlag{Name: "bytes", Aliases: []string{"c"}, Usage: "count bytes"},
			&cli.BoolFlag{Name: "max-line-length", Aliases: []string{"L"}, Usage: "find the greatest display width of a line"},
			&cli.StringFlag{Name: "total", Value: "auto", Usage: "print a line with totals `auto|always|only|never`"},
			&cli.StringFlag{Name: "files0-from", Usage: "read the names of the files, each ended by NUL, from `FILE`; - is standard input"},
			&cli.BoolFlag{Name: "final", Usage: "count a last line that has no line feed, too"},
			decompressFlag(""),
			&cli.BoolFlag{Name: "json", Usage: "print a JSON object a line"},
			&cli.BoolFlag{Name: "csv", Usage: "count CSV records in the place of lines, as filter reads them; with -c bytes, too"},
		}, byFlags(), csvFlags("How CSV is read (with --csv or --by)"), commonFlags()),
		Action: count,
	}
}

// counter is one run of count.
type counter struct {
	*common
	reporter
	job      worker.Count
	kinds    []kind
	records  *records // nil: lines are counted
	final    bool
	json     bool
	total    string
	unsized  bool // the names came one by one; their sizes choose no layout
	columns  gnu.Columns
	out      *bufio.Writer
	progress *progress
	buf      []byte // what streams are read into
}

func count(c *cli.Context) error {
	if c.IsSet("by") {
		return countBy(c)
	}
	if err := checkWithoutBy(c); err != nil {
		return err
	}
	o, err := parseCommon(c)
	if err != nil {
		return err
	}
	run := &counter{common: o, final: c.Bool("final"), json: c.Bool("json"), total: c.String("total"), out: bufio.NewWriter(os.Stdout)}
	switch run.total {
	case "auto", "always", "only", "never":
	default:
		return usageError(c, "invalid total '%s'; it is auto, always, only or never", run.total)
	}
	run.kinds = kinds
	if err := run.parseRecords(c); err != nil {
		return err
	}
	for _, k := range kinds {
		if c.Bool(k.option) {
			run.job.Want |= k.want
		}
	}
	if run.job.Want == 0 {
		run.job.Want = wc.Lines
	}
	run.job.Locale = locale.FromEnv(os.Getenv)
	_, run.job.PosixlyCorrect = os.LookupEnv("POSIXLY_CORRECT")
	run.reporter.locale = run.job.Locale

	operands, err := run.operands(c)
	if err != nil {
		return err
	}
	err = run.run(c.Context, operands)
	if write := (*output.Error)(nil); errors.As(err, &write) && !errors.Is(err, syscall.EPIPE) {
		Explain(os.Stderr, err)
		return Status(1)
	}
	if err != nil {
		return err
	}
	if run.failed {
		return Status(1)
	}
	return nil
}
