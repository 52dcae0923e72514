package merge

import (
	"strconv"

	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/span"
)

// copy shows spans of records as they stand in the input, and nothing beside.
func (g *Grep) copy(res *grep.Result) error {
	g.Selected += res.Selected
	if !g.text.LineBuffered {
		return g.view.copyAll(g.text.w, res.Spans, g.terminator)
	}
	for s := range res.Spans.All(false) {
		if err := g.view.copy(g.text.w, s, g.terminator); err != nil {
			return err
		}
		if err := g.text.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// plain shows each record of a range behind its prefix, without context. It is
// what record does, in little time for each of many records.
func (g *Grep) plain(base int64, res *grep.Result) error {
	check := g.text.check && res.Invalid
	for r := (span.Reader{List: res.Spans, Numbered: true}); !g.full && r.Next(); {
		start, end := base+r.Span.Start, base+r.Span.End
		b, err := g.view.take(start, end)
		if err != nil {
			return err
		}
		g.last = end
		g.take(1)
		if g.text.OnlyMatching {
			if err := g.plainMatches(base, r.Span, b, check); err != nil {
				return err
			}
			continue
		}
		if g.Recoder != nil {
			g.Recoder.text = g.Recoder.append(g.Recoder.text[:0], b)
			b = g.Recoder.text
		}
		if check && !g.text.valid(b) {
			g.Hidden = true
		} else if err := g.text.behind(g.name, g.line+r.Span.Line+1, start-g.src.Start(), b); err != nil {
			return err
		}
	}
	return nil
}

// plainMatches shows the matches in the record b at s, as Text.matches does.
func (g *Grep) plainMatches(base int64, s span.Span, b []byte, check bool) error {
	g.startMatches(s)
	for ; g.more && g.matches.Span.Start < s.End; g.more = g.matches.Next() {
		m := g.matches.Span
		match := b[m.Start-s.Start : m.End-s.Start]
		if check && !g.text.valid(match) {
			g.Hidden = true
			return nil
		}
		if err := g.text.behind(g.name, g.line+s.Line+1, base+m.Start-g.src.Start(), match); err != nil {
			return err
		}
	}
	return nil
}

// isPlain tells whether a selected record, or what matches in it, is written as it
// stands behind a prefix that has neither colors nor tabs.
func (t *Text) isPlain() bool {
	return t.Colors == Colors{} && !(t.OnlyMatching && t.invert) && !t.InitialTab && !t.LineBuffered
}

// behind writes a record behind its prefix.
func (t *Text) behind(name string, line uint64, offset int64, record []byte) error {
	prefix := t.w.AvailableBuffer() // it is made where it will be written from
	if t.Filename {
		prefix = append(prefix, name...)
		if t.NullName {
			prefix = append(prefix, 0)
		} else {
			prefix = append(prefix, ':')
		}
	}
	if t.LineNumber {
		prefix = append(strconv.AppendUint(prefix, line, 10), ':')
	}
	if t.ByteOffset {
		prefix = append(strconv.AppendInt(prefix, offset, 10), ':')
	}
	t.w.Write(prefix) // an error is kept
	return writeRecord(t.w, record, true, t.terminator)
}
