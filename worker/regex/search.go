package regex

import (
	"bytes"
	"slices"

	"github.com/linefork/linefork/worker/multi"
	"github.com/linefork/linefork/worker/regex/literal"
	"github.com/linefork/linefork/worker/scan"
)

// search finds the occurrences of some strings, which have a terminator where the record must start
// or end. It may be shared.
type search struct {
	term       byte
	begin, end bool // some string starts, or ends, with a terminator

	// One of these:
	one  *scan.Finder
	fold *scan.FoldFinder
	set  *multi.Set

	single  []byte   // the string, if set is nil
	needles [][]byte // the strings, unless there are too many to be encoded
	longest int      // length of the longest string
}

const mostEncoded = 10_000

// newSearch returns a search for lits, of which there must be some. With fold, ASCII letters match
// in both cases.
func newSearch(lits []literal.Literal, term byte, fold bool, sample []byte) *search {
	needles := make([][]byte, len(lits))
	for i, l := range lits {
		needles[i] = l.Bytes(term)
	}
	s := newStringSearch(needles, term, fold, sample)
	for _, l := range lits {
		s.begin = s.begin || l.Begin
		s.end = s.end || l.End
	}
	return s
}

// newStringSearch is newSearch for strings without terminators.
func newStringSearch(needles [][]byte, term byte, fold bool, sample []byte) *search {
	fold = fold && slices.ContainsFunc(needles, func(n []byte) bool {
		return bytes.ContainsFunc(n, isLetter)
	})
	s := &search{term: term}
	for _, n := range needles {
		s.longest = max(s.longest, len(n))
	}
	if len(needles) <= mostEncoded {
		s.needles = needles
	}
	switch {
	case len(needles) > 1:
		s.set = multi.New(needles, multi.Options{FoldASCII: fold}, sample)
		return s
	case fold:
		s.fold = scan.NewFoldFinder(needles[0], sample)
	default:
		s.one = scan.NewFinder(needles[0], sample)
	}
	s.single = needles[0]
	return s
}

func isLetter(c rune) bool {
	c |= 0x20
	return 'a' <= c && c <= 'z'
}

// next returns the first position >= from at which a string occurs, and the end of the longest
// there, or -1, -1.
func (s *search) next(b []byte, from int) (start, end int) {
	if len(b)-from > longStep {
		return s.nextLong(b, from)
	}
	return s.nextIn(b, from)
}

func (s *search) nextIn(b []byte, from int) (start, end int) {
	switch {
	case s.set != nil:
		return s.set.Next(b, from)
	case s.fold != nil:
		start = s.fold.Next(b, from)
	default:
		start = s.one.Next(b, from)
	}
	if start < 0 {
		return -1, -1
	}
	return start, start + len(s.single)
}

// isIn reports whether a string occurs in a record.
func (s *search) isIn(record []byte) bool {
	if s.begin || s.end {
		record = slices.Concat([]byte{s.term}, record, []byte{s.term})
	}
	start, _ := s.next(record, 0)
	return start >= 0
}

// ends appends to ends the ends of all strings that occur at start, which is where next found one.
func (s *search) ends(b []byte, start int, ends []int) []int {
	if s.set != nil {
		return s.set.Ends(b, start, ends)
	}
	return append(ends, start+len(s.single))
}

// owner returns a position in the record that an occurrence at i belongs to: a string that starts
// with a terminator belongs to the record after it.
func (s *search) owner(b []byte, i int) int {
	if b[i] == s.term && s.begin {
		return i + 1
	}
	return i
}

// delimited decides about one record by the strings that a pattern matches. If a string has a
// terminator, the record is copied between two of them.
type delimited struct {
	s    *search
	copy []byte
}

func (f *delimited) GaveUp() error { return nil }

func (f *delimited) Match(record []byte) bool {
	_, _, ok := f.Find(record, 0)
	return ok
}

func (f *delimited) Find(record []byte, from int) (start, end int, ok bool) {
	if !f.s.begin && !f.s.end {
		start, end = f.s.next(record, from)
		return start, end, start >= 0
	}
	if len(record) > longStep && f.s.longest < longStep {
		return f.findLong(record, from)
	}
	f.copy = append(append(append(f.copy[:0], f.s.term), record...), f.s.term)
	if from > 0 {
		from++ // the start of the record can no longer match
	}
	start, end = f.s.next(f.copy, from)
	if start < 0 {
		return 0, 0, false
	}
	if start == 0 {
		// A string at 1 starts at the same place and may be longer.
		if again, longer := f.s.next(f.copy, 1); again == 1 {
			end = max(end, longer)
		}
		start = 1
	}
	return start - 1, min(end, len(f.copy)-1) - 1, true
}
