package rows

import (
	"bytes"
	"math"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
)

// Scanner scans ranges for one goroutine.
type Scanner struct {
	m       *Matcher
	parser  parser
	scratch []byte          // for test.holds
	decoded *decodedScanner // nil where ranges are scanned as they are
	stop    byte            // see Dialect.stop

	// By the columns of the last task, and kept as long as they stay.
	columns  []int
	parsed   []int  // sorted, each once
	tests    []test // in the order of their columns
	others   []test // without that of the literal
	key      int    // the column that is counted
	searched int    // the column of the literal
	finder   *scan.Finder

	// Of the current range.
	b       []byte
	task    Task
	passing passing
	res     Result
	// The readings of the range meet at border: rows before it belong to head,
	// the others to rest. It is math.MaxInt as long as no quote was seen.
	border     int
	synced     bool
	head, rest emitter
	lineCount  lineCount // with Spec.Each
	tallies    *tallies  // nil without Spec.Tally
	marks      marks
	base       int // rangeOffset of the stretch that the marks are of
}

// Scanner returns a scanner for this Matcher.
func (m *Matcher) Scanner() *Scanner {
	if m.decoded != nil {
		return &Scanner{decoded: &decodedScanner{charset: m.charset, Scanner: m.decoded.Scanner()}}
	}
	s := &Scanner{m: m, parser: parser{Dialect: m.Dialect, most: m.most}, stop: m.stop()}
	s.head, s.rest = newEmitter(&m.Spec), newEmitter(&m.Spec)
	if m.Tally {
		s.tallies = newTallies()
	}
	return s
}

// Scan selects the rows of b, a range that begins and ends at line borders or
// at the ends of the input. The result refers to b by offsets only.
func (s *Scanner) Scan(b []byte, t Task) Result {
	if s.decoded != nil {
		return s.decoded.Scan(b, t)
	}
	s.setColumns(t.Columns)
	t.FileStart = t.FileStart && s.m.charset == nil // or the mark is other characters
	if t.FileStart && len(b) == len(charset.UTF8Mark) && bytes.Equal(b, charset.UTF8Mark) {
		b = nil // nothing but the mark is an empty file
	}
	if t.Incomplete {
		b = s.m.whole(b)
	}
	s.b, s.task, s.passing = b, t, t.Release
	s.parser.passing = s.passing
	s.res = Result{Tail: -1, Open: -1}
	s.border, s.synced = math.MaxInt, false
	s.head.reset()
	s.rest.reset()
	s.lineCount = lineCount{}

	i := 0
	switch t.Start {
	case Inside:
		s.synced = true
		i = s.skipInside()
	case Lines:
		s.synced = true
		s.scanLines()
		return s.finish()
	}
	switch {
	case i >= len(b):
	case s.m.skips(&t):
		s.scanCandidates(i)
	default:
		s.scanRecords(i)
	}
	return s.finish()
}

// Found is how many rows were selected so far in the current range, as it is read from its start.
func (s *Scanner) Found() uint64 {
	if s.decoded != nil {
		return s.decoded.Found()
	}
	return s.head.rows + s.rest.rows
}

// Reuse lets the next result use the memory of this one, which is not needed any
// more.
func (s *Scanner) Reuse(r *Result) {
	if s.decoded == nil {
		s.head.data.Reuse(r.Head.Data)
		s.rest.data.Reuse(r.Rest.Data)
	}
}

func (s *Scanner) finish() Result {
	if s.res.GivenUp {
		s.b = nil
		return Result{GivenUp: true}
	}
	s.res.Head, s.res.Rest = s.head.part(), s.rest.part()
	if s.tallies != nil {
		s.tallies.finish(&s.res)
	}
	if s.m.Each && !s.res.Stopped {
		if s.res.Open >= 0 {
			s.res.OpenLine = s.lines(int(s.res.Open))
		}
		s.res.Lines = s.lines(len(s.b))
	}
	s.b = nil
	return s.res
}

// record decides about the record at b[i], no quote and no LF of which stands
// before b[from], and returns where the next starts: len(b) if the range ends
// inside quotes. With found the key that was searched is its field.
func (s *Scanner) record(i, from int, found bool) int {
	end := s.passing.either(s.b, from, '\n', s.stop)
	switch escaped := len(s.m.withoutEscape(s.b[i:end])) < end-i; {
	case escaped:
		return s.escaped(i)
	case end < len(s.b) && s.b[end] != '\n':
		return s.quoted(i, found)
	}
	end = min(end+1, len(s.b))
	if end-i >= step {
		return s.decide(s.parse(i, found))
	}
	s.take(record{start: i, end: end, fields: byLine, found: found})
	return end
}

// escaped is record for one that holds an escape, and maybe a quote.
func (s *Scanner) escaped(i int) int {
	r, ok := s.parse(i, false)
	if !s.synced && s.m.Quote != 0 && bytes.IndexByte(s.b[i:r.end], s.m.Quote) >= 0 {
		return s.quoted(i, false)
	}
	return s.decide(r, ok)
}

// quoted is record for one that holds a quote.
func (s *Scanner) quoted(i int, found bool) int {
	if !s.synced {
		s.synced = true
		s.resync(i)
	}
	return s.decide(s.parse(i, found))
}

// parse parses the record at b[i]. It returns false if the range ends inside its
// quotes.
func (s *Scanner) parse(i int, found bool) (r record, ok bool) {
	from := i
	if i == 0 && s.task.FileStart && bytes.HasPrefix(s.b, charset.UTF8Mark) {
		from = len(charset.UTF8Mark)
	}
	end, ok := s.parser.parse(s.b, from, s.parsed, false)
	return record{start: i, end: end, fields: byParser, found: found}, ok
}

// decide decides about what parse returned, and returns as record does.
func (s *Scanner) decide(r record, ok bool) int {
	if !ok {
		s.res.Open = int64(r.start)
		return len(s.b)
	}
	s.take(r)
	s.passing.tell(r.start)
	return r.end
}

// take decides about a record.
func (s *Scanner) take(r record) {
	if s.selects(r) {
		s.row(r)
	}
}

// row takes a record that is selected.
func (s *Scanner) row(r record) {
	if s.tallies != nil {
		s.count(s.tallies.at(r.start, s.border), r)
		return
	}
	e := &s.head
	if r.start >= s.border {
		e = &s.rest
	}
	e.add(&s.m.Spec, s.b, r.start, r.end, 1, s.lines(r.start))
	if s.task.Max > 0 && s.head.rows+s.rest.rows >= s.task.Max {
		s.res.Stopped = true
	}
	s.bound()
}

// lines returns the number of LFs before b[pos], or 0 without Spec.Each.
func (s *Scanner) lines(pos int) uint64 {
	if !s.m.Each {
		return 0
	}
	return s.lineCount.before(s.b, pos, s.passing)
}

// bound gives the scan up where its result has become too long.
func (s *Scanner) bound() {
	if s.task.MaxSpans > 0 && s.head.spans.Size()+s.rest.spans.Size() > s.task.MaxSpans {
		s.res.Stopped, s.res.GivenUp = true, true
	}
}
