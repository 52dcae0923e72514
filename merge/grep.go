package merge

import (
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
	Groups bool   // tell the printer of gaps
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

// Grep shows what a grep selects. For each input, call Begin, then Range with
// each result in file order until it is Done, then End; or after an error only
// Leave.
type Grep struct {
	Selection
	terminator byte
	printer    Printer
	text       *Text                            // the printer, if it is one
	row        Record                           // the one being shown
	inRecord   func(yield func(span.Span) bool) // eachMatch
	shown      bool                             // a group of records, of any input
	grepInput
}

// grepInput is the state of the input in hand.
type grepInput struct {
	// Selected is the number of selected records so far.
	Selected uint64
	// Hidden says that records are selected that cannot be shown.
	Hidden bool

	name     string
	src      Input
	view     view
	line     uint64 // terminators before the next range
	searched int64  // bytes
	binary   bool   // from the next range on
	full     bool   // no more records are selected
	last     int64  // where the last selected record ends
	found    bool   // a selected record

	// Context: what is before the offset printed was shown or passed over, if
	// any was shown; number is the line there.
	any     bool
	printed int64
	number  uint64
	pending int // records behind the last selected one that are still to come

	released int64 // what is before was given back
	kept     int64 // bytes that were not, then

	matches span.Reader // of the range in hand
	more    bool        // matches holds one that is not yet shown
	at      span.Span   // the record that they are in
}

// Input is what a Grep or Rows reads: a [split.Source], or a [split.Whole].
type Input interface {
	Locator() split.Locator
	Start() int64
	Size() int64
	Stream() bool
	Decoder() split.Decoder
	ReadAt(p []byte, off int64) (int, error)
	Shrunk() error
	Release(off int64)
}

// NewGrep returns a Grep that shows records by p.
func NewGrep(p Printer, s Selection) *Grep {
	g := &Grep{Selection: s, terminator: s.Spec.Terminator(), printer: p}
	g.text, _ = p.(*Text)
	g.inRecord = g.eachMatch
	return g
}

// Begin starts the next input, which is called name.
func (g *Grep) Begin(src Input, name string) {
	whole, _ := src.(*split.Whole)
	g.grepInput = grepInput{name: name, src: src, view: view{src: src, name: name, whole: whole}, printed: src.Start(), last: src.Start()}
}

// Done tells whether nothing that follows in the input matters.
func (g *Grep) Done() bool { return g.full && g.pending == 0 }

// Last is the offset behind the last selected record of the input, where Max
// is set.
func (g *Grep) Last() int64 { return g.last }

// Range takes the result of the next range. The error is an *InputError of
// this input, or an *OutputError.
func (g *Grep) Range(t *worker.Task, r *grep.Result) error {
	if g.text != nil && g.Show == ShowRecords && g.Recoder == nil {
		if err := g.text.encode(orderOf(g.src)); err != nil {
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
// them matters, it does not tell where the range ends.
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
		if g.text != nil && g.text.plain && !g.Groups && g.Before == 0 && g.After == 0 && (g.Recoder == nil || !g.text.OnlyMatching) {
			return g.plain(r.Start, res)
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
	b, err := g.view.take(start, end)
	if err != nil {
		return err
	}
	g.startMatches(s)
	g.row = Record{Name: g.name, Size: g.size(), Bytes: b, Start: start - g.src.Start(), Line: line, Valid: valid, Matches: g.inRecord}
	if g.Recoder != nil {
		g.Recoder.record(&g.row)
	}
	ok, err := g.printer.Record(&g.row)
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

// size is that of the input, -1 for a stream, even when it has ended: what is
// written shall not depend on that.
func (g *Grep) size() int64 {
	if g.src.Stream() {
		return -1
	}
	return g.src.Size()
}

// startMatches passes over what matches lie before a record of the range in
// hand; eachMatch yields those in it then.
func (g *Grep) startMatches(record span.Span) {
	g.at = record
	for ; g.more && g.matches.Span.Start < record.Start; g.more = g.matches.Next() {
	}
}

// eachMatch yields the matches in the record at hand, as offsets in it.
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
	return g.printer.End(&Summary{Name: g.name, Selected: g.Selected, Searched: g.searched})
}

// Leave gives up the input in hand.
func (g *Grep) Leave() { g.view.close() }
