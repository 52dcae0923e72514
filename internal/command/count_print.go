package command

import (
	"encoding/json"
	"io/fs"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/worker/wc"
)

// layout chooses the width of the columns, and returns the number of bytes of
// all inputs, -1 if it is not known.
func (run *counter) layout(operands []operand) (total int64) {
	var infos []fs.FileInfo
	for _, o := range operands {
		info, err := o.stat()
		switch {
		case err != nil:
			info = nil
		case !info.Mode().IsRegular() && !info.IsDir():
			total = -1
		case total >= 0 && info.Mode().IsRegular():
			total += info.Size()
		}
		if run.decompress && err == nil && info.Mode().IsRegular() && holdsMore(o.name) {
			info = unsized{info}
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

// kind is one of the counts that may be wanted.
type kind struct {
	want   wc.Want
	option string
	key    string // in JSON
	of     func(wc.Counts) int64
}

// kinds are the counts in the order of wc.
var kinds = []kind{
	{wc.Lines, "lines", "lines", func(c wc.Counts) int64 { return c.Lines }},
	{wc.Words, "words", "words", func(c wc.Counts) int64 { return c.Words }},
	{wc.Chars, "chars", "chars", func(c wc.Counts) int64 { return c.Chars }},
	{wc.Bytes, "bytes", "bytes", func(c wc.Counts) int64 { return c.Bytes }},
	{wc.MaxWidth, "max-line-length", "max_line_length", func(c wc.Counts) int64 { return c.MaxWidth }},
}

// numbers returns the wanted counts.
func (run *counter) numbers(c wc.Counts) []int64 {
	var n []int64
	for _, k := range run.kinds {
		if run.job.Want&k.want != 0 {
			n = append(n, k.of(c))
		}
	}
	return n
}

func (run *counter) row(c wc.Counts, o operand) {
	if run.total == "only" {
		return
	}
	if run.json {
		run.jsonRow(c, map[string]any{"file": jsonName(o.name)})
		return
	}
	run.out.Write(run.columns.AppendRow(nil, run.numbers(c), o.name, !o.unnamed))
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
	if utf8.ValidString(name) {
		return name
	}
	return map[string][]byte{"bytes": []byte(name)}
}

func (run *counter) jsonRow(c wc.Counts, row map[string]any) {
	for _, k := range run.kinds {
		if run.job.Want&k.want != 0 {
			row[k.key] = k.of(c)
		}
	}
	enc := json.NewEncoder(run.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(row) // an error stays in run.out
}
