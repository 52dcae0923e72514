package rows

import (
	"encoding/binary"
	"iter"
)

// Span is where selected rows stand in a range: [Start, End), with LFs lines
// before Start (only with Spec.Each).
type Span struct {
	Start, End int64
	Line       uint64
}

// All yields the spans in order. They are encoded as unsigned varints: the gap
// since the end of the span before, the length, and with each the LFs since
// the start of the span before.
func (p Part) All(each bool) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		var s Span
		for b := p.Spans; len(b) > 0; {
			gap, n := binary.Uvarint(b)
			length, m := binary.Uvarint(b[max(n, 0):])
			if n <= 0 || m <= 0 {
				return
			}
			b = b[n+m:]
			if each {
				lines, n := binary.Uvarint(b)
				if n <= 0 {
					return
				}
				b = b[n:]
				s.Line += lines
			}
			s.Start = s.End + int64(gap)
			s.End = s.Start + int64(length)
			if !yield(s) {
				return
			}
		}
	}
}

// emitter collects the rows of one part.
type emitter struct {
	part    Part
	pending Span // the last span, not yet encoded, so that the next may join it
	end     int  // end of the last encoded span
	lineAt  int  // LFs before here are counted in line
	line    uint64
	encoded uint64 // line of the last encoded span
}

// row adds the row b[start:end].
func (e *emitter) row(s *Spec, b []byte, start, end int, p passing) {
	if s.Each {
		e.line += p.lines(b, e.lineAt, start)
		e.lineAt = start
	}
	e.rows(s, start, end, 1)
}

// rows adds n rows that together are b[start:end].
func (e *emitter) rows(s *Spec, start, end int, n uint64) {
	if start == end {
		return
	}
	e.part.Rows += n
	if !s.Spans {
		return
	}
	if !s.Each && int64(start) == e.pending.End && e.pending.End > e.pending.Start {
		e.pending.End = int64(end)
		return
	}
	e.flush(s)
	e.pending = Span{int64(start), int64(end), e.line}
}

// flush encodes the last span.
func (e *emitter) flush(s *Spec) {
	p := e.pending
	if p.End == p.Start {
		return
	}
	e.part.Spans = binary.AppendUvarint(e.part.Spans, uint64(p.Start)-uint64(e.end))
	e.part.Spans = binary.AppendUvarint(e.part.Spans, uint64(p.End-p.Start))
	if s.Each {
		e.part.Spans = binary.AppendUvarint(e.part.Spans, p.Line-e.encoded)
		e.encoded = p.Line
	}
	e.end = int(p.End)
	e.pending = Span{}
}
