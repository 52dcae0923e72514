// Package print writes what a grep shows: [Text] as lines, [JSON] as JSON Lines in the
// form of ripgrep's. Both are printers of package merge, which calls them in this order.
//
//	p := print.NewText(output.Stream(os.Stdout), print.Format{LineNumber: true}, &spec, nil)
//	ok, err := p.Record(&print.Record{Name: "a.log", Bytes: line, Line: 7})
//	err = p.End(&print.Summary{Name: "a.log", Selected: 1})
//	…
//	err = p.Close()
//
// What they write is buffered: an error, always one of the output, may be returned by a
// later call than the one that wrote.
// Offsets count from the start of the input, in bytes, and lines from 1.
package print

import "github.com/linefork/linefork/worker/span"

// Record is one record of an input.
type Record struct {
	Name    string // of the input
	Size    int64  // of the input in bytes, -1 if it is not known
	Bytes   []byte // with its terminator, which the last one may lack
	Start   int64  // its offset from the start of the input, in bytes
	Line    uint64 // its number, from 1
	Context bool   // it was not selected
	Valid   bool   // it is known to have no encoding error
	// Matches returns the next of the matches that the worker found, as offsets in
	// Bytes; more is false after the last. It is nil where it looked for none.
	Matches func() (m span.Span, more bool)
	// Origin, where Bytes are not as in the input, returns the offset in the
	// record there for an offset in Bytes; else nil.
	Origin func(at int64) int64
}

// Summary is what is known of an input at its end.
type Summary struct {
	Name     string
	Selected uint64 // records
	Searched int64  // bytes
}
