package command

import (
	"bufio"
	"encoding/json"
	"io/fs"
	"runtime"
	"runtime/debug"
	"unicode/utf8"

	"github.com/linefork/linefork/internal/command/args"
	"github.com/linefork/linefork/internal/gnu"
	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge/run"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/wc"
)

// unnamed is how messages call a standard input that nobody named.
const unnamed = "standard input"

func (p *program) count(c *args.Count) error {
	inputs, sized, err := p.countInputs(c)
	if err != nil {
		return err
	}
	o := p.options(&c.Common, c.Decompress)
	o.Inputs = inputs
	if o.Find, err = p.find(&c.Walk); err != nil {
		return err
	}
	if c.ByKey() {
		return p.countBy(c, o)
	}
	t := newCounts(p, c, len(inputs))
	begin, processors := o.Started, runtime.GOMAXPROCS(0)
	defer runtime.GOMAXPROCS(processors)
	o.Started = func(s run.Start) {
		begin(s)
		if s.Mode == worker.Processes && !c.Decompress {
			// The coordinator of a count does next to nothing. What it saves by not looking
			// for work on a second thread, at each result, is 3 % of a run.
			runtime.GOMAXPROCS(1)
		}
		if !sized {
			s.Infos = nil
		}
		t.layout(s.Infos)
	}
	_, posixly := p.LookupEnv("POSIXLY_CORRECT")
	co := run.CountOptions{
		Options: o, Want: t.want, Final: c.Final, PosixlyCorrect: posixly, Counted: t.row,
	}
	var total wc.Counts
	if c.Records {
		total, err = run.CountRecords(p.ctx, co, csv(&c.CSV, &c.Column, &c.Encoding))
	} else {
		total, err = run.Count(p.ctx, co)
	}
	if err == nil {
		err = t.totals(total)
	}
	switch {
	case err != nil:
		return p.writeFailed(err)
	case p.failed:
		return Status(1)
	}
	return nil
}

// countInputs are the inputs that a command line of count asks for. They are not
// sized if they came one by one, so that what they are chooses no layout.
func (p *program) countInputs(c *args.Count) (inputs []run.Input, sized bool, err error) {
	if c.Files0 {
		return p.files0(c.Files0From)
	}
	stdin := "-"
	switch {
	case c.ByKey():
		stdin = stdinName
	case len(c.Files) == 0:
		stdin = unnamed
	}
	inputs = p.inputs(c.Files, stdin, c.Directories != walk.Recurse)
	for i := range inputs {
		if inputs[i].Name == "" {
			inputs[i].Err = errEmptyName
		}
	}
	return inputs, true, nil
}

func (p *program) countBy(c *args.Count, o run.Options) error {
	out, err := p.open(&c.Output)
	if err != nil {
		return err
	}
	defer out.Abort()
	// Tables are large and hold no pointers: to wait for garbage of their size would
	// double the memory, and to look for it costs next to nothing.
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	err = run.CountBy(p.ctx, run.CountByOptions{
		Options: o, CSV: csv(&c.CSV, &c.Column, &c.Encoding), By: column(&c.Column), Order: c.Sort, Out: out,
	})
	switch {
	case err != nil:
		return p.writeFailed(err)
	case p.failed:
		return Status(1)
	}
	if err := out.Commit(p.ctx); err != nil {
		return p.outputFailed(&c.Output, err)
	}
	return nil
}

// counts prints what was counted.
type counts struct {
	*program
	*args.Count
	want    wc.Want
	kinds   []kind
	columns gnu.Columns
	out     *bufio.Writer
	inputs  int // that were named
	rows    int // that were printed
}

func newCounts(p *program, c *args.Count, inputs int) *counts {
	t := &counts{program: p, Count: c, want: c.Want, kinds: kinds, out: bufio.NewWriter(p.Stdout), inputs: inputs}
	if c.Records {
		t.kinds = recordKinds
		t.want |= wc.Lines
	}
	if t.want == 0 {
		t.want = wc.Lines
	}
	t.columns.Locale = p.locale
	return t
}

// layout chooses the width of the columns.
func (t *counts) layout(infos []fs.FileInfo) {
	if t.Total != "only" {
		t.columns.Width = gnu.Width(infos, len(t.numbers(wc.Counts{})))
	}
}

// kind is one of the counts that may be wanted.
type kind struct {
	want wc.Want
	key  string // in JSON
	of   func(wc.Counts) int64
}

// kinds are the counts in the order of wc.
var kinds = []kind{
	{wc.Lines, "lines", func(c wc.Counts) int64 { return c.Lines }},
	{wc.Words, "words", func(c wc.Counts) int64 { return c.Words }},
	{wc.Chars, "chars", func(c wc.Counts) int64 { return c.Chars }},
	{wc.Bytes, "bytes", func(c wc.Counts) int64 { return c.Bytes }},
	{wc.MaxWidth, "max_line_length", func(c wc.Counts) int64 { return c.MaxWidth }},
}

// recordKinds are the counts of count --csv.
var recordKinds = []kind{
	{wc.Lines, "records", func(c wc.Counts) int64 { return c.Lines }},
	{wc.Bytes, "bytes", func(c wc.Counts) int64 { return c.Bytes }},
}

// numbers returns the wanted counts.
func (t *counts) numbers(c wc.Counts) []int64 {
	var n []int64
	for _, k := range t.kinds {
		if t.want&k.want != 0 {
			n = append(n, k.of(c))
		}
	}
	return n
}

// row prints the counts of an input at once, as wc: the next input may be long in
// coming, or not be there.
func (t *counts) row(in run.Input, c wc.Counts) error {
	t.rows++
	if t.Total == "only" {
		return nil
	}
	name, named := in.Name, true
	if in.File != nil && name == unnamed {
		name, named = "-", false
	}
	return t.print(c, name, named, map[string]any{"file": jsonName(name)})
}

// totals prints the sums over all inputs.
func (t *counts) totals(c wc.Counts) error {
	label := "total"
	switch t.Total {
	case "never":
		return nil
	case "auto":
		if t.inputs < 2 && t.rows < 2 {
			return nil
		}
	case "only":
		label = ""
	}
	return t.print(c, label, label != "", map[string]any{"total": true})
}

func (t *counts) print(c wc.Counts, name string, named bool, object map[string]any) error {
	t.clear()
	if !t.JSON {
		t.out.Write(t.columns.AppendRow(nil, t.numbers(c), name, named))
		return outputError(t.out.Flush())
	}
	for _, k := range t.kinds {
		if t.want&k.want != 0 {
			object[k.key] = k.of(c)
		}
	}
	enc := json.NewEncoder(t.out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(object) // an error stays in the writer
	return outputError(t.out.Flush())
}

// jsonName is a file name as JSON can hold it: one that is not UTF-8 is an object with
// its bytes in base64.
func jsonName(name string) any {
	if utf8.ValidString(name) {
		return name
	}
	return map[string][]byte{"bytes": []byte(name)}
}
