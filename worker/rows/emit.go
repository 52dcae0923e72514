package rows

import "github.com/linefork/linefork/worker/span"

// emitter collects the rows of one part.
type emitter struct {
	rows   uint64
	spans  span.Encoder
	data   span.Bytes
	lineAt int // LFs before here are counted in line
	line   uint64
}

func newEmitter(s *Spec) emitter { return emitter{spans: span.Encoder{Numbered: s.Each}} }

// row adds the row b[start:end].
func (e *emitter) row(s *Spec, b []byte, start, end int, p passing) {
	if s.Each {
		e.line += p.lines(b, e.lineAt, start)
		e.lineAt = start
	}
	e.add(s, b, start, end, 1)
}

// add adds n rows that together are b[start:end].
func (e *emitter) add(s *Spec, b []byte, start, end int, n uint64) {
	if start == end {
		return
	}
	e.rows += n
	if s.Spans {
		e.spans.Add(span.Span{Start: int64(start), End: int64(end), Line: e.line})
		e.data.Add(b[start:end])
	}
}

func (e *emitter) part() Part {
	list := e.spans.List()
	return Part{Rows: e.rows, Spans: list, Data: e.data.Of(list)}
}
