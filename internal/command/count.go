package command

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"syscall"
	"unicode/utf8"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/wc"
)

func countCommand() *cli.Command {
	return &cli.Command{
		Name:      "count",
		Usage:     "count lines, words, characters and bytes as wc does",
		UsageText: "linefork count [OPTION]... [FILE]...",
		Description: "Prints the counts of each FILE and, for more than one, of all. With no FILE, or\n" +
			"when FILE is -, standard input is read. Without an option it counts lines.\n" +
			"Numbers, layout, messages and exit status are those of GNU wc.",
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "lines", Aliases: []string{"l"}, Usage: "count line feeds"},
			&cli.BoolFlag{Name: "words", Aliases: []string{"w"}, Usage: "count words"},
			&cli.BoolFlag{Name: "chars", Aliases: []string{"m"}, Usage: "count characters, by the locale"},
			&cli.BoolFlag{Name: "bytes", Aliases: []string{"c"}, Usage: "count bytes"},
			&cli.BoolFlag{Name: "max-line-length", Aliases: []string{"L"}, Usage: "find the greatest display width of a line"},
			&cli.StringFlag{Name: "total", Value: "auto", Usage: "print a line with totals `auto|always|only|never`"},
			&cli.StringFlag{Name: "files0-from", Usage: "read the names of the files, each ended by NUL, from `FILE`; - is standard input"},
			&cli.BoolFlag{Name: "final", Usage: "count a last line that has no line feed, too"},
			&cli.BoolFlag{Name: "json", Usage: "print a JSON object a line"},
		}, commonFlags()...),
		Action: count,
	}
}

// counter is one run of count.
type counter struct {
	*common
	reporter
	job      worker.Count
	final    bool
	json     bool
	total    string
	operands int  // names that were given, those left out included
	unsized  bool // the names came one by one; their sizes choose no layout
	columns  gnu.Columns
	out      *bufio.Writer
	progress *progress
}

func count(c *cli.Context) error {
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
	for name, w := range map[string]wc.Want{"lines": wc.Lines, "words": wc.Words, "chars": wc.Chars, "bytes": wc.Bytes, "max-line-length": wc.MaxWidth} {
		if c.Bool(name) {
			run.job.Want |= w
		}
	}
	if run.job.Want == 0 {
		run.job.Want = wc.Lines
	}
	run.job.Locale = locale.FromEnv(os.Getenv)
	_, run.job.PosixlyCorrect = os.LookupEnv("POSIXLY_CORRECT")
	run.reporter.locale = run.job.Locale

	names := c.Args().Slice()
	if c.IsSet("files0-from") {
		if len(names) > 0 {
			return usageError(c, "extra operand '%s': file operands cannot be combined with --files0-from", names[0])
		}
		if names, err = run.files0(c.String("files0-from")); err != nil {
			return err
		}
	} else if run.operands = len(names); len(names) == 0 {
		names = []string{""} // standard input, without a name in the output
	}
	err = run.run(c.Context, names)
	if write := (*merge.OutputError)(nil); errors.As(err, &write) && !errors.Is(err, syscall.EPIPE) {
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

// note goes with each range of an input, and alone with the end of the input.
type note struct {
	name string
	src  split.Source // to be closed; nil if it could not be opened
	err  error        // the input cannot be read, or not to its end
}

func (run *counter) run(ctx context.Context, names []string) error {
	total := run.layout(names)
	pool, err := run.pool(worker.Job{Count: &run.job}, total)
	if err != nil {
		return err
	}
	defer pool.Close()
	run.progress = newProgress(run.common.progress, total)
	run.before = run.progress.clear

	var file, all wc.Counts
	broken := false // the input in hand; what is known of it is not printed
	for d := range merge.Ordered(ctx, pool, run.ahead(), run.steps(names), func() {}) {
		switch n := d.Note; {
		case fatal(d.Err):
			run.progress.clear()
			return d.Err
		case d.Err != nil:
			if !broken {
				run.input(n.name, d.Err)
			}
			broken = true
		case d.Task != nil:
			file.Add(d.Result.Counts)
			run.progress.add(d.Task.Range)
		default:
			if n.err == nil && !broken {
				n.err = run.finish(n.src, &file)
			}
			if n.err != nil {
				run.input(cmp.Or(n.name, "standard input"), n.err)
				// wc prints a row for a directory, though it cannot read it.
				broken = !errors.Is(n.err, syscall.EISDIR)
			}
			if n.src != nil {
				n.src.Close()
			}
			if !broken {
				run.row(file, n.name)
				all.Add(file)
			}
			file, broken = wc.Counts{}, false
		}
	}
	run.progress.clear()
	switch run.total {
	case "auto":
		if run.operands > 1 {
			run.totals(all, "total")
		}
	case "always":
		run.totals(all, "total")
	case "only":
		run.totals(all, "")
	}
	if err := run.out.Flush(); err != nil {
		return &merge.OutputError{Err: err}
	}
	return nil
}

// layout chooses the width of the columns, and returns the number of bytes of
// all inputs, -1 if it is not known.
func (run *counter) layout(names []string) (total int64) {
	var infos []fs.FileInfo
	for _, name := range names {
		info, err := statInput(name)
		switch {
		case err != nil:
			info = nil
		case !info.Mode().IsRegular() && !info.IsDir():
			total = -1
		case total >= 0 && info.Mode().IsRegular():
			total += info.Size()
		}
		if !run.unsized {
			infos = append(infos, info)
		}
	}
	run.columns = gnu.Columns{Locale: run.reporter.locale}
	if run.total != "only" {
		run.columns.Width = gnu.Width(infos, len(run.numbers(wc.Counts{})))
	}
	return total
}

// steps opens the inputs in order and cuts them.
func (run *counter) steps(names []string) iter.Seq[merge.Step[note]] {
	return func(yield func(merge.Step[note]) bool) {
		for _, name := range names {
			src, err := openInput(name)
			if err == nil {
				for t, cutErr := range run.ranges(src) {
					if cutErr != nil {
						err = cutErr
						break
					}
					if !yield(merge.Step[note]{Task: t, Note: note{name: name}}) {
						return
					}
				}
			}
			if !yield(merge.Step[note]{Note: note{name: name, src: src, err: err}}) {
				return
			}
		}
	}
}

func openInput(name string) (split.Source, error) {
	if name == "" {
		name = "-"
	}
	return split.Open(name)
}

// ranges yields the tasks of an input: none for a stream, which is counted as
// it comes, and none where only the size is wanted.
func (run *counter) ranges(src split.Source) iter.Seq2[*worker.Task, error] {
	return func(yield func(*worker.Task, error) bool) {
		if src.Stream() || run.job.Want == wc.Bytes {
			return
		}
		for r, err := range src.Ranges(src.Start(), run.rangeSizeFor(src), '\n') {
			t := &worker.Task{Name: src.Name(), Path: src.Path(), ID: src.ID(), Range: r}
			if !yield(t, err) {
				return
			}
		}
	}
}

// finish adds to the counts of an input what its ranges do not tell.
func (run *counter) finish(src split.Source, file *wc.Counts) error {
	if src.Stream() {
		return run.stream(src, file)
	}
	if err := src.Shrunk(); err != nil {
		return err
	}
	size := src.Size()
	file.Bytes = size - src.Start()
	if run.final && file.Bytes > 0 {
		var last [1]byte
		if _, err := src.ReadAt(last[:], size-1); err != nil {
			return err
		}
		if last[0] != '\n' {
			file.Lines++
		}
	}
	return nil
}

// stream counts an input that cannot be mapped. One core keeps up with a pipe.
func (run *counter) stream(src split.Source, file *wc.Counts) error {
	counter := run.job.Counter()
	buf := make([]byte, 1<<20)
	last := byte('\n')
	for {
		n, err := src.Reader().Read(buf)
		if n > 0 {
			counter.Add(buf[:n])
			last = buf[n-1]
			run.progress.add(split.Range{End: int64(n)})
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	*file = counter.Counts()
	if run.final && last != '\n' {
		file.Lines++
	}
	return nil
}

// numbers returns the wanted counts in the order of wc.
func (run *counter) numbers(c wc.Counts) []int64 {
	var n []int64
	for _, x := range []struct {
		want  wc.Want
		count int64
	}{{wc.Lines, c.Lines}, {wc.Words, c.Words}, {wc.Chars, c.Chars}, {wc.Bytes, c.Bytes}, {wc.MaxWidth, c.MaxWidth}} {
		if run.job.Want&x.want != 0 {
			n = append(n, x.count)
		}
	}
	return n
}

func (run *counter) row(c wc.Counts, name string) {
	if run.total == "only" {
		return
	}
	if run.json {
		run.jsonRow(c, map[string]any{"file": jsonName(name)})
		return
	}
	run.out.Write(run.columns.AppendRow(nil, run.numbers(c), name, name != ""))
}

func (run *counter) totals(c wc.Counts, label string) {
	if run.json {
		run.jsonRow(c, map[string]any{"total": true})
		return
	}
	run.out.Write(run.columns.AppendRow(nil, run.numbers(c), label, label != ""))
}

// jsonName is a file name as JSON can hold it: one that is not UTF-8 is an
// object with its bytes in base64.
func jsonName(name string) any {
	switch {
	case name == "":
		return "-"
	case utf8.ValidString(name):
		return name
	}
	return map[string][]byte{"bytes": []byte(name)}
}

func (run *counter) jsonRow(c wc.Counts, row map[string]any) {
	numbers := run.numbers(c)
	for i, name := range []string{"lines", "words", "chars", "bytes", "max_line_length"} {
		if run.job.Want&[]wc.Want{wc.Lines, wc.Words, wc.Chars, wc.Bytes, wc.MaxWidth}[i] != 0 {
			row[name], numbers = numbers[0], numbers[1:]
		}
	}
	enc := json.NewEncoder(run.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(row) // an error stays in run.out
}
