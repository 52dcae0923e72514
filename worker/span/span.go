// Package span encodes where in its range a worker found something: as offsets and lengths, three
// or four bytes for a short record, so that the records themselves need not travel where the
// coordinator can read them too.
//
//	var e span.Encoder
//	e.Add(span.Span{Start: 0, End: 24})
//	e.Add(span.Span{Start: 24, End: 50}) // joined with the previous one
//	for s := range e.List().All(false) { … }
package span

import (
	"encoding/binary"
	"iter"
)

// Span is the bytes [Start, End) of a range. In a numbered list, Line is the number of record
// terminators before Start.
type Span struct {
	Start, End int64
	Line       uint64
}

// List is a list of spans in order. Each is encoded as unsigned varints: the gap since the end of
// the previous span, the length and, in a numbered list, the terminators since the start of the
// previous span.
type List []byte

// All yields the spans of a list, which is numbered if its encoder was. It stops silently at bytes
// that are not a valid list.
func (l List) All(numbered bool) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for r := (Reader{List: l, Numbered: numbered}); r.Next(); {
			if !yield(r.Span) {
				return
			}
		}
	}
}

// Reader reads a List span by span, for callers that read two at once.
type Reader struct {
	List     List // what is left
	Numbered bool // as its encoder was
	Span     Span // the last one read
}

// Next reads a span and reports whether there was one.
func (r *Reader) Next() bool {
	gap, n := binary.Uvarint(r.List)
	length, m := binary.Uvarint(r.List[max(n, 0):])
	if n <= 0 || m <= 0 {
		return false
	}
	r.List = r.List[n+m:]
	if r.Numbered {
		lines, n := binary.Uvarint(r.List)
		if n <= 0 {
			return false
		}
		r.List = r.List[n:]
		r.Span.Line += lines
	}
	r.Span.Start = r.Span.End + int64(gap)
	r.Span.End = r.Span.Start + int64(length)
	return true
}

// Encoder encodes a List.
type Encoder struct {
	// Numbered stores the lines of spans, and keeps spans apart.
	Numbered bool
	// Apart keeps adjacent spans apart, which are otherwise joined. Spans may then be empty.
	Apart bool

	list    List
	pending Span // the last span, if it may still grow
	last    Span // the last one in list
}

// Add appends a span that starts at or after the end of the last one.
func (e *Encoder) Add(s Span) {
	if e.Numbered || e.Apart {
		e.encode(s)
		return
	}
	if s.Start == e.pending.End && e.pending.End > e.pending.Start {
		e.pending.End = s.End
		return
	}
	e.flush()
	e.pending = s
}

func (e *Encoder) encode(s Span) {
	e.list = binary.AppendUvarint(e.list, uint64(s.Start-e.last.End))
	e.list = binary.AppendUvarint(e.list, uint64(s.End-s.Start))
	if e.Numbered {
		e.list = binary.AppendUvarint(e.list, s.Line-e.last.Line)
	}
	e.last = s
}

func (e *Encoder) flush() {
	if e.pending.End > e.pending.Start {
		e.encode(e.pending)
		e.pending = Span{}
	}
}

// List returns what was added so far. It belongs to the encoder until Reset.
func (e *Encoder) List() List {
	e.flush()
	return e.list
}

// Size returns the length of the list in bytes so far.
func (e *Encoder) Size() int { return len(e.list) }

// Reset empties the encoder; lists that it returned stay valid.
func (e *Encoder) Reset() { *e = Encoder{Numbered: e.Numbered, Apart: e.Apart} }
