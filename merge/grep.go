package merge

import (
	"bufio"
	"encoding/binary"

	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/span"
)

// Selection says what of each input is shown.
type Selection struct {
	Spec   *grep.Spec
	Show   Show
	Max    uint64 // records to select of each input; 0 for no limit
	Before int    // context records before a selected one
	After  int    // context records after one
	Groups bool   // report gaps to the printer
	// Recoder, if not nil, turns records into UTF-8. It needs Spec.Each.
	Recoder *Recoder
}

// Show is what is asked about the selected records.
type Show uint8

const (
	ShowRecords Show = iota // the records
	ShowCount               // how many there are
	ShowNothing             // whether there is one
)

// Printer writes what a Grep shows; [print.Text] and [print.JSON] are printers.
// An error that it returns ends the run.
type Printer interface {
	// Record writes a record, which is valid until Record returns; ok is false
	// for one that cannot be shown because of an encoding error.
	Record(r *print.Record) (ok bool, err error)
	// Verbatim returns the writer for records that are shown as they stand, many
	// at once, with a call of Written behind them; nil for a Printer that has to
	// be given each record, which needs [grep.Spec.Each].
	Verbatim() *bufio.Writer
	Written() error
	// Encoding says that records are written in UTF-16 of this byte order from
	// now on or, for nil, as they are.
	Encoding(order binary.ByteOrder) error
	// Gap says that the next record does not follow the one before.
	Gap() error
	// End says that an input is done.
	End(s *print.Summary) error
	// Flush writes what is buffered.
	Flush() error
	// Close says that the last input is done, and writes what is buffered.
	Close() error
}

// Grep shows what a grep selects. For each input, call Begin, then Range with
// each result in file order until it is Done, then End; or after an error only
// Leave.
type Grep struct {
	Selection
	terminator byte
	printer    Printer
	inRecord   func(yield func(span.Span) bool) // eachMatch
	shown      bool                             // a group of records, of any input
	grepInput
}

// grepInput is the state of the current input.
type grepInput struct {
	// Selected is the number of selected records so far.
	Selected uint64
	// Hidden says that records are selected that cannot be shown.
	Hidden bool

	name     string
	src      Input
	view     view
	row      print.Record // the one that is shown
	line     uint64       // terminators before the next range
	searched int64        // bytes
	binary   bool         // from the next range on
	full     bool         // no more records are selected
	last     int64        // where the last selected record ends
	found    bool         // a selected record

	// Context: what is before the offset printed was shown or passed over, if
	// any was shown; number is the line there.
	any     bool
	printed int64
	number  uint64
	pending int // records behind the last selected one that are still to come

	released int64 // what is before was given back
	kept     int64 // bytes that were not, then

	matches span.Reader // of the current range
	more    bool        // matches holds one that is not yet shown
	at      span.Span   // the record that they are in
}

// NewGrep returns a Grep that shows records by p.
func NewGrep(p Printer, s Selection) *Grep {
	g := &Grep{Selection: s, terminator: s.Spec.Terminator(), printer: p}
	g.inRecord = g.eachMatch
	return g
}

// Begin starts the next input, which is called name.
func (g *Grep) Begin(src Input, name string) {
	start, size := src.Start(), src.Size()
	if src.Stream() {
		size = -1 // even when it has ended: what is written must not depend on that
	}
	g.grepInput = grepInput{
		name: name, src: src, printed: start, last: start,
		view: view{src: src, name: name},
		row:  print.Record{Name: name, Size: size},
	}
}

// BeginWhole starts the next input, a file of size bytes that a worker has read
// whole. Data is nil where no records are selected.
func (g *Grep) BeginWhole(data []byte, size int64, name string) {
	g.Begin(newWhole(data, size), name)
	g.view.whole, g.view.data = true, data
}

// Done reports whether nothing that follows in the input matters.
func (g *Grep) Done() bool { return g.full && g.pending == 0 }

// Last is the offset behind the last selected record of the input, where Max
// is set.
func (g *Grep) Last() int64 { return g.last }

// Range takes the result of the next range. The error is a [*worker.InputError]
// of this input, or that of the printer.
func (g *Grep) Range(t *worker.Task, r *grep.Result) error {
	if g.Show == ShowRecords && g.Recoder == nil {
		if err := g.printer.Encoding(g.src.ByteOrder()); err != nil {
			return err
		}
	}
	text, hidden := r.Selected, r.Quiet
	if g.binary {
		text, hidden = 0, r.Selected+r.Quiet
	} else if g.Show == ShowRecords {
		if err := g.show(t.Range, r); err != nil {
			return err
		}
	} else {
		before := g.Selected
		g.take(text)
		if g.Max > 0 {
			g.seek(t.Range, r, g.Selected-before)
		}
	}
	if g.binary = g.binary || r.Binary; g.binary {
		g.hide(hidden)
	}
	g.line += r.Lines
	g.searched += g.looked(t, r)
	return g.release(t.Range.End)
}

// looked returns how many bytes of a range were looked at. Where nothing behind
// them matters, it does not depend on where the range ends.
func (g *Grep) looked(t *worker.Task, r *grep.Result) int64 {
	switch {
	case g.Show == ShowRecords && g.Max > 0 && g.Selected == g.Max:
		return max(g.last-t.Range.Start, 0) // there may be ranges behind it, for context
	case r.Binary && g.Spec.Binary == grep.WithoutMatch:
		return r.TextEnd
	}
	return t.Range.Len()
}

// seek moves last behind the first n selected records of a range.
func (g *Grep) seek(r split.Range, res *grep.Result, n uint64) {
	for s := range res.Spans.All(g.Spec.Each) {
		if n == 0 {
			return
		}
		n--
		g.last = r.Start + s.End
	}
}

// hide takes records of a binary part.
func (g *Grep) hide(n uint64) {
	g.pending = 0
	if g.Max > 0 && g.Selected == g.Max {
		return // by records before it: the worker knew only those of its range
	}
	if g.Spec.Binary == grep.WithoutMatch {
		g.Selected, g.full = 0, true
		return
	}
	g.take(n)
	if n > 0 && g.Show == ShowRecords {
		g.Hidden, g.full, g.shown = true, true, true
	}
}

// take counts n selected records, up to the limit.
func (g *Grep) take(n uint64) {
	if g.Max > 0 {
		n = min(n, g.Max-g.Selected)
	}
	g.Selected += n
	g.full = g.full || g.Max > 0 && g.Selected == g.Max || g.Show == ShowNothing && g.Selected > 0
}

// show shows the records of the text part of a range, and what context belongs
// there.
func (g *Grep) show(r split.Range, res *grep.Result) error {
	g.Hidden = g.Hidden || res.Invalid && !g.Spec.Each
	end := r.End
	if res.Binary {
		end = r.Start + res.TextEnd
	}
	if len(res.Spans) == 0 && g.pending == 0 || g.full && g.pending == 0 {
		g.Selected += res.Selected // of records that cannot be shown
		return nil
	}
	inline := res.Data
	if g.Before > 0 || g.After > 0 {
		inline = nil // what is around them is needed, too
	}
	return g.view.with(r, inline, len(res.Spans)+g.pending, func() error {
		if !g.Spec.Each {
			return g.copy(res)
		}
		g.matches = span.Reader{List: res.Matches}
		g.more = g.matches.Next()
		if !g.Groups && g.Before == 0 && g.After == 0 {
			return g.alone(r.Start, res)
		}
		for s := range res.Spans.All(true) {
			if g.full {
				break
			}
			if err := g.record(r.Start, s, !res.Invalid); err != nil {
				return err
			}
		}
		return g.trail(end)
	})
}

// copy shows spans of records as they stand in the input, and nothing beside.
func (g *Grep) copy(res *grep.Result) error {
	g.Selected += res.Selected
	if err := g.view.copyAll(g.printer.Verbatim(), res.Spans, g.terminator); err != nil {
		return err
	}
	return g.printer.Written()
}

// alone shows the records of a range where nothing is shown around them. It does
// what record does, in little time for each of many records.
func (g *Grep) alone(base int64, res *grep.Result) error {
	for r := (span.Reader{List: res.Spans, Numbered: true}); !g.full && r.Next(); {
		ok, err := g.print(base, r.Span, !res.Invalid)
		if err != nil {
			return err
		}
		g.Hidden = g.Hidden || !ok
		g.last = base + r.Span.End
		g.take(1)
	}
	return nil
}

// record shows a selected record and the context before it; base is the offset
// of its range, and valid says that it has no encoding error.
func (g *Grep) record(base int64, s span.Span, valid bool) error {
	start, end, line := base+s.Start, base+s.End, g.line+s.Line+1
	if err := g.trail(start); err != nil {
		return err
	}
	if err := g.lead(start, line); err != nil {
		return err
	}
	ok, err := g.print(base, s, valid)
	if err != nil {
		return err
	}
	if ok {
		g.any = true
		g.printed, g.number = end, line+1
	} else {
		g.Hidden = true
	}
	g.shown, g.found = true, true
	g.pending, g.last = g.After, end
	g.take(1)
	return nil
}

// print has the printer write a selected record.
func (g *Grep) print(base int64, s span.Span, valid bool) (ok bool, err error) {
	start := base + s.Start
	b, err := g.view.take(start, base+s.End)
	if err != nil {
		return false, err
	}
	g.startMatches(s)
	g.row.Context, g.row.Valid, g.row.Matches, g.row.Origin = false, valid, g.inRecord, nil
	g.row.Bytes, g.row.Start, g.row.Line = b, start-g.src.Start(), g.line+s.Line+1
	if g.Recoder != nil {
		g.Recoder.record(&g.row)
	}
	return g.printer.Record(&g.row)
}

// startMatches passes over what matches lie before a record of the current range;
// eachMatch yields those in it then.
func (g *Grep) startMatches(record span.Span) {
	g.at = record
	for ; g.more && g.matches.Span.Start < record.Start; g.more = g.matches.Next() {
	}
}

// eachMatch yields the matches in the current record, as offsets in it.
func (g *Grep) eachMatch(yield func(span.Span) bool) {
	for ; g.more && g.matches.Span.Start < g.at.End; g.more = g.matches.Next() {
		if !yield(span.Span{Start: g.matches.Span.Start - g.at.Start, End: g.matches.Span.End - g.at.Start}) {
			return
		}
	}
}

// End finishes an input. It is an error if the file was shortened meanwhile.
func (g *Grep) End() error {
	g.Leave()
	if err := g.src.Shrunk(); err != nil {
		return &worker.InputError{Name: g.name, Err: err}
	}
	return g.printer.End(&print.Summary{Name: g.name, Selected: g.Selected, Searched: g.searched})
}

// Leave gives up the current input.
func (g *Grep) Leave() { g.view.close() }
