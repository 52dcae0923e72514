package run

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"syscall"

	"github.com/linefork/linefork/internal/walk"
	"github.com/linefork/linefork/merge"
	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// GrepOptions are those of [Grep]. The zero value selects every line, as an empty
// pattern does, and writes nothing.
type GrepOptions struct {
	Options
	Encoding

	// Pattern is what is searched for. Its UTF8, Charset and Sample are set by Grep.
	Pattern regex.Spec
	Invert  bool        // select the lines without a match
	Binary  grep.Binary // what is done with binary files; 0: their lines are not written
	Max     uint64      // stop after so many lines of each input; 0 for no limit
	Limited bool        // if Max is 0, it is the limit: no line is selected

	// Format says how lines are written, and whether they are: Count and Matching
	// write numbers and names instead.
	Format print.Format
	Quiet  bool // write nothing, and stop at the first line
	JSON   bool // write JSON lines instead, as ripgrep's --json does
	// Before and After are how many lines around a selected one are written, too.
	Before, After int
	// Groups writes a separator between selected lines that do not follow each other
	// also if Before and After are 0, as grep -A 0 does.
	Groups bool

	// Out is where all that is written, and committed by the caller; nil: nowhere, as
	// with Quiet. While lines are written, an input that is also the output is an
	// [ErrInputIsOutput].
	Out output.Output
}

// ErrBinaryMatches is a warning: a binary file has lines that are selected, which are
// not written.
var ErrBinaryMatches = errors.New("binary file matches")

// PatternWarning is a warning about a pattern, in the words of GNU grep. It is of no
// input.
type PatternWarning string

func (w PatternWarning) Error() string { return string(w) }

// PatternError is for a pattern that is wrong. Err may be several errors that were
// joined, one for each pattern: see package regex/syntax.
type PatternError struct{ Err error }

func (e *PatternError) Error() string { return e.Err.Error() }
func (e *PatternError) Unwrap() error { return e.Err }

// selectsNothing reports whether it is plain, without a look at the pattern's syntax
// or at the inputs, that there is nothing to write.
func (o *GrepOptions) selectsNothing() bool {
	if o.Format.Matching == print.ListOthers && !o.Quiet {
		return false
	}
	p := &o.Pattern
	if o.Limited && o.Max == 0 || p.None && !o.Invert {
		return true
	}
	matchAll := !p.None && len(bytes.Trim(p.Patterns, "\n")) == 0 && !p.Lines && !p.Words
	return matchAll && o.Invert
}

// Grep writes the lines of the inputs that match a pattern, as GNU grep does, and
// reports whether there are any, also with an error. A wrong pattern is a
// [*PatternError]. A [PatternWarning] is reported before any input is read, and
// [ErrBinaryMatches] and an [*UnsureError] after the lines of their input.
func Grep(ctx context.Context, o GrepOptions) (selected bool, err error) {
	if o.Out == nil {
		o.Out, o.Quiet, o.JSON = output.To(io.Discard), true, false
	}
	o.Limited = o.Limited || o.Max > 0
	o.Groups = o.Groups || o.Before > 0 || o.After > 0
	if o.selectsNothing() {
		if o.JSON {
			err = print.NewJSON(o.Out, true, false).Close()
		}
		return false, err
	}
	// Where inputs have an encoding patterns are in UTF-8, whatever the locale.
	o.Pattern.UTF8, o.Pattern.Charset = !o.CLocale || o.Encoding.Name != "", ""
	parsed, err := o.Pattern.Parse()
	if err != nil {
		return false, &PatternError{err}
	}
	if o.Report != nil {
		for _, w := range parsed.Warnings {
			o.Report(Message{Err: PatternWarning(w), Warning: true})
		}
	}
	g, err := newSearch(ctx, &o, parsed)
	if err != nil {
		return false, err
	}
	job := func(all *inputs) worker.Job {
		g.spec.Pattern.Sample = all.sample()
		return worker.Job{Grep: &g.spec}
	}
	err = g.carryOut(g, job, func(worker.Runner) {})
	if err != nil {
		return g.selected, err
	}
	return g.selected, g.printer.Close()
}

// longRecord is [window.LongRecord], except in tests.
var longRecord int64 = window.LongRecord

// search writes the lines that are selected.
type search struct {
	*loop
	encoding  encoding
	spec      grep.Spec
	selection merge.Selection
	limited   bool
	quick     bool // the first selected line ends the run
	merge     *merge.Grep
	printer   merge.Printer
	pace      *split.Pace // of the ranges whose results hold places
	selected  bool        // a record of any input
	left      uint64      // records selected in the inputs that were left
	hits      uint64      // and in the current one
}

// newSearch works out what the options mean together.
func newSearch(ctx context.Context, o *GrepOptions, parsed *regex.Parsed) (*search, error) {
	g := &search{loop: &loop{ctx: ctx, Options: &o.Options}, limited: o.Limited}
	g.spec = grep.Spec{Pattern: o.Pattern, Parsed: parsed, Invert: o.Invert, Binary: o.Binary}
	f := o.Format
	json := o.JSON && !f.Count && f.Matching == print.ListNone
	enc := o.Encoding
	enc.Raw = enc.Raw || o.Binary == grep.Text // all bytes are text
	var err error
	if g.encoding, err = enc.lookUp(); err != nil {
		return nil, err
	}
	g.decode = g.decoder(&g.encoding, g.encoding.utf8 || json)
	g.spec.Pattern.Charset = g.encoding.charsetName()
	if json && g.spec.Binary == grep.Quiet {
		g.spec.Binary = grep.Text // JSON can show all bytes
	}
	g.quick = o.Quiet && !json
	show := g.choose(o, &f)
	g.ask(o, &f, show, json)

	if show == merge.ShowRecords && g.selection.Max != 1 { // or it could not grow
		g.output = outputRule{info: o.Out.Info(), refuseNamed: true, refuseFound: true}
	}
	if g.spec.Each && o.Find.Directories != walk.Recurse {
		g.ahead = 2 * o.processes() // results are long, and wait in memory
	}
	g.pace = split.NewPace(g.firstRange())
	return g, g.setPrinter(o, f, json)
}

// choose works out what of each input is shown.
func (g *search) choose(o *GrepOptions, f *print.Format) merge.Show {
	show := merge.ShowRecords
	switch {
	case g.quick:
		show = merge.ShowNothing
		f.Count, f.Matching = false, print.ListNone
	case f.Matching != print.ListNone:
		show = merge.ShowNothing
		f.Count = false
	case f.Count:
		show = merge.ShowCount
	}
	g.selection = merge.Selection{Spec: &g.spec, Show: show, Max: o.Max, Groups: o.Groups}
	g.selection.Long = longRecord
	g.selection.Find = func(t *worker.Task) (*worker.Result, error) {
		r, err := g.runner.Do(g.ctx, t)
		return &r, err
	}
	if show == merge.ShowRecords {
		g.selection.Before, g.selection.After = max(o.Before, 0), max(o.After, 0)
	}
	if o.Limited && o.Max == 0 {
		g.spec.Pattern.None, g.spec.Parsed, g.spec.Invert = true, nil, false // -L lists all
	}
	if show == merge.ShowNothing {
		g.selection.Max = 1
	}
	return show
}

// ask works out what workers have to report for that.
func (g *search) ask(o *GrepOptions, f *print.Format, show merge.Show, json bool) {
	s, records := &g.spec, show == merge.ShowRecords
	g.selection.Recoder = g.recoder(json)
	colored := f.Colors != print.Colors{}
	s.Count = show == merge.ShowCount
	s.Spans = records || o.Limited && s.Count
	s.Each = o.Limited && s.Spans || records &&
		(g.selection.Recoder != nil || g.selection.Groups || json || colored ||
			f.Filename || f.LineNumber || f.ByteOffset || f.OnlyMatching)
	s.Matches = records && !s.Invert && (f.OnlyMatching || json || f.Colors.Match != "")
}

// recoder is for what is written, nil where that is as it stands in the inputs; JSON
// is in UTF-8.
func (g *search) recoder(json bool) *merge.Recoder {
	e := g.encoding
	e.utf8 = e.utf8 || json && e.Charset != nil
	r := e.recoder()
	if r != nil {
		r.Replace = g.spec.Binary == grep.Text
	}
	return r
}

// setPrinter makes what writes the result.
func (g *search) setPrinter(o *GrepOptions, f print.Format, json bool) error {
	if json {
		g.printer = print.NewJSON(o.Out, o.Quiet, f.LineBuffered)
	} else {
		shown := g.spec // for records as they are printed
		if g.selection.Recoder != nil {
			shown.Pattern.Charset, shown.Pattern.UTF8 = "", true
		}
		var matches print.Search
		if g.spec.Invert && (f.OnlyMatching || f.Colors != print.Colors{}) {
			// The matches are in context lines, of which the workers know nothing.
			m, err := grep.Compile(&shown)
			if err != nil {
				return err
			}
			searcher := m.Searcher()
			matches = func(record []byte) iter.Seq[span.Span] {
				return grep.Matches(searcher, shown.Body(record))
			}
		}
		g.printer = print.NewText(o.Out, f, &shown, matches)
	}
	g.merge = merge.NewGrep(g.printer, g.selection)
	return nil
}

func (g *search) open(in *input) error {
	if g.spec.Detects() {
		in.src.EndAtNUL()
	}
	return nil
}

func (g *search) learn(*input) {}

func (g *search) ranges(in *input, from int64, s split.Sizes) iter.Seq2[split.Range, error] {
	return in.src.Ranges(from, s, g.spec.Terminator())
}

func (g *search) sizes(in *input) (split.Sizes, *split.Pace) {
	switch {
	case g.selection.Max > 0: // what comes too late is searched to its end
		return g.Options.sizes(in.src, g.firstRange()), nil
	case g.spec.Spans:
		return g.paced(in.src, g.pace)
	}
	return g.Options.sizes(in.src, split.LongRange), nil
}

func (g *search) firstRange() int64 {
	if g.spec.Matches {
		return matchesRange
	}
	return split.MediumRange
}

func (g *search) task(in *input, r split.Range, most int) *worker.Task {
	return &worker.Task{
		Name: in.name, Input: in.src.Locator(), Range: r,
		Grep: &grep.Task{
			Max: g.selection.Max, MaxSpans: most, MatchesUpTo: int(g.selection.Long),
			Binary: g.isBinary(in), Ahead: ahead(in.src, r),
			Mark: r.Start == in.src.Start() && keepsMark(in.src),
		},
	}
}

// isBinary reports whether an input is known to be binary, since it has a hole.
func (g *search) isBinary(in *input) bool {
	if in.hole == nil {
		hole := g.spec.Binary != grep.Text && !in.src.Stream() &&
			in.src.Size() > grep.BlockSize && in.opened.HasHole(grep.BlockSize)
		in.hole = &hole
	}
	return *in.hole
}

// ahead is how far the block that a range ends in goes on after it, as far as the
// bytes of it are there: GNU grep sees no more of a pipe, either.
func ahead(src split.Source, r split.Range) int64 {
	block := (r.End + grep.BlockSize - 1) / grep.BlockSize * grep.BlockSize
	return min(block, src.Known()) - r.End
}

// keepsMark reports whether an input was decoded from UTF-16 with its byte order mark,
// which is not part of its text. It is known when the first range is.
func keepsMark(src split.Source) bool {
	return src.ByteOrder() != nil
}

func (g *search) batches() bool { return !g.encoding.isUTF16() }

func (g *search) batch() worker.Task {
	return worker.Task{
		Grep:  &grep.Task{Max: g.selection.Max},
		Batch: &worker.Batch{UTF16Apart: g.encoding.marks},
	}
}

func (g *search) begin(in *input) error {
	if in.src != nil {
		g.merge.Begin(in.src, in.name)
	} else {
		g.merge.BeginWhole(in.data, in.size, in.name)
	}
	return nil
}

func (g *search) take(_ *input, t *worker.Task, r *worker.Result) error {
	if r.Grep.GivenUp {
		g.pace.GaveUp(t.Range)
		return merge.ErrGivenUp
	}
	g.pace.Took(t.Range, r.Grep.Size())
	err := g.merge.Range(t, r.Grep)
	g.hits = g.left + g.merge.Selected
	return err
}

func (g *search) end(in *input) error {
	g.selected = g.selected || g.merge.Selected > 0
	if err := g.merge.End(); err != nil {
		return err
	}
	g.reportHidden(in)
	return nil
}

// reportHidden reports that records of an input were selected that cannot be shown.
func (g *search) reportHidden(in *input) {
	if g.merge.Hidden && g.spec.Binary == grep.Quiet {
		g.report(Message{Input: in.name, Err: ErrBinaryMatches, Warning: true})
	}
}

// failed ends an input that could be opened, but not read: it has no lines.
func (g *search) failed(in *input, err error) error {
	if in.begun || !in.couldOpen && !errors.Is(err, syscall.EISDIR) {
		return nil
	}
	return g.printer.End(&print.Summary{Name: in.name})
}

func (g *search) leave(in *input) (err error) {
	if !in.begun {
		return nil
	}
	g.merge.Leave()
	g.left += g.merge.Selected
	g.hits = g.left
	g.reportUnsure(in)
	g.selected = g.selected || g.merge.Selected > 0
	if in.broken { // what was found before still counts
		err = g.merge.Break()
		g.reportHidden(in)
	}
	g.rewind(in)
	return cmp.Or(err, g.loop.failed)
}

// rewind has the next reader of a standard input find what follows the last selected
// line, if there was a limit.
func (g *search) rewind(in *input) {
	m, f := g.merge, in.file.Shared
	if f == nil || in.src == nil || in.src.Decoder() != nil {
		return
	}
	if g.limited && m.Show != merge.ShowNothing && m.Selected == m.Max && !m.Hidden {
		_, _ = f.Seek(m.Last(), io.SeekStart)
	}
}

func (g *search) found() found { return found{-1, int64(g.hits)} }

func (g *search) done() bool   { return g.merge.Done() }
func (g *search) enough() bool { return g.quick && (g.selected || g.merge.Selected > 0) }
func (g *search) flush() error { return g.printer.Flush() }
