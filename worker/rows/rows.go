// Package rows selects the CSV records of a range whose key field is one of a
// set of keys.
//
//	m, err := rows.Compile(rows.Spec{Keys: rows.NewKeys("11865"), Dialect: rows.CSV, Spans: true})
//	res := m.Scanner().Scan(data, rows.Task{Column: 1})
//
// # The dialect
//
// Fields are separated by the delimiter, records end with LF or CR LF, the
// last record of the input may lack its terminator. A quote opens a quoted
// field only as the field's first byte; within it delimiters, CR and LF are
// data and a doubled quote stands for one quote. What follows the closing
// quote up to the next delimiter belongs to the field; a quote inside an
// unquoted field is a character; a CR that no LF follows is data, but at the
// end of the input:
//
//	a,b,c            three fields
//	"a,b",c          two fields: a,b and c
//	"a ""b""",c      two fields: a "b" and c
//	"a"b,c           two fields: ab and c
//	a"b,c            two fields: a"b and c
//	                 an empty line: a record of no field, which no key matches
//	""               one empty field
//
// Another byte may be the quote, or none: then every LF ends a record. There
// may be an escape, which makes a character of the byte that follows it, LF
// included, within quotes and outside. Directly behind a closing quote, and as
// the last byte of an input, the escape is a character itself. With \ for it:
//
//	"a\"b",c         two fields: a"b and c
//	a\,b\\,c         two fields: a,b\ and c
//	\"a,b\"          two fields: "a and b"
//	"a"\,b           two fields: a\ and b
//
// For what RFC 4180 allows this is what encoding/csv reads, and for the rest
// what Python's csv module reads when it is not strict, but for two things:
// there a CR outside quotes ends a record wherever it stands, and an escape
// that ends the input stands for LF.
//
// # Other encodings
//
// Records in another encoding than UTF-8 are read as bytes all the same, and only
// values that are not ASCII are decoded: a byte that ends or quotes a field is no
// part of a character of several bytes, as a rule. But | and \ are, in some
// encodings. Where one of them has a meaning the range is decoded, and what is
// found there is brought back to its bytes by the LFs, which are the same in both.
//
// # Records across ranges
//
// A range begins just after some LF, and nothing in it says whether that LF
// ended a record or stands inside quotes. (An LF that is escaped is no place to
// cut: whoever cuts takes one that no escape stands before, in any reading, and
// is left with these two.) [Scanner.Scan] assumes the first,
// and also works out what the range holds in the other case: as a rule the two
// readings reach a common record border soon after the first quote, and from
// there on they are the same. [Result] therefore has the rows of either
// reading up to that border and the common rows once. Whoever knows the end of
// the range before picks the right ones; only where the readings never meet
// the range must be scanned again.
//
// # A quote that is never closed
//
// An input may end within quotes. Its last record is then incomplete, and begins
// maybe far back, at a quote that stands there by mistake. It can be taken for a
// plain line, in which no byte quotes, and reading can go on behind that line.
// There it may meet the same quote again, but need not look for the end of the
// input each time.
//
// For let a line end at an LF that no escape stands before. In the first reading
// each line end from that record on is within quotes, or the record would end
// there. A later record that is within quotes at the end of its line agrees with
// the first reading from there on and never ends either: it is a plain line,
// too. So no record from there on holds a line end but its own, and [Lines] reads
// a range line by line. The input is read twice at most, and the second time, too,
// in ranges.
package rows

import (
	"fmt"
	"math"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/tally"
)

// State is what a range begins in.
type State uint8

const (
	// Outside: the first byte begins a record (assumed where nothing is known).
	Outside State = iota
	// Inside: the first byte lies inside the quotes of a record that began
	// earlier.
	Inside
	// Lines: as Outside, but quotes count only within a line. A record whose
	// quotes are open at the end of the line it begins in is read as
	// [Dialect.Plain]. The end of a line is an LF that no escape stands before.
	Lines
)

// Spec is what to select. It is the same for all ranges of a run.
type Spec struct {
	Keys    *Keys
	Numeric bool // compare values as numbers; see [Number]
	Invert  bool // select the records that do not match
	// Tally asks, in the place of all that, how often each key occurs among the
	// records that have the key field; these are the rows then.
	Tally bool
	Dialect
	// Charset, if not empty, names the encoding of the records (see
	// [charset.Lookup]), while the keys are in UTF-8.
	Charset string

	// Spans asks for the places of the selected rows, not only their number.
	Spans bool
	// Each asks for a span a row, with its line; otherwise spans of rows that
	// follow each other are joined.
	Each bool
}

// Task is what is particular to one range.
type Task struct {
	Column int   // 1-based number of the key field
	Start  State // what the range begins in
	// FileStart says that the range begins the file: a UTF-8 byte order mark
	// there is not part of the first field.
	FileStart bool `wire:"-"` // the worker knows it from the range
	// Max ends the scan when so many rows are selected; 0 is no limit.
	Max uint64
	// MaxSpans gives the scan up when the spans take more bytes; 0 is no limit.
	MaxSpans int
	// Release, if set, is told from time to time that the bytes before an
	// offset are done with.
	Release func(upTo int) `wire:"-"` // the worker's window has it
}

// Part is a number of selected rows and where they are.
type Part struct {
	Rows  uint64
	Spans span.List
	Data  []byte     // if not empty, the bytes of all spans, end to end
	Tally tally.List // only with Spec.Tally
	// TooLong says that a key is longer than [tally.MaxKey], and is not in Tally.
	TooLong bool
}

// Result is what a range holds. All offsets are offsets in the range.
type Result struct {
	// A range that begins Outside holds the rows Head, then Rest; one that
	// begins Inside, where Converged is set, Alt, then Rest. The result of a
	// Task that began Inside is in Head and Rest.
	Head, Alt, Rest Part
	// Tail is where, if the range begins Inside, its first record starts; -1 if
	// it has none because all of it lies inside quotes.
	Tail int64
	// Converged says that both readings have a record border in common. If not,
	// and if Tail is not -1, a range that begins Inside must be scanned again.
	Converged bool
	// Open is where the last record starts if it is not complete because the
	// range ends inside its quotes, else -1. OpenLine is the number of LFs
	// before it.
	Open     int64
	OpenLine uint64
	// Lines is the number of LFs in the range; only with Spec.Each.
	Lines uint64
	// Stopped says that Task.Max was reached: what lies behind is not in the
	// result, and Open and Lines are not known.
	Stopped bool
	// GivenUp says that Task.MaxSpans was passed; the rest means nothing.
	GivenUp bool
}

// Size is how many bytes the result takes with those of its rows,
// [math.MaxInt64] if there are so many of these that they are not in Data.
func (r *Result) Size() (n int64) {
	for _, p := range []*Part{&r.Head, &r.Alt, &r.Rest} {
		if len(p.Spans) > 0 && len(p.Data) == 0 {
			return math.MaxInt64
		}
		n += int64(len(p.Spans) + len(p.Data))
	}
	return n
}

// Matcher is a compiled Spec, safe for use by several goroutines.
type Matcher struct {
	Spec
	keys *Keys // in canonical form, where Spec.Numeric
	// charset is the encoding of the records, nil for UTF-8. The keys are encoded,
	// or if that cannot be done, decodes says that values are decoded. If the
	// charset is ambiguous, decoded is the Matcher for the text of whole ranges.
	charset *charset.Charset
	decodes bool
	decoded *Matcher
	// integers holds those numeric keys that most values can be compared with
	// without making their canonical form; see digits.
	integers map[uint64]struct{}
	// literal is the one key that is searched as bytes; nil where each record
	// must be looked at.
	literal []byte
	// skips says that what lies between two occurrences of the literal needs no
	// look if it holds no quote. Without any key, literal is nil.
	skips bool
}

// Check returns an error that says which key or byte of the Spec is wrong.
func (s *Spec) Check() error {
	if err := s.Dialect.Check(); err != nil {
		return err
	}
	if !s.Numeric {
		return nil
	}
	var form []byte
	for i := range s.Keys.Len() {
		var ok bool
		if form, ok = Number(form[:0], s.Keys.At(i)); !ok {
			return fmt.Errorf("key %q is not a number", s.Keys.At(i))
		}
	}
	return nil
}

// Compile checks and prepares a Spec. The keys belong to the Matcher from then
// on. The error says which key or byte is wrong.
func Compile(s Spec) (*Matcher, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	m := &Matcher{Spec: s, keys: s.Keys}
	if err := m.setCharset(); err != nil || m.decoded != nil {
		return m, err
	}
	if s.Tally {
		return m, nil
	}
	if s.Numeric {
		m.keys, m.integers = &Keys{}, make(map[uint64]struct{})
		var form []byte
		for i := range s.Keys.Len() {
			form, _ = Number(form[:0], s.Keys.At(i))
			m.keys.Add(form)
			if n, ok := integer(form); ok {
				m.integers[n] = struct{}{}
			}
		}
	}
	m.keys.index()
	m.literal = m.searchable()
	m.skips = m.literal != nil || m.keys.Len() == 0 && m.Escape == 0
	return m, nil
}

// longest is the length of the longest value that may match.
func (m *Matcher) longest() int {
	if m.Numeric || m.Tally {
		return math.MaxInt - 1
	}
	n := 0
	for i := range m.keys.Len() {
		n = max(n, len(m.keys.At(i)))
	}
	if m.decodes {
		n *= 2 // bytes of GB18030 for one of UTF-8, at most
	}
	return n
}

// matches tells whether a key field's value is one of the keys.
func (m *Matcher) matches(value []byte, scratch *[]byte) bool {
	if m.Numeric {
		if n, ok := digits(value); ok {
			_, found := m.integers[n]
			return found
		}
		form, ok := Number((*scratch)[:0], value)
		*scratch = form
		return ok && m.keys.Has(form)
	}
	if m.decodes {
		value = m.inUTF8(value, scratch)
	}
	return m.keys.Has(value)
}
