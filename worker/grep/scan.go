package grep

import (
	"bytes"

	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// Scanner scans ranges for one goroutine.
type Scanner struct {
	*Matcher
	terminator byte
	search     *regex.Searcher
	hits       []int  // of lookAt: an offset in each record with a match, or the ends of stretches
	found      int    // of lookAt: records in stretches
	counted    uint64 // of lookAt
	gaveUp     bool   // lookAt did, on some record
	zapped     []byte // scratch for the binary part

	// Of the current range.
	b       []byte
	task    Task
	mark    int // length of the byte order mark
	res     Result
	spans   span.Encoder
	data    span.Bytes // of spans
	matches span.Encoder
	unsure  span.Encoder
	line    uint64 // terminators before b[lineAt]
	lineAt  int
	clean   bool // the current block is known to be free of encoding errors
}

// Scanner returns a scanner for m.
func (m *Matcher) Scanner() *Scanner {
	return &Scanner{
		Matcher:    m,
		terminator: m.Terminator(),
		search:     m.Searcher(),
		spans:      span.Encoder{Numbered: m.Each},
		matches:    span.Encoder{Apart: true},
		unsure:     span.Encoder{Numbered: m.Each, Apart: true},
	}
}

// byteOrderMark is that of UTF-8.
var byteOrderMark = []byte("\xef\xbb\xbf")

// Scan selects records of the range b[:t.End], which starts at the start of a record and ends at
// the end of one.
func (s *Scanner) Scan(b []byte, t Task) Result {
	s.b, s.task, s.res = b, t, Result{}
	s.spans.Reset()
	s.matches.Reset()
	s.unsure.Reset()
	s.data.Reset()
	s.line, s.lineAt = 0, 0

	s.mark = 0
	if t.Mark && bytes.HasPrefix(b, byteOrderMark) {
		s.mark = len(byteOrderMark)
	}

	if t.Page {
		s.page()
		s.b, s.res.Matches = nil, s.matches.List()
		return s.res
	}
	begin := s.mark // start of the first record that is not decided yet
	for from := begin; from < t.End && !s.res.Stopped; {
		next := min(from+blockSize-int((t.Start+int64(from))%int64(blockSize)), len(b))
		if s.Detects() && (t.Binary || from == 0 && scan.HasZero(b[:next])) {
			s.binary(begin, from)
			break
		}
		end := t.End
		if next < end || t.Incomplete {
			end = from + bytes.LastIndexByte(b[from:next], s.terminator) + 1
		}
		if end-begin > longRecord {
			s.sweep()
		}
		if end > from {
			s.lookAt(b[begin:end])
		}
		if s.Detects() && from > 0 && scan.HasZero(b[from:next]) {
			s.binary(begin, from)
			break
		}
		if end > from {
			s.block(begin, end)
			begin = end
		}
		if t.MaxSpans > 0 && s.spans.Size()+s.matches.Size()+s.unsure.Size() > t.MaxSpans {
			s.b = nil
			return Result{GivenUp: true}
		}
		s.release(from)
		from = next
	}
	s.res.Spans, s.res.Matches, s.res.Unsure = s.spans.List(), s.matches.List(), s.unsure.List()
	s.res.Data = s.data.Of(s.res.Spans)
	s.res.Lines = s.line
	s.b = nil
	return s.res
}

// Found is how many records were selected so far in the current range.
func (s *Scanner) Found() uint64 { return s.res.Selected + s.res.Quiet }

// Reuse lets the next result use the memory of r, which the caller no longer needs.
func (s *Scanner) Reuse(r *Result) { s.data.Reuse(r.Data) }

func (s *Scanner) release(upTo int) {
	if s.task.Release != nil {
		s.task.Release(upTo)
	}
}

// full reports whether enough records are selected, and ends the scan in that case.
func (s *Scanner) full() bool {
	if s.task.Max > 0 && s.res.Selected+s.res.Quiet >= s.task.Max {
		s.res.Stopped = true
	}
	return s.res.Stopped
}

// lookAt searches the records of b; block then reports what was found.
//
// Except in the first block of a range, whether they are text is checked only after that: the first
// pass over b waits for memory, and a search has other work to do meanwhile. If they turn out to be
// binary, the search was wasted, once per file.
func (s *Scanner) lookAt(b []byte) {
	s.gaveUp = false
	switch {
	case !s.Spans:
		s.counted = s.count(b)
	case s.joins():
		s.hits, s.found = s.search.Spans(b, s.hits[:0])
	default:
		s.hits = s.search.Lines(b, s.hits[:0])
	}
	s.gaveUp = s.gaveUp || s.search.GaveUp() != nil
}

// joins reports whether adjacent records may be joined into stretches, since single records do not
// matter.
func (s *Scanner) joins() bool { return !s.Each && !s.Matches && s.task.Max == 0 }

// block selects records of b[begin:end], after lookAt.
func (s *Scanner) block(begin, end int) {
	if s.gaveUp {
		s.eachRecord(begin, end)
		return
	}
	if !s.Spans {
		s.res.Selected += s.counted
		s.full()
		return
	}
	if s.joins() {
		s.blockOfStretches(begin, end)
		return
	}
	b := s.b[begin:end]
	last := 0 // end of the last record with a match
	for _, hit := range s.hits {
		if hit < last || last == len(b) {
			continue // its record ended elsewhere when it was found: the file is being changed
		}
		start := last
		if hit-last > longRecord { // looked at here, since there may be a hit in each short record
			start += window.LastIndexByte(b[last:hit], s.terminator) + 1
		} else {
			start += scan.LastIndexByte(b[last:hit], s.terminator) + 1
		}
		if s.Invert {
			s.gap(begin+last, begin+start)
		}
		last = recordEnd(b, hit, s.terminator)
		if !s.Invert {
			s.record(begin+start, begin+last)
		}
		if s.res.Stopped {
			return
		}
	}
	if s.Invert {
		s.gap(begin+last, end)
	}
	s.number(end)
}

// recordEnd returns the end of the record that contains b[i].
func recordEnd(b []byte, i int, terminator byte) int {
	if i < len(b) && b[i] == terminator {
		return i + 1
	}
	k := 0
	if rest := b[i:]; len(rest) > longRecord {
		k = window.IndexByte(rest, terminator)
	} else {
		k = bytes.IndexByte(rest, terminator)
	}
	if k >= 0 {
		return i + k + 1
	}
	return len(b)
}

// count returns how many of the records of b are selected.
func (s *Scanner) count(b []byte) uint64 {
	n := s.search.Count(b)
	s.gaveUp = s.search.GaveUp() != nil
	if s.Invert {
		n = others(b, s.terminator, n)
	}
	return uint64(n)
}

// others returns the number of records in b besides n of them: none if b has changed so that there
// are fewer than n.
func others(b []byte, terminator byte, n int) int { return max(records(b, terminator)-n, 0) }

// records returns the number of records in b.
func records(b []byte, terminator byte) int {
	n := window.Count(b, terminator)
	if len(b) > 0 && b[len(b)-1] != terminator {
		n++
	}
	return n
}

// number counts the lines up to b[upTo].
func (s *Scanner) number(upTo int) {
	if !s.Each {
		return
	}
	if b := s.b[s.lineAt:upTo]; len(b) > longRecord {
		s.line += uint64(window.Count(b, s.terminator))
	} else {
		s.line += uint64(scan.Count(b, s.terminator))
	}
	s.lineAt = upTo
}

// record selects the record b[start:end].
func (s *Scanner) record(start, end int) {
	s.res.Selected++
	valid := !s.checks() || s.valid(s.b[start:end])
	s.res.Invalid = s.res.Invalid || !valid
	if valid || s.Each {
		s.number(start)
		s.show(start, end)
		if s.Matches {
			s.find(start, end)
		}
	}
	if s.Each && s.b[end-1] == s.terminator {
		s.line, s.lineAt = s.line+1, end // counted without reading the record again
	}
	s.full()
}

// gap selects all records of b[start:end], none of which contains a match.
func (s *Scanner) gap(start, end int) {
	for start < end && !s.res.Stopped {
		next := recordEnd(s.b[:end], start, s.terminator)
		s.record(start, next)
		start = next
	}
}

// show adds the records b[start:end] to the result.
func (s *Scanner) show(start, end int) {
	start = s.withMark(start)
	s.spans.Add(span.Span{Start: int64(start), End: int64(end), Line: s.line})
	s.data.Add(s.b[start:end])
}

// withMark returns the start of the record whose text starts at b[start].
func (s *Scanner) withMark(start int) int {
	if start == s.mark {
		return 0
	}
	return start
}

// find reports the matches in the selected record b[start:end]. With Invert there are none.
func (s *Scanner) find(start, end int) {
	if most := s.task.MatchesUpTo; s.Invert || most > 0 && end-s.withMark(start) > most {
		return
	}
	for m := range Matches(s.search, s.Body(s.b[start:end])) {
		s.matches.Add(span.Span{Start: int64(start) + m.Start, End: int64(start) + m.End})
	}
	if err := s.search.GaveUp(); err != nil {
		s.giveUp(start, end, err)
	}
}
