package rows

import (
	"math/bits"

	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/tally"
)

// tallies are the counts of the keys in the parts of a result.
type tallies struct {
	head, alt, rest part
	// fields are the key fields of a stretch on their way into a part.
	fields [1 << 10]tally.Field
}

type part struct{ *tally.Partial }

func newTallies() *tallies {
	return &tallies{head: part{tally.NewPartial()}, alt: part{tally.NewPartial()}, rest: part{tally.NewPartial()}}
}

// count counts the key of a record, if the record has one.
func (s *Scanner) count(p part, r record) {
	key, has := s.field(r, s.key)
	switch {
	case !has:
		return
	case s.m.charset != nil:
		key = inUTF8(s.m.charset, key, &s.scratch)
	}
	p.Add(key)
}

// at returns the part that the record at offset start belongs to.
func (t *tallies) at(start, border int) part {
	if start < border {
		return t.head
	}
	return t.rest
}

// finish moves the counts to the result, and makes room for the next.
func (t *tallies) finish(r *Result) {
	for _, p := range []struct {
		from part
		to   *Part
	}{{t.head, &r.Head}, {t.alt, &r.Alt}, {t.rest, &r.Rest}} {
		p.to.Rows = p.from.Fields
		p.to.TooLong = p.from.TooLong
		p.to.Tally = p.from.List()
	}
	if !r.Converged {
		r.Alt = Part{} // the other reading was given up on the way
	}
}

// countFields counts the key fields of the whole records in a stretch without
// quotes, which begins a record and is the range's bytes from base on, by its
// first n marks. It returns where the first record that is not whole starts.
func (s *Scanner) countFields(p part, base, n int) int {
	b := s.b[base:]
	fields, count := &s.tallies.fields, 0
	column := s.key
	start := 0
	for k := range s.marks[:n] {
		for ends := s.marks[k].A; ends != 0; ends &= ends - 1 {
			lf := k*scan.MaskLen + bits.TrailingZeros64(ends)
			from, to := start, lf
			if column > 1 {
				from = s.marks.skip(start, lf, column-1)
			}
			if from <= lf {
				to = s.marks.delimiter(from, lf)
			}
			start = lf + 1
			if to == lf {
				// The last field, or none, or an empty line.
				if from < to && b[to-1] == '\r' {
					to--
				}
				if from > lf || from == to && column == 1 {
					continue
				}
			}
			fields[count] = tally.Field{From: uint32(from), To: uint32(to)}
			if count++; count == len(fields) {
				p.Count(b, fields[:])
				count = 0
			}
		}
	}
	p.Count(b, fields[:count])
	return start
}

// skip returns the offset just past delimiter number n of the bytes from start to
// lf, or lf+1 if there are fewer.
func (m *marks) skip(start, lf, n int) int {
	k := start / scan.MaskLen
	w := m[k].B &^ (1<<(start%scan.MaskLen) - 1)
	for {
		c := bits.OnesCount64(w)
		if c >= n {
			break
		}
		n -= c
		if k++; k*scan.MaskLen >= lf {
			return lf + 1
		}
		w = m[k].B
	}
	for ; n > 1; n-- {
		w &= w - 1
	}
	return min(k*scan.MaskLen+bits.TrailingZeros64(w), lf) + 1
}
