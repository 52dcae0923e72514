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

// Printer writes what a Grep shows; [print.Text] and [print.JSON] are printers.
// An error that it returns ends the run.
type Printer interface {
	// Record writes a record, which is valid until Record returns; ok is false
	// for one that cannot be shown because of an encoding error.
	Record(r *print.Record) (ok bool, err error)
	// Verbatim returns the writer for records that are shown as they stand, many at
	// once, followed by a call of Written; nil for a Printer that has to be given each
	// record, which needs [grep.Spec.Each].
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

// show shows the records of the text part of a range, and what context belongs
// there.
func (g *Grep) show(t *worker.Task, res *grep.Result) error {
	g.Hidden = g.Hidden || res.Invalid && !g.Spec.Each
	r, end := t.Range, t.Range.End
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
	err := g.view.with(r, inline, len(res.Spans)+g.pending, func() error {
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
		if t.Incomplete && !res.Binary {
			return g.trailTo(end)
		}
		return g.trail(end)
	})
	if to, ok := split.ReadableTo(err); ok && g.full {
		// The worker had no reason to look so far.
		if err := g.trailTo(to); err != nil {
			return err
		}
	}
	return err
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
	row := &g.row
	row.Valid, row.Matches = !res.Invalid, g.next
	r := span.Reader{List: res.Spans, Numbered: true} // in the loop it would be copied each time
	for !g.full && r.Next() {
		start, end := base+r.Span.Start, base+r.Span.End
		b, err := g.view.take(start, end)
		if err != nil {
			return err
		}
		if g.next != nil {
			g.startMatches(r.Span)
		}
		row.Bytes, row.Start, row.Line = b, start-g.start, g.line+r.Span.Line+1
		if g.Recoder != nil {
			row.Matches = g.next
			g.Recoder.record(row)
		}
		ok, err := g.printer.Record(row)
		if g.isLong && err == nil {
			err = g.endLong()
		}
		if err != nil {
			return err
		}
		g.Hidden = g.Hidden || !ok
		g.last = end
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
	b, err := g.view.take(start, end)
	if err != nil {
		return err
	}
	if g.next != nil {
		g.startMatches(s)
	}
	g.row.Context, g.row.Valid, g.row.Matches, g.row.Origin = false, valid, g.next, nil
	g.row.Bytes, g.row.Start, g.row.Line = b, start-g.start, line
	if g.Recoder != nil {
		g.Recoder.record(&g.row)
	}
	ok, err := g.printer.Record(&g.row)
	if g.isLong && err == nil {
		err = g.endLong()
	}
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

// endLong is called when a long record was printed.
func (g *Grep) endLong() error {
	if g.pages.err == nil && g.pages.reason != "" {
		g.Unsure.add(g.start+g.row.Start, g.row.Line, g.pages.reason)
	}
	return g.pages.err
}

// startMatches passes over what matches lie before a record of the current range;
// nextMatch returns those in it then.
func (g *Grep) startMatches(record span.Span) {
	g.at = record
	if g.isLong = record.End-record.Start > g.Long && !g.view.whole; g.isLong {
		g.pages.begin(g.task, record)
		return
	}
	for ; g.more && g.matches.Span.Start < record.Start; g.more = g.matches.Next() {
	}
}

// nextMatch returns the next match in the current record, as offsets in it.
func (g *Grep) nextMatch() (m span.Span, more bool) {
	if g.isLong {
		return g.pages.next()
	}
	if !g.more || g.matches.Span.Start >= g.at.End {
		return span.Span{}, false
	}
	m = span.Span{Start: g.matches.Span.Start - g.at.Start, End: g.matches.Span.End - g.at.Start}
	g.more = g.matches.Next()
	return m, true
}
