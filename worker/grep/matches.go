package grep

import (
	"iter"

	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
)

// Matches yields the matches in a record, which is given without its terminator, from left to right
// and without overlaps, as offsets in the record. Empty matches are skipped, as by grep -o.
func Matches(s *regex.Searcher, record []byte) iter.Seq[span.Span] {
	return matchesFrom(s, record, 0)
}

// matchesFrom is Matches from an offset on, which is that of a character or the end of a match.
func matchesFrom(s *regex.Searcher, record []byte, from int) iter.Seq[span.Span] {
	return func(yield func(span.Span) bool) {
		for from < len(record) {
			start, end, ok := s.Find(record, from)
			if !ok || start < from || end < start {
				return // of bytes that change, a matcher may say anything
			}
			if start == end {
				from = end + 1
				continue
			}
			if !yield(span.Span{Start: int64(start), End: int64(end)}) {
				return
			}
			from = end
		}
	}
}
