package grep

import (
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/wc"
	"github.com/linefork/linefork/worker/window"
)

func (s *Scanner) sweep() {
	if s.task.Sweep != nil {
		s.task.Sweep()
	}
}

// isValid reports whether records are free of errors of UTF-8, step by step if they are long.
func isValid(b []byte) bool { return window.Valid(b, longRecord, wc.Valid) }

// page finds the matches of a page.
func (s *Scanner) page() {
	s.sweep()
	if s.Pattern.Charset != "" {
		s.search = s.Searcher() // the old one may take this record for another that was in its place
	}
	record := s.Body(s.b[s.mark:s.task.End])
	start := int64(s.mark)
	for m := range matchesFrom(s.search, record, max(int(s.task.From)-s.mark, 0)) {
		s.matches.Add(span.Span{Start: start + m.Start, End: start + m.End})
		if s.matches.Size() >= s.task.MaxSpans {
			s.res.Next = start + m.End
			return
		}
	}
	if err := s.search.GaveUp(); err != nil {
		s.res.Reason = err.Error()
	}
}
