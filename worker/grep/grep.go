// Package grep selects the records of a range that hold a match, or that hold
// none, as GNU grep does: it is the kernel between the matcher, package regex,
// and a worker.
//
//	m, err := grep.Compile(&grep.Spec{Pattern: pattern, Spans: true})
//	s := m.Scanner() // one for each goroutine
//	r, err := s.Scan(data, grep.Task{End: len(data)})
//	for at := range r.Spans.All(false) { … data[at.Start:at.End] … }
//
// A record is the bytes up to and including its terminator, LF or, as the
// pattern says, NUL. The last record of a file may lack it.
//
// # Binary files
//
// GNU grep reads a file in blocks and takes it for binary from the first block
// on that holds a NUL: what was selected before was printed as text, of the
// rest it only says that it matches, and there each NUL ends a record, as LF
// does. Blocks are [BlockSize] bytes from the start of the file here, whatever
// the ranges are, so that the answer does not depend on the cuts. A record
// belongs to the block that it ends in. To decide about the last records of
// its range, a worker looks for NULs up to the end of the block in which the
// range ends. A file with a hole behind its first block is binary from its
// start, since GNU grep knows of the hole before it reads there.
package grep

import (
	"bytes"
	"math"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
	"github.com/linefork/linefork/worker/wc"
)

// BlockSize is how many bytes are text or binary together, as in GNU grep 3.8.
const BlockSize = 96 << 10

// blockSize is BlockSize but for tests.
var blockSize = BlockSize

// Binary is what to do with a file from the first NUL on.
type Binary uint8

const (
	Quiet        Binary = iota // report a match, but show none
	WithoutMatch               // nothing in it matches
	Text                       // NUL is a character like any other
)

// Spec says what to select and what to report of it. It is the same for all
// ranges of a run.
type Spec struct {
	Pattern regex.Spec
	// Parsed, if set, is what [regex.Spec.Parse] made of Pattern: it is not parsed
	// again. It does not travel.
	Parsed *regex.Parsed `wire:"-"`
	Invert bool          // select records without a match
	Binary Binary

	// Spans asks for the places of the selected records, not only their number.
	Spans bool
	// Each asks for a span for each record, with its line; otherwise spans of
	// adjacent records are joined, and records with an encoding error are left
	// out.
	Each bool
	// Matches asks for the places of the matches in selected records.
	Matches bool
	// Count asks how many records are selected in a binary part; otherwise the
	// scan ends at the first.
	Count bool
}

// Terminator is the byte that ends a record.
func (s *Spec) Terminator() byte {
	if s.Pattern.Null {
		return 0
	}
	return '\n'
}

// Body returns a record without its terminator, which under --crlf may include a
// CR.
func (s *Spec) Body(record []byte) []byte {
	body, ended := bytes.CutSuffix(record, []byte{s.Terminator()})
	if ended && s.Pattern.CRLF && !s.Pattern.Null {
		body = bytes.TrimSuffix(body, []byte{'\r'})
	}
	return body
}

// detects reports whether NULs make a file binary: under -z they do not.
func (s *Spec) detects() bool { return s.Binary != Text && !s.Pattern.Null }

// Validator returns a function that reports whether a record has no encoding
// error.
func (s *Spec) Validator() func(record []byte) bool {
	if e, err := charset.Lookup(s.Pattern.Charset); err == nil && e.Charset != nil {
		return e.Charset.Valid
	}
	return wc.Valid
}

// checks reports whether a record that is shown must be free of encoding errors.
func (s *Spec) checks() bool { return s.Binary != Text && s.Pattern.UTF8 }

// Task is what is particular to one range.
type Task struct {
	// Mark says that a UTF-8 byte order mark that the range begins with is part of
	// the first record, but not of its text.
	Mark bool
	// Binary says that the file is known to be binary from its start.
	Binary bool
	// Ahead is how many bytes behind the range may be looked at: up to the end of
	// the block that the range ends in, or of the file.
	Ahead int64
	// Max ends the scan when so many records are selected; 0 is no limit.
	Max uint64
	// MaxSpans gives the scan up when the spans and the matches take more bytes, by
	// those of a block at most; 0 is no limit.
	MaxSpans int

	// Who holds the data fills in what follows; it does not travel.

	// Start is the fileOffset of the range.
	Start int64 `wire:"-"`
	// End is the length of the range; the data has Ahead more bytes.
	End int `wire:"-"`
	// Release, if set, is called from time to time with a rangeOffset before which
	// the data is not needed any more. It may end the scan by a panic; the Scanner
	// is not to be used after that.
	Release func(rangeOffset int) `wire:"-"`
}

// Result is what a range holds. All offsets are offsets from its start.
type Result struct {
	// Selected is the number of selected records before the binary part.
	Selected uint64
	Spans    span.List // numbered with Spec.Each
	Data     []byte    // if not empty, the bytes of all spans, end to end
	Matches  span.List // of all selected records, in order
	Lines    uint64    // terminators in the range; only with Spec.Each
	// Invalid says that a selected record has an encoding error.
	Invalid bool

	// Binary says that the range is binary from TextEnd on; there Quiet records
	// are selected, or one at least.
	Binary  bool
	TextEnd int64
	Quiet   uint64

	// Stopped says that the scan ended early, because Task.Max was reached or a
	// binary part began: Lines is not known.
	Stopped bool
	// GivenUp says that Task.MaxSpans was passed; the rest is void.
	GivenUp bool
}

// Size is how many bytes the result takes with those of its records, or
// [math.MaxInt64] if these are so many that they are not in Data.
func (r *Result) Size() int64 {
	if len(r.Spans) > 0 && len(r.Data) == 0 {
		return math.MaxInt64
	}
	return int64(len(r.Spans) + len(r.Data) + len(r.Matches))
}

// Matcher is a compiled Spec, safe for use by several goroutines.
type Matcher struct {
	Spec
	program *regex.Program
	valid   func(record []byte) bool
}

// Compile prepares a Spec. The error says what is wrong with the pattern, in
// the words of GNU grep.
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
