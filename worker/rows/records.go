package rows

import (
	"bytes"
	"math"
	"math/bits"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
)

// The records of a stretch are told apart by bit masks of its LFs, delimiters
// and quotes. A byte lies inside quotes where the number of quotes up to it is
// odd, which the exclusive or of all lower bits gives for 64 bytes at once, as
// described by Geoff Langdale and Daniel Lemire ("Parsing Gigabytes of JSON per
// Second"). That count is the dialect's reading as long as each quote that
// opens does so at a field's start, or directly after one that closed: then
// the two were a doubled quote. Where a quote stands elsewhere, the parser of
// dialect.go takes the record.

// How many bytes are described at once: enough to be quick, and with their
// masks within the first-level cache. After a quote that is out of place the
// next stretch is shorter, since what came after was looked at for nothing.
const (
	mostStretch  = 16 << 10
	leastStretch = 1 << 10
)

// marks are the masks of a stretch: A of LFs, B of delimiters, C of quotes.
// Those of LFs and delimiters inside quotes are cleared.
type marks [mostStretch / scan.MaskLen]scan.Masks

// scanRecords looks at each record from b[i] on.
func (s *Scanner) scanRecords(i int) {
	if i == 0 && s.task.FileStart && bytes.HasPrefix(s.b, charset.UTF8Mark) {
		i = s.record(0, 0, false) // the only one whose first field does not start it
	}
	for i < len(s.b) && !s.res.Stopped {
		i = s.records(i, len(s.b))
	}
}

// records decides about the records from b[i] on that begin before end, and
// returns where the next starts. It may return sooner.
func (s *Scanner) records(i, end int) int {
	for size := mostStretch; i < end && !s.res.Stopped; {
		next := s.stretch(s.m.withoutEscape(s.b[i:min(i+size, len(s.b))]), i, end)
		if next > i {
			size = min(2*size, mostStretch)
		} else {
			// A long record, the last, or one with quotes out of place.
			size = max(size/2, leastStretch)
			next = s.record(i, i, false)
		}
		s.passing.tell(i)
		s.lines(i)
		i = next
	}
	return i
}

// stretch decides about the whole records in b, which begins a record and is
// the range's bytes from base on. It stops at the first record that the masks
// do not describe, or that begins at end or later, and returns where that starts.
func (s *Scanner) stretch(b []byte, base, end int) int {
	n, quote := scan.Classify(s.marks[:], b, '\n', s.m.Delimiter, s.stop), math.MaxInt
	if s.m.Quote != 0 {
		n, quote = s.marks.settle(n)
	}
	s.base = base
	if quote == math.MaxInt && s.m.countsAll() {
		// The readings meet at the end of a line that holds a quote, not here.
		return base + s.countFields(s.tallies.at(base, s.border), base, n)
	}
	if s.synced {
		quote = math.MaxInt
	}
	start := 0
	for k := range s.marks[:n] {
		for ends := s.marks[k].A; ends != 0; ends &= ends - 1 {
			if base+start >= end || s.res.Stopped {
				return base + start
			}
			lf := k*scan.MaskLen + bits.TrailingZeros64(ends)
			if lf > quote {
				quote = math.MaxInt
				s.synced = true
				s.resync(base + start)
			}
			if r := (record{start: base + start, end: base + lf + 1, fields: byMarks}); s.selects(r) {
				s.row(r)
			}
			start = lf + 1
		}
	}
	return base + start
}

// settle clears the marks of LFs and delimiters inside quotes. It returns how
// many of the first n masks are the dialect's reading, and the offset of the
// first quote, math.MaxInt if there is none.
func (m *marks) settle(n int) (settled, quote int) {
	quote = math.MaxInt
	inside := uint64(0)    // all bits, while inside quotes
	beginning := uint64(1) // the lowest bit, if a quote may open at the next byte
	for k := range m[:n] {
		w := &m[k]
		if w.C|inside == 0 {
			beginning = (w.A | w.B) >> 63
			continue
		}
		if quote == math.MaxInt {
			quote = k*scan.MaskLen + bits.TrailingZeros64(w.C)
		}
		in := parity(w.C) ^ inside
		w.A &^= in
		w.B &^= in
		may := w.A | w.B | w.C
		if w.C&in&^(may<<1|beginning) != 0 {
			return k, quote
		}
		beginning = may >> 63
		inside = uint64(int64(in) >> 63)
	}
	return n, quote
}

// parity sets each bit to the exclusive or of it and all lower ones.
func parity(x uint64) uint64 {
	x ^= x << 1
	x ^= x << 2
	x ^= x << 4
	x ^= x << 8
	x ^= x << 16
	return x ^ x<<32
}

// field returns the value of a column of r, valid until the next is asked for.
func (s *Scanner) field(r record, column int) (value []byte, has bool) {
	if r.fields != byMarks {
		return s.fieldElsewhere(r, column)
	}
	b, start, lf := s.b[s.base:r.end], r.start-s.base, r.end-1-s.base
	from := start
	if column > 1 {
		if from = s.marks.skip(start, lf, column-1); from > lf {
			return nil, false
		}
	}
	to := s.marks.delimiter(from, lf)
	last := to == lf
	if last && from < to && b[to-1] == '\r' {
		to--
	}
	if from < to && b[from] == s.stop {
		return s.unquote(from, to), true
	}
	// An empty line is a record without fields.
	return b[from:to], !last || from > start || from < to
}

// unquote returns the value of the field of the stretch from from to to, which
// begins with a quote.
func (s *Scanner) unquote(from, to int) []byte {
	// As a rule there are two quotes, about the value.
	if end := s.marks.quote(from+1, to); end == to-1 {
		return s.b[s.base+from+1 : s.base+end]
	}
	return s.parser.value(s.b, s.base+from)
}

// delimiter returns the offset of the first delimiter in the bytes from to lf,
// or lf.
func (m *marks) delimiter(from, lf int) int {
	k := from / scan.MaskLen
	w := m[k].B &^ (1<<(from%scan.MaskLen) - 1)
	for ; w == 0; w = m[k].B {
		if k++; k*scan.MaskLen >= lf {
			return lf
		}
	}
	return min(k*scan.MaskLen+bits.TrailingZeros64(w), lf)
}

// quote returns the offset of the first quote in the bytes from to end, or end.
func (m *marks) quote(from, end int) int {
	k := from / scan.MaskLen
	w := m[k].C &^ (1<<(from%scan.MaskLen) - 1)
	for ; w == 0; w = m[k].C {
		if k++; k*scan.MaskLen >= end {
			return end
		}
	}
	return min(k*scan.MaskLen+bits.TrailingZeros64(w), end)
}
