// Package grep selects the records of a range that contain a match, or those that do not, as GNU
// grep does. It is the kernel between a worker and the matcher, package regex.
//
//	m, err := grep.Compile(&grep.Spec{Pattern: pattern, Spans: true})
//	s := m.Scanner() // one for each goroutine
//	r := s.Scan(data, grep.Task{End: len(data)})
//	for at := range r.Spans.All(false) { … data[at.Start:at.End] … }
//
// A record is the bytes up to and including its terminator, which is LF or, if the pattern says so,
// NUL. The last record of a file may lack it.
//
// # Binary files
//
// GNU grep reads a file in blocks and treats it as binary from the first block that contains a NUL.
// What was selected before has been printed as text; of the rest it only says that it matches, and
// there each NUL ends a record, as LF does.
//
// Here, blocks are [BlockSize] bytes, counted from the start of the file whatever the ranges are,
// so that the answer does not depend on the cuts. A record belongs to the block that it ends in. To
// decide about the last records of its range, a worker looks for NULs up to the end of the block in
// which the range ends. A file with a hole after its first block is binary from its start, since
// GNU grep knows of the hole before it reads that far.
package grep

import (
	"bytes"
	"math"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/window"
)

// BlockSize is the number of bytes that are text or binary together, as in GNU grep 3.8.
const BlockSize = 96 << 10

// blockSize is BlockSize, except in tests.
var blockSize = BlockSize

// longRecord is [window.LongRecord], except in tests.
var longRecord = window.LongRecord

// Binary says how to treat a file from the first NUL on.
type Binary uint8

const (
	Quiet        Binary = iota // report that there is a match, but show none
	WithoutMatch               // treat it as if nothing matched
	Text                       // NUL is a character like any other
)

// Spec says what to select and what to report. It is the same for all ranges of a run.
type Spec struct {
	Pattern regex.Spec
	// Parsed, if set, is the result of [regex.Spec.Parse] for Pattern, which is then not parsed
	// again. It is not sent to children.
	Parsed *regex.Parsed `wire:"-"`
	Invert bool          // select records without a match
	Binary Binary

	// Spans asks for the spans of the selected records, not only their number.
	Spans bool
	// Each asks for a span for each record, with its line number. Otherwise the spans of adjacent
	// records are joined, and records with an encoding error are left out.
	Each bool
	// Matches asks for the spans of the matches in selected records.
	Matches bool
	// Count asks how many records are selected in a binary part. Otherwise the scan ends at the
	// first one.
	Count bool
}

// Terminator returns the byte that ends a record.
func (s *Spec) Terminator() byte {
	if s.Pattern.Null {
		return 0
	}
	return '\n'
}

// Body returns a record without its terminator, which under --crlf may include a CR.
func (s *Spec) Body(record []byte) []byte {
	body, ended := bytes.CutSuffix(record, []byte{s.Terminator()})
	if ended && s.Pattern.CRLF && !s.Pattern.Null {
		body = bytes.TrimSuffix(body, []byte{'\r'})
	}
	return body
}

// Detects reports whether NULs make a file binary, in which they end records. Under -z they do not.
func (s *Spec) Detects() bool { return s.Binary != Text && !s.Pattern.Null }

// Validator returns a function that reports whether a record is free of encoding errors.
func (s *Spec) Validator() func(record []byte) bool {
	if e, err := charset.Lookup(s.Pattern.Charset); err == nil && e.Charset != nil {
		return e.Charset.Valid
	}
	return isValid
}

// checks reports whether records must be free of encoding errors to be shown.
func (s *Spec) checks() bool { return s.Binary != Text && s.Pattern.UTF8 }

// Task is what is particular to one range.
type Task struct {
	// Mark says that a UTF-8 byte order mark at the start of the range belongs to the first record,
	// but not to its text.
	Mark bool
	// Binary says that the file is known to be binary from its start.
	Binary bool
	// Ahead is how many bytes after the range may be looked at: up to the end of the block that the
	// range ends in, or of the file.
	Ahead int64
	// Max ends the scan when so many records are selected; 0 is no limit.
	Max uint64
	// MaxSpans gives up the scan when spans and matches together take more bytes; 0 is no limit.
	// The limit is checked once per block.
	MaxSpans int
	// MatchesUpTo is the number of bytes of a record up to which its matches are reported, if
	// Spec.Matches is set; 0 is no limit. Those of a longer one are asked for with Page.
	MatchesUpTo int
	// Page asks for the matches in the single record that the range is, from rangeOffset From on, 0
	// or a Result.Next, and for nothing else. MaxSpans ends the page.
	Page bool
	From int64

	// The holder of the data fills in what follows; it is not sent to children.

	// Incomplete says that a last record without its terminator is not whole, and does not count.
	Incomplete bool `wire:"-"`
	// Start is the fileOffset of the range.
	Start int64 `wire:"-"`
	// End is the length of the range in bytes; the data has Ahead more.
	End int `wire:"-"`
	// Release, if set, is called from time to time: data before rangeOffset is no longer needed. It
	// may end the scan with a panic, after which the Scanner must not be used.
	Release func(rangeOffset int) `wire:"-"`
	// Sweep, if set, is called before a record of more than [window.LongRecord] bytes is looked at, which may
	// be read several times and in any order: from now on, the holder gives back by itself what was
	// read.
	Sweep func() `wire:"-"`
}

// Result is what was found in a range. All offsets are rangeOffsets: they count from its start.
type Result struct {
	// Selected is the number of selected records before the binary part.
	Selected uint64
	Spans    span.List // with line numbers if Spec.Each is set
	Data     []byte    // if not empty, the bytes of all spans, concatenated
	Matches  span.List // of all selected records, in order
	Lines    uint64    // terminators in the range, if Spec.Each is set
	// Invalid says that a selected record has an encoding error.
	Invalid bool

	// Binary says that the range is binary from TextEnd on. Quiet is the number of records selected
	// there or, unless Spec.Count is set, at least 1 if there are any.
	Binary  bool
	TextEnd int64
	Quiet   uint64

	// Unsure is where the records are about which the pattern took too long to decide, or about the
	// matches in them. Unless they are in Spans, they are not selected, and not
	// under Spec.Invert either. The records have line numbers if Spec.Each is set and they are not
	// in the binary part. Reason says what the first of them exceeded.
	Unsure span.List
	Reason string

	// Stopped says that the scan ended early, because Task.Max was reached or a binary part began.
	// Lines is not known then.
	Stopped bool
	// Next is where the next page begins, 0 after the last.
	Next int64
	// GivenUp says that Task.MaxSpans was exceeded; the other fields are void.
	GivenUp bool
}

// Size is the size of the result in bytes, with those of its records, or [math.MaxInt64] if the
// records are too long for Data.
func (r *Result) Size() int64 {
	if len(r.Spans) > 0 && len(r.Data) == 0 {
		return math.MaxInt64
	}
	return int64(len(r.Spans) + len(r.Data) + len(r.Matches) + len(r.Unsure))
}

// Matcher is a compiled Spec, safe for use by several goroutines.
type Matcher struct {
	Spec
	program *regex.Program
	valid   func(record []byte) bool
}

// Compile compiles a Spec. The error says what is wrong with the pattern, in the words of GNU grep.
func Compile(s *Spec) (*Matcher, error) {
	parsed := s.Parsed
	if parsed == nil {
		var err error
		if parsed, err = s.Pattern.Parse(); err != nil {
			return nil, err
		}
	}
	program, err := regex.Compile(&s.Pattern, parsed)
	if err != nil {
		return nil, err
	}
	return &Matcher{*s, program, s.Validator()}, nil
}

// Searcher returns a matcher of single records for one goroutine.
func (m *Matcher) Searcher() *regex.Searcher { return m.program.Searcher() }
