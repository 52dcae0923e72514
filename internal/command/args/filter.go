package args

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/merge/run"
)

var filterCommand = command{
	name:    "filter",
	summary: "print the CSV rows whose key field is one of some keys",
	usage:   "linefork filter --key K [OPTION]... [FILE]...",
	examples: []example{
		{"linefork filter --column id --key 11865 taxi.csv", "the rows of one taxi"},
		{"linefork filter -k 11865 -k 27113 --count taxi.csv", "how many rows of two taxis"},
		{"echo 11865 | linefork filter --keys-file - taxi.csv", "keys from a file or a pipe"},
		{"linefork filter --column occupied --key 1 -m 5 taxi.csv", "only the first five"},
	},
	description: `Prints the rows of each FILE whose key field equals one of the keys, byte for
byte and in file order. With no FILE, or when FILE is -, standard input is read;
a folder stands for the regular files in it, in name order, and with -r for those
below it, too. Quoted fields may hold delimiters, quotes and line feeds (RFC
4180). The exit status is 0 if a row was selected, 1 if none was, and 2 after an
error, as that of grep.`,
	make: func(locale.Locale) operation {
		return &Filter{Common: newCommon(), CSV: newCSV(), Column: run.Column{Number: 1}}
	},
}

// Filter is a command line of filter.
type Filter struct {
	Common
	CSV
	run.Column
	Walk
	Output

	Keys, KeysFiles []string // each in the order given
	Numeric, Invert bool
	Limited         bool   // MaxCount is set
	MaxCount        uint64 // over all inputs

	Count                            bool
	LineNumber, ByteOffset, Filename bool

	Files []string // the operands
}

func (f *Filter) options() []option {
	return slices.Concat(
		group(groupSelect,
			valued("key k", "K", list(&f.Keys), "select rows whose key is K; may be repeated").adds(),
			valued("keys-file f", "FILE", list(&f.KeysFiles),
				"take keys from FILE, one a line; - is standard input").adds(),
			valued("column", "N=1", column(&f.Column), "the key is field number N, from 1, "+
				"or the field that the header names so").once().ofColumns(),
			valued("column-name", "NAME", columnName(&f.Column), "the key is the field that "+
				"the header names NAME, even if that is a number").once().exact().ofColumns(),
			flag("numeric", on(&f.Numeric),
				"compare keys as decimal numbers: 11865, 011865 and 11865.0 are equal"),
			flag("invert v", on(&f.Invert), "select the rows that do not match"),
			valued("max-count m", "N", number("max count", &f.MaxCount, 0, math.MaxUint64),
				"stop after N selected rows, over all files").once(),
		),
		group(groupPrint, append(f.Output.options(),
			flag("count c", on(&f.Count), "print only how many rows are selected; with "+
				"--with-filename, of each file; what else is printed before rows is ignored"),
			flag("line-number n", on(&f.LineNumber), "print before each row its line number and a colon"),
			flag("byte-offset b", on(&f.ByteOffset),
				"print before each row its offset in bytes and a colon"),
			flag("with-filename H", on(&f.Filename),
				"print before each row the name of its file and a colon"),
			flag("no-filename h", off(&f.Filename), "print no file names; default"),
			outputEncoding(&f.Encoding).once(),
		)...),
		group(groupCSV, append([]option{
			flag("header", on(&f.Header),
				"the first record of each file is a header: printed once, never selected"),
			flag("no-header", on(&f.NoHeader),
				"there is no header; default, but for a column given by name"),
		}, f.CSV.options()...)...),
		group(groupFiles, append(whole(f.rules()...),
			f.recurse(), inputEncoding(&f.Encoding).once(), f.decompress())...),
		f.Common.options(),
	)
}

func (f *Filter) finish(g given, operands []string) (Command, error) {
	f.Files, f.Limited = operands, g.has("max-count")
	if len(f.Keys) == 0 && len(f.KeysFiles) == 0 {
		return nil, errors.New("no key is given; use --key or --keys-file")
	}
	return f, cmp.Or(f.Output.check(), f.CSV.check(g, f.Column, "column", "column-name"),
		f.Walk.check(g, operands, f.KeysFiles...))
}
