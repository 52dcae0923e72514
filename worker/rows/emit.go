package rows

import "github.com/linefork/linefork/worker/span"

// emitter collects the rows of one part.
type emitter struct {
	rows  uint64
	spans span.Encoder
	data  span.Bytes
}

func newEmitter(s *Spec) emitter { return emitter{spans: span.Encoder{Numbered: s.Each}} }

// reset makes the emitter empty.
func (e *emitter) reset() {
	e.rows = 0
	e.spans.Reset()
	e.data.Reset()
}

// add adds n rows that together are b[start:end], where line LFs are before
// start; with Spec.Each it is one row.
func (e *emitter) add(s *Spec, b []byte, start, end int, n, line uint64) {
	if start == end {
		return
	}
	e.rows += n
	if s.Spans {
		e.spans.Add(span.Span{Start: int64(start), End: int64(end), Line: line})
		e.data.Add(b[start:end])
	}
}

func (e *emitter) part() Part {
	list := e.spans.List()
	return Part{Rows: e.rows, Spans: list, Data: e.data.Of(list)}
}
