package merge

import (
	"github.com/linefork/linefork/merge/print"
	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// Selection says what of each input is shown. With the zero value and a Spec, it is the
// selected records alone.
type Selection struct {
	Spec   *grep.Spec
	Show   Show
	Max    uint64 // records to select of each input; 0 for no limit
	Before int    // context records before a selected one
	After  int    // context records after one
	Groups bool   // report gaps to the printer
	// Recoder, if not nil, turns records into UTF-8. It needs Spec.Each.
	Recoder *Recoder

	// Long is the number of bytes above which a record is long: it is shown from a mapping, its
	// matches are not in the results (see [grep.Task.MatchesUpTo]), and Find asks a worker for them.
	// The zero value is [window.LongRecord]. A file that a worker has read whole has no long records.
	Long int64
	Find func(t *worker.Task) (*worker.Result, error)
}

// Show is what is asked about the selected records.
type Show uint8

const (
	ShowRecords Show = iota // the records
	ShowCount               // how many there are
	ShowNothing             // whether there is one
)

// Grep shows what a grep selects. For each input, call Begin, then Range with each
// result in file order until it is Done, then End; after an error, only Break. It is for
// one goroutine.
type Grep struct {
	Selection
	terminator byte
	printer    Printer
	next       func() (m span.Span, more bool) // nextMatch, if workers report matches
	pages      pages                           // of the current long record
	shown      bool                            // a group of records, of any input
	grepInput

	// There may be a hundred thousand small files.
	small   whole
	summary print.Summary
}

// grepInput is the state of the current input.
type grepInput struct {
	// Selected is the number of selected records so far.
	Selected uint64
	// Hidden says that records are selected that cannot be shown.
	Hidden bool
	Unsure Unsure

	name     string
	src      Input
	start    int64 // of the input
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
	pending int // records after the last selected one that are still to come

	released int64 // what is before was given back
	kept     int64 // bytes that were not, then

	task    *worker.Task // of the current range
	matches span.Reader  // of it, but for those in long records
	more    bool         // matches holds one that is not yet shown
	at      span.Span    // the record that they are in
	isLong  bool         // that record is long
}

// NewGrep returns a Grep that shows records by p.
func NewGrep(p Printer, s Selection) *Grep {
	g := &Grep{Selection: s, terminator: s.Spec.Terminator(), printer: p}
	if s.Spec.Matches {
		g.next = g.nextMatch
	}
	if g.Long == 0 {
		g.Long = window.LongRecord
	}
	g.pages = pages{find: s.Find, size: int(min(pageSize, g.Long))}
	return g
}

// Begin starts the next input, called name.
func (g *Grep) Begin(src Input, name string) {
	start, size := src.Start(), src.Size()
	if src.Stream() {
		size = -1 // even when it has ended: what is written must not depend on that
	}
	g.grepInput = grepInput{
		name: name, src: src, start: start, printed: start, last: start,
		view: view{src: src, name: name, long: g.Long},
		row:  print.Record{Name: name, Size: size},
	}
}

// BeginWhole starts the next input, a file of size bytes that a worker has read
// whole. Data is nil where no records are selected.
func (g *Grep) BeginWhole(data []byte, size int64, name string) {
	g.Begin(g.small.set(data, size), name)
	g.view.whole, g.view.data = true, data
}

// Done reports whether nothing that follows in the input matters.
func (g *Grep) Done() bool { return g.full && g.pending == 0 }

// Last is the file offset where the last selected record of the input ends, where Max is
// set.
func (g *Grep) Last() int64 { return g.last }

// Range takes the result of the next range. The error is a [*worker.InputError]
// of this input, or that of the printer.
func (g *Grep) Range(t *worker.Task, r *grep.Result) error {
	if g.Show == ShowRecords && g.Recoder == nil {
		if err := g.printer.Encoding(g.src.ByteOrder()); err != nil {
			return err
		}
	}
	g.task = t
	text, hidden := r.Selected, r.Quiet
	if g.binary {
		text, hidden = 0, r.Selected+r.Quiet
	} else if g.Show == ShowRecords {
		if err := g.show(t, r); err != nil {
			return err
		}
	} else {
		before := g.Selected
		g.take(text)
		if g.Max > 0 {
			g.seek(t.Range, r, g.Selected-before)
		}
	}
	if g.binary || r.Binary {
		g.hide(hidden)
	}
	g.doubt(t.Range, r)
	g.binary = g.binary || r.Binary
	g.line += r.Lines
	g.searched += g.looked(t, r)
	return g.release(t.Range.End)
}

// looked returns how many bytes of a range were looked at. Where nothing after them
// matters, it does not depend on where the range ends.
func (g *Grep) looked(t *worker.Task, r *grep.Result) int64 {
	switch {
	case g.Show == ShowRecords && g.Max > 0 && g.Selected == g.Max:
		return max(g.last-t.Range.Start, 0) // there may be ranges after it, for context
	case r.Binary && g.Spec.Binary == grep.WithoutMatch:
		return r.TextEnd
	}
	return t.Range.Len()
}

// seek moves last to the end of the first n selected records of a range.
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

// End finishes an input. The error is a [*worker.InputError] if the file has become
// shorter ([split.ErrTruncated]), or that of the printer.
func (g *Grep) End() error {
	g.Leave()
	if err := g.src.Shrunk(); err != nil {
		return &worker.InputError{Name: g.name, Err: err}
	}
	return g.summarize()
}

// Break finishes an input that could not be read to its end.
func (g *Grep) Break() error {
	g.Leave()
	return g.summarize()
}

func (g *Grep) summarize() error {
	g.summary = print.Summary{Name: g.name, Selected: g.Selected, Searched: g.searched}
	return g.printer.End(&g.summary)
}

// Leave gives up the current input.
func (g *Grep) Leave() { g.view.close() }
