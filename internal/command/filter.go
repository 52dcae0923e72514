package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/linefork/linefork/internal/getopt"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/guard"
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/rows"
)

func filterCommand() *cli.Command {
	return &cli.Command{
		Name:      "filter",
		Usage:     "print the CSV rows whose key field is one of some keys",
		UsageText: "linefork filter --key K [OPTION]... [FILE]...",
		Description: "Prints the rows of each FILE whose key field equals one of the keys, byte for\n" +
			"byte and in file order. With no FILE, or when FILE is -, standard input is read;\n" +
			"a folder stands for the regular files in it, in name order, and with -r for those\n" +
			"below it, too. Quoted fields may hold delimiters, quotes and line feeds (RFC\n" +
			"4180). The exit status is 0 if a row was selected, 1 if none was, and 2 after an\n" +
			"error, as that of grep.",
		Flags: slices.Concat([]cli.Flag{
			&cli.GenericFlag{Name: "key", Aliases: []string{"k"}, Value: new(getopt.List), Usage: "select rows whose key is `K`; may be repeated"},
			&cli.GenericFlag{Name: "keys-file", Aliases: []string{"f"}, Value: new(getopt.List), Usage: "take keys from `FILE`, one a line; - is standard input"},
			&cli.StringFlag{Name: "column", Value: "1", Usage: "the key is field number `N`, from 1, or the field that the header names so"},
		}, csvFlags(""), encodingFlags(), []cli.Flag{
			&cli.BoolFlag{Name: "header", Usage: "the first record of each file is a header: printed once, never selected"},
			&cli.BoolFlag{Name: "no-header", Usage: "there is no header; default, but for a --column given by name"},
			&cli.BoolFlag{Name: "numeric", Usage: "compare keys as decimal numbers: 11865, 011865 and 11865.0 are equal"},
			&cli.BoolFlag{Name: "invert", Aliases: []string{"v"}, Usage: "select the rows that do not match"},
			&cli.BoolFlag{Name: "count", Aliases: []string{"c"}, Usage: "print only how many rows are selected; with --with-filename, of each file"},
			&cli.StringFlag{Name: "max-count", Aliases: []string{"m"}, Usage: "stop after `N` selected rows, over all files"},
			&cli.BoolFlag{Name: "line-number", Aliases: []string{"n"}, Usage: "print before each row its line number and a colon"},
			&cli.BoolFlag{Name: "byte-offset", Aliases: []string{"b"}, Usage: "print before each row its offset in bytes and a colon"},
			&cli.BoolFlag{Name: "with-filename", Aliases: []string{"H"}, Usage: "print before each row the name of its file and a colon"},
			&cli.BoolFlag{Name: "no-filename", Aliases: []string{"h"}, Usage: "print no file names; default"},
			&cli.BoolFlag{Name: "recursive", Aliases: []string{"r"}, Usage: "read all files below a folder, and below the current one without FILE"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, which changes only if the run succeeds"},
			decompressFlag(""),
			&cli.BoolFlag{Name: "append", Usage: "add to the end of the output file, under a lock"},
		}, commonFlags()),
		Action: filter,
	}
}

// filterer is one run of filter.
type filterer struct {
	*common
	reporter
	csv    csvOptions
	spec   rows.Spec
	column int    // 0 where name is set
	name   string // of the column
	header bool
	// recursive says that folders stand for what is below them.
	recursive bool
	format    merge.Format
	pace      *split.Pace // of the ranges whose results hold places
	outInfo   fs.FileInfo // what the output is, if that is a file
	stdout    bool        // the output is standard output, and begins at once

	headerShown []byte // the header that was printed
	headerFrom  string // its input
}

func filter(c *cli.Context) error {
	run, err := parseFilter(c)
	if err != nil {
		return err
	}
	names := c.Args().Slice()
	if len(names) == 0 && !run.recursive {
		names = []string{"-"}
	}
	if run.spec.Keys, err = readKeys(c, names, run.reporter.locale); err != nil {
		return err
	}
	run.stdout = c.String("output") == "" || c.String("output") == "-"
	run.outInfo = outputInfo(c.String("output"))
	list := operandFiles(names)
	files := run.below(names)
	if !run.recursive {
		list = run.expand(names)
		files = each(list)
	}
	if err := run.checkKeys(); err != nil {
		return usageError(c, "%v", err)
	}
	out, err := openOutput(c)
	if err != nil {
		return fmt.Errorf("%s: %s", gnu.Quote(c.String("output"), run.reporter.locale), reason(err))
	}
	defer out.Abort()
	selected := uint64(0)
	if !c.IsSet("max-count") || run.format.Max > 0 { // as grep -m 0: no input is looked at
		selected, err = run.run(c.Context, files, list, out)
	}
	switch {
	case err != nil:
		return err
	case run.failed:
		return Status(2)
	}
	if err := out.Commit(c.Context); err != nil {
		return fmt.Errorf("%s: %s", gnu.Quote(c.String("output"), run.reporter.locale), reason(err))
	}
	if selected == 0 {
		return Status(1)
	}
	return nil
}

func parseFilter(c *cli.Context) (*filterer, error) {
	o, err := parseCommon(c)
	if err != nil {
		return nil, err
	}
	run := &filterer{common: o, reporter: reporter{locale: locale.FromEnv(os.Getenv)}, recursive: c.Bool("recursive")}
	run.format = merge.Format{
		Count:        c.Bool("count"),
		WithFilename: lastOption(c, "with-filename", "no-filename") == "with-filename",
		LineNumber:   c.Bool("line-number"),
		ByteOffset:   c.Bool("byte-offset"),
	}
	if c.IsSet("max-count") {
		var ok bool
		if run.format.Max, ok = parseCount(c.String("max-count")); !ok {
			return nil, usageError(c, "invalid max count '%s'", c.String("max-count"))
		}
	}
	if c.IsSet("output") && c.String("output") == "" {
		return nil, usageError(c, "the name of the output file is empty")
	}
	if c.Bool("append") && !c.IsSet("output") {
		return nil, usageError(c, "--append needs --output FILE")
	}
	if err := run.parseColumn(c, c.String("column")); err != nil {
		return nil, err
	}
	if run.csv, err = parseCSV(c); err != nil {
		return nil, err
	}
	if err := run.setEncodings(c.String("encoding"), c.String("output-encoding")); err != nil {
		return nil, usageError(c, "%v", err)
	}
	run.csv.charset = run.encoding.input.Charset
	run.format.Recoder = run.encoding.recoder()
	run.spec = rows.Spec{
		Charset: run.encoding.name(),
		Numeric: c.Bool("numeric"),
		Invert:  c.Bool("invert"),
		Dialect: run.csv.Dialect,
		Spans:   !run.format.Count,
		Each:    !run.format.Count && run.format.RowByRow(),
	}
	return run, nil
}

// parseColumn reads a column, --header and --no-header, which depend on each
// other.
func (run *filterer) parseColumn(c *cli.Context, s string) error {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		if err != nil || n < 1 || n > maxColumn {
			return usageError(c, "invalid column '%s'; columns are numbered from 1", s)
		}
		run.column = int(n)
	} else if s == "" {
		return usageError(c, "invalid column ''")
	} else {
		run.name = s
	}
	if c.Bool("header") && c.Bool("no-header") {
		return usageError(c, "--header and --no-header exclude each other")
	}
	if run.name != "" && c.Bool("no-header") {
		return usageError(c, "column '%s' is a name, which needs a header", run.name)
	}
	run.header = c.Bool("header") || run.name != ""
	return nil
}

const maxColumn = 1 << 30

func openOutput(c *cli.Context) (output.Output, error) {
	o := output.Options{
		Standard: []*os.File{os.Stdout, os.Stderr}, Creating: guard.Raise, Committing: guard.Hold,
	}
	switch path := c.String("output"); {
	case path == "" || path == "-":
		return output.Stream(os.Stdout), nil
	case c.Bool("append"):
		return output.Append(path, o)
	default:
		return output.Create(path, o)
	}
}

// outputInfo describes the file that the output is, or will be; nil if it is
// none.
func outputInfo(path string) fs.FileInfo {
	info, err := os.Stat(path)
	if path == "" || path == "-" {
		info, err = os.Stdout.Stat()
	}
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	return info
}
