package args

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker/tally"
	"github.com/linefork/linefork/worker/wc"
)

var countCommand = command{
	name:    "count",
	summary: "count lines, words, characters and bytes as wc does",
	usage: "linefork count [OPTION]... [FILE]...\n" +
		"linefork count --by COL [OPTION]... [FILE]...",
	examples: []example{
		{"linefork count taxi.csv", "lines"},
		{"linefork count -lwc taxi.csv", "lines, words and bytes, as wc counts them"},
		{"linefork count --by id --sort count taxi.csv", "rows of each taxi, the most first"},
		{"linefork count --csv taxi.csv", "records, whose fields may hold line feeds"},
	},
	description: `Prints the counts of each FILE and, for more than one, of all. With no FILE, or
when FILE is -, standard input is read. Without an option it counts lines.
Numbers, layout, messages and exit status are those of GNU wc, but for status 2
after a wrong command line.

With --by COL it prints, for all FILEs together, how many CSV rows have each value
in that column, as lines KEY,COUNT. Rows without the column and empty lines are
not counted.`,
	make: func(locale.Locale) operation {
		return &Count{Common: newCommon(), CSV: newCSV(), Total: "auto"}
	},
}

// Count is a command line of count.
type Count struct {
	Common
	CSV
	run.Column // of --by and --by-name: see ByKey
	Walk
	Output

	Want    wc.Want // 0 if not given
	Records bool    // --csv
	Final   bool
	Total   string // "auto", "always", "only" or "never"
	JSON    bool
	Sort    tally.Order

	Files      []string // the operands
	Files0     bool     // --files0-from
	Files0From string   // its value
}

// ByKey reports whether rows are counted by their key.
func (c *Count) ByKey() bool { return c.Number > 0 || c.Name != "" }

func (c *Count) options() []option {
	want := func(w wc.Want) setter { return do(func(string) { c.Want |= w }) }
	orders := map[string]tally.Order{"key": tally.ByKey, "count": tally.ByCount}
	return slices.Concat(
		group("What to count",
			flag("lines l", want(wc.Lines), "count line feeds"),
			flag("words w", want(wc.Words), "count words"),
			flag("chars m", want(wc.Chars), "count characters, by the locale"),
			flag("bytes c", want(wc.Bytes), "count bytes"),
			flag("max-line-length L", want(wc.MaxWidth), "find the greatest display width of a line"),
			flag("final", on(&c.Final), "count a last line that has no line feed, too; ignored "+
				"where lines are not counted, and with --csv, which counts it anyway"),
			flag("csv", on(&c.Records), "count CSV records instead of lines, as filter reads them; "+
				"with -c bytes, too; --by implies it"),
		),
		group("What to count by key", whole(
			valued("by", "COL", column(&c.Column), "count the rows of each key in field number COL, "+
				"from 1, or in the field that the header names so").once().ofColumns(),
			valued("by-name", "NAME", columnName(&c.Column), "count the rows of each key in the "+
				"field that the header names NAME, even if that is a number").once().ofColumns(),
		)...),
		group(groupPrint, append([]option{
			choice("total", "auto|always|only|never", text(&c.Total),
				"print a line with totals auto|always|only|never").defaults("auto"),
			flag("json", on(&c.JSON), "print a JSON object a line"),
		}, whole(append([]option{
			choice("sort", "key|count", named(&c.Sort, orders, nil), "with --by, print the keys in "+
				"the order of key|count: their bytes, or the largest count first").
				defaults("key").once(),
		}, c.Output.options()...)...)...)...),
		whole(group(groupCSV+" (with --csv or --by)", append([]option{
			flag("header", on(&c.Header), "the first record of each file is a header: "+
				"its name of the column is printed first, and it is not counted"),
			flag("no-header", on(&c.NoHeader), "there is no header; default, but for a COL given by name"),
		}, append(c.CSV.options(), inputEncoding(&c.Encoding).once())...)...)...),
		group(groupFiles, append(whole(append(c.rules(), c.recurse())...),
			valued("files0-from", "FILE", do(func(v string) { c.Files0, c.Files0From = true, v }),
				"read the names of the files, each ended by NUL, from FILE; - is standard input"),
			c.decompress(),
		)...),
		c.Common.options(),
	)
}

func (c *Count) finish(g given, operands []string) (Command, error) {
	c.Files = operands
	return c, cmp.Or(c.checkCounts(g), c.checkFiles(g))
}

// withBy are the options that mean nothing without --by or --by-name.
var withBy = [...]string{"sort", "header", "no-header", "output", "append", "lock-timeout", "sync"}

// checkCounts looks at the options that go with some of the counts only.
func (c *Count) checkCounts(g given) error {
	csv := c.CSV.check(g, c.Column, "by", "by-name")
	if c.ByKey() {
		return cmp.Or(g.none("--by counts the rows of each key; it does not go with --%s",
			"lines", "words", "chars", "bytes", "max-line-length", "total", "final", "json"),
			c.Output.check(), csv)
	}
	err := g.none("--%s needs --by COL", withBy[:]...)
	if c.Records {
		return cmp.Or(err, g.none("--csv counts records, not what is in them; "+
			"--%s is for a run of its own", "words", "chars", "max-line-length"), csv)
	}
	return cmp.Or(err, g.none("--%s needs --csv or --by",
		"delimiter", "quote", "no-quote", "escape", "lax", "encoding"))
}

func (c *Count) checkFiles(g given) error {
	if !c.Files0 {
		return c.Walk.check(g, c.Files)
	}
	if len(c.Files) > 0 {
		return fmt.Errorf("extra operand '%s'\nfile operands cannot be combined with --files0-from",
			c.Files[0])
	}
	// What the list names is not known yet; it is read from where an operand might be.
	return c.Walk.check(g, []string{c.Files0From})
}
