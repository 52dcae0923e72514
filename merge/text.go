package merge

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"

	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/regex"
	"github.com/linefork/linefork/worker/span"
)

// TextFormat is how a grep writes what it shows, as lines.
type TextFormat struct {
	Count    bool // of each input, the number of selected records
	Matching Listing
	// What stands before each record, a colon behind each, or a dash behind
	// each in context.
	Filename   bool
	LineNumber bool
	ByteOffset bool

	NullName     bool   // NUL behind a file name, instead of a colon or LF
	InitialTab   bool   // a tab before the record itself
	OnlyMatching bool   // of each record, its matches, a line each
	Separator    string // the line between groups of records
	NoSeparator  bool   // there is none
	LineBuffered bool   // each record is written at once
	Colors       Colors
}

// Listing is which names of inputs are written.
type Listing uint8

const (
	ListNone     Listing = iota
	ListMatching         // those with a selected record
	ListOthers           // those without
)

// Text is a Printer of lines.
type Text struct {
	TextFormat
	out        encoder
	w          *bufio.Writer // to out
	spec       *grep.Spec
	terminator byte
	invert     bool
	check      bool                     // for encoding errors
	valid      func(record []byte) bool // tells that there is none
	plain      bool                     // see isPlain
	search     *regex.Searcher          // for records with matches that workers do not report
	digits     [20]byte
}

// NewText returns a Text that writes to out. The spec is for records as they are
// printed. Search finds matches in context
// records, where these are the ones with matches, and may be nil otherwise.
func NewText(out io.Writer, f TextFormat, spec *grep.Spec, search *regex.Searcher) *Text {
	t := &Text{
		TextFormat: f,
		out:        encoder{out: out},
		spec:       spec,
		terminator: spec.Terminator(),
		invert:     spec.Invert,
		check:      spec.Binary != grep.Text && spec.Pattern.UTF8,
		valid:      spec.Validator(),
		search:     search,
	}
	t.w = bufio.NewWriterSize(&t.out, 256<<10)
	t.plain = t.isPlain()
	return t
}

// encode says that records are written in UTF-16 from now on, of this byte order,
// or as they are.
func (t *Text) encode(order binary.ByteOrder) error {
	if order == t.out.order {
		return nil
	}
	err := t.Flush()
	t.out.set(order)
	return err
}

// Flush writes what is buffered.
func (t *Text) Flush() error { return outputError(t.w.Flush()) }

func outputError(err error) error {
	if err == nil {
		return nil
	}
	return &OutputError{err}
}

// settle ends the writing of a record. An error of the writer is kept in it.
func (t *Text) settle() error {
	if t.LineBuffered {
		return t.Flush()
	}
	_, err := t.w.Write(nil)
	return outputError(err)
}

// Gap writes the separator of groups.
func (t *Text) Gap() error {
	if t.NoSeparator {
		return nil
	}
	t.colored(t.Colors.Separator, t.Separator)
	t.w.WriteByte('\n')
	return t.settle()
}

// Record writes a record, or its matches.
func (t *Text) Record(r *Record) (ok bool, err error) {
	if t.OnlyMatching {
		ok = t.matches(r)
	} else if ok = !t.check || r.Valid || t.valid(r.Bytes); ok {
		t.prefix(r, 0, len(r.Bytes) > 0 && r.Bytes[0] != t.terminator)
		t.line(r)
	}
	return ok, t.settle()
}

// matches writes the matches in a record, a line each.
func (t *Text) matches(r *Record) (ok bool) {
	if t.invert != r.Context {
		return true
	}
	for m := range t.found(r) {
		b := r.Bytes[m.Start:m.End]
		if t.check && !t.valid(b) {
			return false
		}
		t.prefix(r, m.Start, true)
		t.coloredBytes(t.Colors.match(r.Context), b)
		t.w.WriteByte(t.terminator)
	}
	return true
}

// found yields the matches in a record that has some: a selected one, or a
// context record of inverted matching.
func (t *Text) found(r *Record) iter.Seq[span.Span] {
	if r.Matches != nil && !t.invert {
		return r.Matches
	}
	return grep.Matches(t.search, t.spec.Body(r.Bytes))
}

// line writes a record and its terminator.
func (t *Text) line(r *Record) {
	b := r.Bytes
	if t.Colors != (Colors{}) {
		b = t.highlight(r)
	}
	t.w.Write(b)
	if n := len(r.Bytes); n == 0 || r.Bytes[n-1] != t.terminator {
		t.w.WriteByte(t.terminator)
	}
}

// prefix writes what stands before a record, or before its bytes from offset
// at on.
func (t *Text) prefix(r *Record, at int64, text bool) {
	sep := ":"
	if r.Context {
		sep = "-"
	}
	if t.Filename {
		t.colored(t.Colors.Filename, r.Name)
		t.nameEnd(sep)
	}
	if t.LineNumber {
		t.number(t.Colors.LineNumber, r.Line, t.width(r), sep)
	}
	if t.ByteOffset {
		if r.Origin != nil {
			at = r.Origin(at)
		}
		t.number(t.Colors.ByteOffset, uint64(r.Start+at), t.width(r), sep)
	}
	if t.InitialTab && text && (t.Filename || t.LineNumber || t.ByteOffset) {
		t.w.WriteByte('\t')
	}
}

// width is that of the numbers before a record: the digits of the greatest
// there may be, where tabs line up what follows.
func (t *Text) width(r *Record) int {
	if !t.InitialTab {
		return 0
	}
	most := uint64(math.MaxInt64)
	if r.Size >= 0 {
		most = uint64(r.Size)
		if t.LineNumber {
			most++ // the number of lines, had they no bytes but terminators
		}
	}
	return len(strconv.AppendUint(t.digits[:0], most, 10))
}

func (t *Text) number(color string, n uint64, width int, sep string) {
	b := strconv.AppendUint(t.digits[:0], n, 10)
	t.begin(color)
	for range width - len(b) {
		t.w.WriteByte(' ')
	}
	t.w.Write(b)
	t.end(color)
	t.colored(t.Colors.Separator, sep)
}

// nameEnd writes what follows the name of an input.
func (t *Text) nameEnd(sep string) {
	if t.NullName {
		t.w.WriteByte(0)
	} else {
		t.colored(t.Colors.Separator, sep)
	}
}

// End writes the number of selected records of an input, or its name.
func (t *Text) End(s *Summary) error {
	if t.Count {
		if t.Filename {
			t.colored(t.Colors.Filename, s.Name)
			t.nameEnd(":")
		}
		fmt.Fprintln(t.w, s.Selected)
	}
	if t.Matching == ListMatching && s.Selected > 0 || t.Matching == ListOthers && s.Selected == 0 {
		t.colored(t.Colors.Filename, s.Name)
		if t.NullName {
			t.w.WriteByte(0)
		} else {
			t.w.WriteByte('\n')
		}
	}
	return t.settle()
}
