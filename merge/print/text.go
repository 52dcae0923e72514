package print

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"strconv"

	"github.com/linefork/linefork/merge/output"
	"github.com/linefork/linefork/worker/grep"
	"github.com/linefork/linefork/worker/span"
)

// Format is how a Text writes what it shows. The zero value writes records as they
// stand, and "--" between groups of them.
type Format struct {
	Count    bool    // write the number of selected records of each input instead
	Matching Listing // write names of inputs instead
	// What stands before each record, each followed by a colon or, in context, a dash:
	// the input's name, the record's number from 1, its offset in bytes.
	Filename   bool
	LineNumber bool
	ByteOffset bool

	NullName     bool    // NUL after a file name, instead of a colon or LF
	InitialTab   bool    // a tab before the record itself
	OnlyMatching bool    // of each record, its matches, a line each
	Separator    *string // the line between groups of records; nil: "--"
	NoSeparator  bool    // there is none
	LineBuffered bool    // each record is written at once
	Colors       Colors
}

// Listing is which names of inputs are written.
type Listing uint8

const (
	ListNone     Listing = iota
	ListMatching         // those with a selected record
	ListOthers           // those without
)

// Text writes lines.
type Text struct {
	Format
	w          *output.Writer
	terminator byte
	invert     bool
	check      bool                     // for encoding errors
	valid      func(record []byte) bool // reports that there is none
	plain      bool                     // see plain.go
	search     Search
	digits     [20]byte
}

// Search yields the matches in a record, as offsets in it.
type Search func(record []byte) iter.Seq[span.Span]

// NewText returns a Text that writes to out. The spec is for records as they are
// printed. Search finds the matches in context records, where these are the ones
// that have some (under grep -v); it may be nil if neither matches nor colors
// are to be shown then.
func NewText(out output.Output, f Format, spec *grep.Spec, search Search) *Text {
	return &Text{
		Format:     f,
		w:          output.NewWriter(out),
		terminator: spec.Terminator(),
		invert:     spec.Invert,
		check:      spec.Binary != grep.Text && spec.Pattern.UTF8,
		valid:      spec.Validator(),
		plain:      f.isPlain(spec.Invert),
		search:     search,
	}
}

// Encoding says that records are written in UTF-16 from now on, of this byte
// order, or as they are.
func (t *Text) Encoding(order binary.ByteOrder) error { return t.w.Encoding(order) }

// Verbatim returns the writer for records that are written as they stand.
func (t *Text) Verbatim() *bufio.Writer { return t.w.Writer }

// Written ends the writing of a record. An error of the writer is kept in it.
func (t *Text) Written() error {
	if t.LineBuffered {
		return t.Flush()
	}
	_, err := t.w.Write(nil)
	return err
}

// Flush writes what is buffered.
func (t *Text) Flush() error { return t.w.Flush() }

// Close writes what is buffered.
func (t *Text) Close() error { return t.Flush() }

// Gap writes the separator of groups.
func (t *Text) Gap() error {
	if t.NoSeparator {
		return nil
	}
	separator := "--"
	if t.Separator != nil {
		separator = *t.Separator
	}
	t.colored(t.Colors.Separator, separator)
	t.w.WriteByte('\n')
	return t.Written()
}

// Record writes a record, or its matches; ok is false if an encoding error keeps
// it from being shown.
func (t *Text) Record(r *Record) (ok bool, err error) {
	switch check := t.check && !r.Valid; {
	case t.OnlyMatching && t.plain && !r.Context:
		if ok, err = t.lines(r, check); !t.LineBuffered {
			return ok, err
		}
	case t.OnlyMatching:
		if ok, err = t.matches(r, check); !t.LineBuffered {
			return ok, err
		}
	case check && !t.valid(r.Bytes):
	case t.plain && !r.Context:
		ok = true
		if err = t.line(r, 0, r.Bytes); !t.LineBuffered {
			return ok, err
		}
	default:
		ok = true
		t.prefix(r, 0, len(r.Bytes) > 0 && r.Bytes[0] != t.terminator)
		t.whole(r)
	}
	return ok, t.Written()
}

// matches writes the matches in a record, a line each.
func (t *Text) matches(r *Record, check bool) (ok bool, err error) {
	if t.invert != r.Context {
		return true, nil
	}
	for m := range t.found(r) {
		b := r.Bytes[m.Start:m.End]
		if check && !t.valid(b) {
			return false, nil
		}
		t.prefix(r, m.Start, true)
		t.coloredBytes(t.Colors.match(r.Context), b)
		if err := t.w.WriteByte(t.terminator); err != nil {
			return true, err
		}
	}
	return true, nil
}

// found yields the matches in a record that has some: a selected one, or a
// context record of inverted matching.
func (t *Text) found(r *Record) iter.Seq[span.Span] {
	if r.Matches == nil || t.invert {
		return t.search(r.Bytes)
	}
	return func(yield func(span.Span) bool) {
		for m, more := r.Matches(); more && yield(m); m, more = r.Matches() {
		}
	}
}

// whole writes a record and its terminator.
func (t *Text) whole(r *Record) {
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
		t.number(t.Colors.ByteOffset, uint64(r.offset(at)), t.width(r), sep)
	}
	if t.InitialTab && text && t.hasPrefix() {
		t.w.WriteByte('\t')
	}
}

func (f *Format) hasPrefix() bool { return f.Filename || f.LineNumber || f.ByteOffset }

// offset is that in the input of the byte at offset at of a record.
func (r *Record) offset(at int64) int64 {
	if r.Origin != nil && at > 0 {
		at = r.Origin(at)
	}
	return r.Start + at
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
	return t.Written()
}
