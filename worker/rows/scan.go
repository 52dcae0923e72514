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
	scratch []byte          // for Matcher.matches
	decoded *decodedScanner // nil where ranges are scanned as they are

	// Kept from range to range.
	finder       *scan.Finder
	finderColumn int

	// Of the range in hand.
	b       []byte
	task    Task
	passing passing
	res     Result
	// The readings of the range meet at border: rows before it belong to head,
	// the others to rest. math.MaxInt as long as no quote was seen.
	border     int
	synced     bool
	head, rest emitter
	count      lineCount // with Spec.Each
	tallies    *tallies  // nil without Spec.Tally
	marks      marks
	stop       byte // see Dialect.stop
}

// Scanner returns a scanner for this Matcher.
func (m *Matcher) Scanner() *Scanner {
	if m.decoded != nil {
		return &Scanner{decoded: &decodedScanner{charset: m.charset, Scanner: m.decoded.Scanner()}}
	}
	s := &Scanner{m: m, parser: parser{Dialect: m.Dialect, most: m.longest()}, stop: m.stop()}
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
	t.FileStart = t.FileStart && s.m.charset == nil // or the mark is other characters
	s.b, s.task, s.passing = b, t, t.Release
	s.parser.passing = s.passing
	s.res = Result{Tail: -1, Open: -1}
	s.border, s.synced = math.MaxInt, false
	s.head.reset()
	s.rest.reset()
	s.count = lineCount{}

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
	case s.m.skips && !(s.m.Invert && (s.m.Each || t.Max > 0)):
		s.scanLiteral(i)
	default:
		s.scanRecords(i)
	}
	return s.finish()
}

// Reuse lets the next result have memory of this one, which nobody needs any more.
func (s *Scanner) Reuse(r *Result) {
	if s.decoded == nil {
		s.head.data.Reuse(r.Head.Data)
		s.rest.data.Reuse(r.Rest.Data)
	}
}

// skipInside returns where the first record starts in a range that begins
// inside quotes.
func (s *Scanner) skipInside() int {
	r := s.parser.parse(s.b, 0, 0, true)
	if r.open {
		return len(s.b)
	}
	s.res.Tail = int64(r.end)
	return r.end
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

// plain decides about the record b[i:end], one line without a quote.
func (s *Scanner) plain(i, end int) {
	var value []byte
	var has bool
	if end-i < step {
		value, has = plainField(s.line(i, end), s.m.Delimiter, s.task.Column)
	} else {
		r := s.parse(i)
		value, has = r.key, r.has
	}
	s.take(value, has, i, end)
}

// line is the record b[i:end] without its terminator, and without the byte
// order mark of the file.
func (s *Scanner) line(i, end int) []byte {
	if s.b[end-1] == '\n' {
		end--
	}
	if end > i && s.b[end-1] == '\r' {
		end--
	}
	if i == 0 && s.task.FileStart {
		return bytes.TrimPrefix(s.b[:end], charset.UTF8Mark)
	}
	return s.b[i:end]
}

// plainField returns field number column of a line without quotes.
func plainField(line []byte, delimiter byte, column int) (value []byte, has bool) {
	if len(line) == 0 {
		return nil, false
	}
	for ; column > 1; column-- {
		k := indexShort(line, delimiter)
		if k == len(line) {
			return nil, false
		}
		line = line[k+1:]
	}
	return line[:indexShort(line, delimiter)], true
}

// indexShort is bytes.IndexByte for fields, which are mostly too short to pay
// for its call; it returns len(b) where there is none.
func indexShort(b []byte, c byte) int {
	for i, x := range b[:min(len(b), 16)] {
		if x == c {
			return i
		}
	}
	if len(b) <= 16 {
		return len(b)
	}
	if k := bytes.IndexByte(b[16:], c); k >= 0 {
		return 16 + k
	}
	return len(b)
}

// record decides about the record at b[i] and returns where the next starts.
func (s *Scanner) record(i int) int {
	end := s.passing.either(s.b, i, '\n', s.stop)
	if len(s.m.withoutEscape(s.b[i:end])) < end-i {
		return s.escaped(i)
	}
	if end < len(s.b) {
		if s.b[end] != '\n' {
			return s.quoted(i)
		}
		end++
	}
	s.plain(i, end)
	return end
}

// quoted decides about the record at b[i], which holds a quote, and returns
// the start of the next record, len(b) if the range ends inside quotes.
func (s *Scanner) quoted(i int) int {
	if !s.synced {
		s.synced = true
		s.resync(i)
	}
	return s.decide(i, s.parse(i))
}

// decide decides about the record r that begins at b[i], and returns as quoted
// does.
func (s *Scanner) decide(i int, r record) int {
	if r.open {
		s.res.Open = int64(i)
		return len(s.b)
	}
	s.take(r.key, r.has, i, r.end)
	s.passing.tell(i)
	return r.end
}

// parse reads the record at b[i].
func (s *Scanner) parse(i int) record {
	if i == 0 && s.task.FileStart && bytes.HasPrefix(s.b, charset.UTF8Mark) {
		return s.parser.parse(s.b, len(charset.UTF8Mark), s.task.Column, false)
	}
	return s.parser.parse(s.b, i, s.task.Column, false)
}

// resyncLimit is how many bytes behind the first quote the two readings of a
// range may take to meet. Text meets within a record or two; what does not
// meet here may never, and costs a second scan only where it is needed.
const resyncLimit = 1 << 20

// resync works out the other reading of the range, in which it begins inside
// quotes, until that has a record border in common with this one, whose border
// o is the last one before the first quote.
func (s *Scanner) resync(o int) {
	i := s.skipInside()
	if s.res.Tail < 0 {
		return
	}
	alt, count := newEmitter(&s.m.Spec), lineCount{}
	for limit := i + resyncLimit; o != i; {
		if o < i {
			r := s.parse(o)
			if r.open || r.end > limit {
				return
			}
			o = r.end
			continue
		}
		r := s.parse(i)
		if r.open || r.end > limit {
			return
		}
		if s.tallies != nil {
			s.tallies.alt.add(r.key, r.has)
		} else if (r.has && s.m.matches(r.key, &s.scratch)) != s.m.Invert {
			line := uint64(0)
			if s.m.Each {
				line = count.before(s.b, i, s.passing)
			}
			alt.add(&s.m.Spec, s.b, i, r.end, 1, line)
		}
		i = r.end
	}
	s.res.Alt, s.res.Converged, s.border = alt.part(), true, o
}

// take decides about the record b[start:end] by its key field.
func (s *Scanner) take(value []byte, has bool, start, end int) {
	switch {
	case s.tallies != nil:
		s.tallies.at(start, s.border).add(value, has)
	case (has && s.m.matches(value, &s.scratch)) != s.m.Invert:
		s.row(start, end)
	}
}

// row selects the row b[start:end].
func (s *Scanner) row(start, end int) {
	e := &s.head
	if start >= s.border {
		e = &s.rest
	}
	e.add(&s.m.Spec, s.b, start, end, 1, s.lines(start))
	if s.task.Max > 0 && s.head.rows+s.rest.rows >= s.task.Max {
		s.res.Stopped = true
	}
	s.bound()
}

// lines returns the number of LFs before b[pos], 0 where nobody asks for lines.
func (s *Scanner) lines(pos int) uint64 {
	if !s.m.Each {
		return 0
	}
	return s.count.before(s.b, pos, s.passing)
}

// bound gives the scan up where its result has become too long.
func (s *Scanner) bound() {
	if s.task.MaxSpans > 0 && s.head.spans.Size()+s.rest.spans.Size() > s.task.MaxSpans {
		s.res.Stopped, s.res.GivenUp = true, true
	}
}
