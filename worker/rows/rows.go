// Package rows selects the CSV records of a range by conditions on their
// columns.
//
//	m, err := rows.Compile(rows.Spec{
//		Where:   []rows.Condition{{In: rows.NewKeys("11865")}},
//		Dialect: rows.CSV,
//		Spans:   true,
//	})
//	res := m.Scanner().Scan(data, rows.Task{Columns: []int{1}})
//
// # Conditions
//
// A row is selected if all conditions of [Spec].Where hold for it; with Invert, if
// one of them does not. Without conditions every row is selected. A [Condition] is
// about the value of one column, as bytes or as a number. Which column that is
// may differ from file to file, and is up to the [Task]. For a row that lacks the
// column the condition does not hold; an empty line lacks every column. With Tally
// the selected rows are counted by the value of a further column.
//
// [Compile] chooses how to find the rows. Where a condition asks for a single key,
// its bytes are searched, and the other conditions are asked only about records
// that hold it. Where there is no condition, records without a quote are counted
// by their LFs. Otherwise each record is looked at, up to the first condition that
// does not hold.
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
//	                 an empty line: a record of no field
//	""               one empty field
//
// Another byte may be the quote, or none: then every LF ends a record. There
// may be an escape, which makes a character of the byte that follows it, LF
// included, within quotes and outside. Directly after a closing quote, and as
// the last byte of an input, the escape is a character itself. With \ for it:
//
//	"a\"b",c         two fields: a"b and c
//	a\,b\\,c         two fields: a,b\ and c
//	\"a,b\"          two fields: "a and b"
//	"a"\,b           two fields: a\ and b
//
// For what RFC 4180 allows this is what encoding/csv reads, and for the rest
// what Python's csv module reads when it is not strict, with two exceptions:
// there a CR outside quotes ends a record wherever it stands, and an escape
// that ends the input stands for LF.
//
// # Other encodings
//
// Records in another encoding than UTF-8 are read as bytes all the same, and only
// values that are not ASCII are decoded: as a rule, a byte that ends or quotes a
// field is not part of a character of several bytes. But | and \ are, in some
// encodings. Where one of them has a meaning the range is decoded, and what is
// found there is brought back to its bytes by the LFs, which are the same in both.
//
// # Records across ranges
//
// A range begins just after some LF, and nothing in it says whether that LF
// ended a record or stands inside quotes. (It must not be one that an escape
// stands before, or there would be a third reading.) [Scanner.Scan] assumes the
// first, and also works out what the range holds in the other case: as a rule the
// two readings reach a common record border soon after the first quote, and from
// there on they are the same. [Result] therefore has the rows of either reading up
// to that border and the common rows once. Once the end of the range before is
// known, so are the right ones; only where the readings never meet must the range
// be scanned again.
//
// # A quote that is never closed
//
// An input may end within quotes. Its last record is then incomplete, and may
// begin far back, at a stray quote. It can be read as a plain line, in which no
// byte quotes, and reading can go on after that line. It may meet another such
// quote there, but need not look for the end of the input each time.
//
// Suppose a line ends at an LF that no escape stands before. In the first reading
// each line end from that record on is within quotes, or the record would end
// there. A later record that is within quotes at the end of its line agrees with
// the first reading from there on and never ends either: it is a plain line,
// too. So no record from there on holds a line end but its own, and [Lines] reads
// a range line by line. The input is read at most twice, both times in ranges.
package rows

import (
	"math"

	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/tally"
)

// State is what a range begins in.
type State uint8

const (
	// Outside: the first byte begins a record; the default.
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
	Where  []Condition // all must hold; none selects every row
	Invert bool        // select the rows that Where does not
	// Tally asks how often each key occurs in the selected rows, instead of where
	// these are. Part.Rows counts those that have the column of the key.
	Tally bool
	Dialect
	// Charset, if not empty, names the encoding of the records (see
	// [charset.Lookup]), while keys are in UTF-8.
	Charset string

	// Spans asks for the places of the selected rows, not only their number.
	Spans bool
	// Each asks for a span for each row, with its line; otherwise spans of
	// adjacent rows are joined.
	Each bool
}

// Task is what is particular to one range.
type Task struct {
	// Columns has the 1-based column of each condition of Spec.Where, and after
	// them, with Spec.Tally, that of the key that is counted. Scan panics if there
	// are fewer.
	Columns []int
	Start   State // what the range begins in
	// FileStart says that the range begins the file: a UTF-8 byte order mark
	// there is not part of the first field.
	FileStart bool `wire:"-"` // the worker knows it from the range
	// Max ends the scan when so many rows are selected; 0 is no limit. It has no
	// effect with Spec.Tally.
	Max uint64
	// MaxSpans gives the scan up when the spans take more bytes; 0 is no limit.
	MaxSpans int
	// Incomplete says that a last record without its terminator is not whole, and does not count.
	Incomplete bool `wire:"-"` // the worker has it
	// Release, if set, is called from time to time with a rangeOffset before which
	// the bytes are not needed any more.
	Release func(rangeOffset int) `wire:"-"` // the worker's window has it
}

// Part is a number of selected rows and where they are. Spans are relative to the
// range.
type Part struct {
	Rows  uint64
	Spans span.List
	Data  []byte     // if not empty, the bytes of all spans, end to end
	Tally tally.List // only with Spec.Tally
	// TooLong says that a key is longer than [tally.MaxKey], and is not in Tally.
	TooLong bool
}

// Result is what a range holds. All offsets are relative to the range.
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
	// Stopped says that Task.Max was reached: what follows is not in the result,
	// and Open and Lines are not known.
	Stopped bool
	// GivenUp says that Task.MaxSpans was passed; the rest means nothing.
	GivenUp bool
}

// Size is how many bytes the result takes with those of its rows, or
// [math.MaxInt64] if these are so many that they are not in Data.
func (r *Result) Size() (n int64) {
	for _, p := range []*Part{&r.Head, &r.Alt, &r.Rest} {
		if len(p.Spans) > 0 && len(p.Data) == 0 {
			return math.MaxInt64
		}
		n += int64(len(p.Spans) + len(p.Data))
	}
	return n
}
