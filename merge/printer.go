package merge

import (
	"iter"

	"github.com/linefork/linefork/worker/span"
)

// Printer writes what a grep shows. Its errors are an *OutputError. One that is
// not a *[Text] is asked for each record; see [grep.Spec.Each].
type Printer interface {
	// Record writes a record; ok is false for one that cannot be shown because
	// of an encoding error.
	Record(r *Record) (ok bool, err error)
	// Gap says that the next record does not follow the one before.
	Gap() error
	// End says that an input is done.
	End(s *Summary) error
	// Flush writes what is buffered.
	Flush() error
}

// Record is one record of an input.
type Record struct {
	Name    string // of the input
	Size    int64  // of the input, -1 if it is not known
	Bytes   []byte // with its terminator, which the last one may lack
	Start   int64  // its offset from the start of the input
	Line    uint64 // its number, from 1
	Context bool   // it was not selected
	Valid   bool   // it is known to have no encoding error
	// Matches yields the matches that the worker found, as offsets in Bytes.
	Matches iter.Seq[span.Span]
	// Origin, where Bytes are not as in the input, returns the offset in the
	// record there for an offset in Bytes; else nil.
	Origin func(at int64) int64
}

// Summary is what is known of an input at its end.
type Summary struct {
	Name     string
	Selected uint64 // records
	Hidden   bool   // some of them were not shown
	Searched int64  // bytes
}
