package rows

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/linefork/linefork/worker/charset"
)

// record is a record of the current range.
type record struct {
	start, end int // rangeOffsets; end is just past the terminator
	fields     fields
	found      bool // the key that was searched is known to be its field
}

// fields says how the fields of a record are found.
type fields uint8

const (
	byLine   fields = iota // it is a line without quotes
	byMarks                // by the marks of the current stretch
	byParser               // they are the values of the parser
)

// setColumns prepares the tests for the columns of a task.
func (s *Scanner) setColumns(columns []int) {
	wanted := s.m.key
	if s.m.Tally {
		wanted++
	}
	if len(columns) < wanted {
		panic(fmt.Sprintf("rows: a task has %d columns instead of %d", len(columns), wanted))
	}
	if columns = columns[:wanted]; s.columns != nil && slices.Equal(columns, s.columns) {
		return
	}
	s.columns = append([]int{}, columns...)
	s.finder = nil
	if s.m.Tally {
		s.key = columns[s.m.key]
	}
	s.tests, s.others = slices.Clone(s.m.tests), nil
	for i := range s.tests {
		s.tests[i].column = columns[s.tests[i].index]
	}
	if s.m.plan == candidates {
		s.searched = s.tests[s.m.search].column
	}
	// Fields are found from left to right.
	slices.SortStableFunc(s.tests, func(a, b test) int { return cmp.Compare(a.column, b.column) })
	for _, t := range s.tests {
		if s.m.plan != candidates || t.index != s.m.search {
			s.others = append(s.others, t)
		}
	}
	s.parsed = slices.Compact(slices.Sorted(slices.Values(columns)))
}

// selects reports whether a record is selected.
func (s *Scanner) selects(r record) bool {
	tests := s.tests
	if r.found {
		tests = s.others
	}
	for i := range tests {
		t := &tests[i]
		value, has := s.field(r, t.column)
		if !has || !t.holds(value, &s.scratch) {
			return s.m.Invert
		}
	}
	return !s.m.Invert
}

// fieldElsewhere is field for a record that has no marks.
func (s *Scanner) fieldElsewhere(r record, column int) (value []byte, has bool) {
	if r.fields == byLine {
		return plainField(s.line(r.start, r.end), s.m.Delimiter, column)
	}
	if i := slices.Index(s.parsed, column); i < len(s.parser.values) {
		return s.parser.values[i], true
	}
	return nil, false
}

// line is the record b[start:end] without its terminator, and without the byte
// order mark of the file.
func (s *Scanner) line(start, end int) []byte {
	if s.b[end-1] == '\n' {
		end--
	}
	if end > start && s.b[end-1] == '\r' {
		end--
	}
	if start == 0 && s.task.FileStart {
		return bytes.TrimPrefix(s.b[:end], charset.UTF8Mark)
	}
	return s.b[start:end]
}

// plainField returns the field of a column of a line without quotes.
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
