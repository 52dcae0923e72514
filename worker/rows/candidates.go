package rows

import "github.com/linefork/linefork/worker/scan"

// sampleSize is how much of a range is looked at to choose which bytes of the
// needle to test.
const sampleSize = 16 << 10

// needle returns the search for the literal with the byte before it: LF where it
// is the first field, else the delimiter; nil if there is no literal.
func (s *Scanner) needle() *scan.Finder {
	if s.finder == nil && s.m.literal != nil {
		before := s.m.Delimiter
		if s.searched == 1 {
			before = '\n'
		}
		sample := s.b[:min(len(s.b), sampleSize)]
		s.finder = scan.NewFinder(append([]byte{before}, s.m.literal...), sample)
	}
	return s.finder
}

// scanCandidates searches the records from b[i] on for the literal, if there is
// one, and stops only at its occurrences and at quotes. What lies between needs no
// look.
func (s *Scanner) scanCandidates(i int) {
	// The first record has no LF before it that the needle could begin with.
	i = s.record(i, i, false)
	find := s.needle()
	at := cursor{line: i, at: i}
	near := leastStretch
	for from := i - 1; i < len(s.b) && !s.res.Stopped; {
		pos, isQuote := s.next(find, from)
		if pos < 0 {
			break
		}
		if !isQuote {
			pos++ // to the literal itself
			if !s.isField(&at, pos) {
				from = pos
				continue
			}
		} else {
			at.advance(s.b, pos, s.m.Delimiter, s.passing)
		}
		// The record at pos is all that needs a look; i is where the records begin
		// that need none.
		s.gap(i, at.line)
		if isQuote {
			near = s.nearness(near, at.line-i)
			i = s.records(at.line, min(at.line+near, len(s.b)))
		} else {
			i = s.record(at.line, pos+len(s.m.literal), true)
		}
		at, from = cursor{line: i, at: i}, i-1
	}
	s.gap(i, len(s.b))
}

// nearness returns how many bytes to look at record by record, when a quote was
// met distance bytes after the last such stretch of near bytes: more and more
// where there are many quotes.
func (s *Scanner) nearness(near, distance int) int {
	if distance < near {
		return min(2*near, mostStretch)
	}
	return leastStretch
}

// next returns where, from b[from] on, the needle or a quote comes first, -1 if
// neither does.
func (s *Scanner) next(find *scan.Finder, from int) (pos int, isQuote bool) {
	if find == nil {
		return s.quote(from), true
	}
	size := step
	if s.m.Each {
		size = countStep
	}
	for overlap := len(s.m.literal); ; from += size - overlap {
		end := min(from+size, len(s.b))
		if s.m.Quote != 0 {
			pos, isQuote = find.NextOr(s.b[:end], from, s.m.Quote)
		} else {
			pos = find.Next(s.b[:end], from)
		}
		if pos >= 0 || end == len(s.b) {
			return pos, isQuote
		}
		s.passing.tell(from)
		s.lines(from)
	}
}

// quote returns where, from b[from] on, the first quote is, -1 if there is none.
func (s *Scanner) quote(from int) int {
	if s.m.Quote == 0 {
		return -1
	}
	if k := s.passing.either(s.b, from, s.m.Quote, s.m.Quote); k < len(s.b) {
		return k
	}
	return -1
}

// isField reports whether the literal at b[pos], before which the line has no
// quote, is the whole field of its column.
func (s *Scanner) isField(at *cursor, pos int) bool {
	at.advance(s.b, pos, s.m.Delimiter, s.passing)
	if at.delimiters != s.searched-1 {
		return false
	}
	rest := s.b[pos+len(s.m.literal):]
	return len(rest) == 0 || rest[0] == s.m.Delimiter || rest[0] == '\n' ||
		rest[0] == '\r' && (len(rest) == 1 || rest[1] == '\n')
}

// gap takes b[start:end], whole records that need no look.
func (s *Scanner) gap(start, end int) {
	if !s.m.unseen || start >= end {
		return
	}
	e := &s.head
	switch {
	case start >= s.border:
		e = &s.rest
	case end > s.border:
		s.gap(start, s.border)
		start, e = s.border, &s.rest
	}
	n := s.passing.lines(s.b, start, end)
	if s.b[end-1] != '\n' {
		n++
	}
	e.add(&s.m.Spec, s.b, start, end, n, 0)
	s.bound()
}
