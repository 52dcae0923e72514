package run

import (
	"errors"
	"fmt"

	"github.com/linefork/linefork/merge"
)

// ErrLimit is an [*UnsureError].
var ErrLimit = errors.New("limit of the matcher exceeded")

// UnsureError is for an input with lines about which a pattern takes too many steps, or too much
// memory, to decide: they are not selected, whether or not lines without a match are; or to find the
// matches in them, which are then not written. All other lines are as they should be.
type UnsureError struct {
	Lines  uint64 // how many there are
	Line   uint64 // number of the first; 0 if it is not known
	Offset int64  // of the first
	Reason string // what it exceeded
}

func (e *UnsureError) Error() string {
	where := fmt.Sprintf("line %d", e.Line)
	if e.Line == 0 {
		where = fmt.Sprintf("line at offset %d", e.Offset)
	}
	if e.Lines > 1 {
		where += fmt.Sprintf(" and %d more", e.Lines-1)
	}
	return where + ": " + e.Reason
}

// Is reports whether target is [ErrLimit].
func (e *UnsureError) Is(target error) bool { return target == ErrLimit }

// reportUnsure reports the lines of an input that could not be decided about.
func (g *search) reportUnsure(in *input) {
	if g.merge.Unsure.Records == 0 {
		return
	}
	g.merge.FindUnsure()
	u := &g.merge.Unsure
	g.report(Message{Input: in.name, Err: unsureError(u, in)})
}

func unsureError(u *merge.Unsure, in *input) *UnsureError {
	e := &UnsureError{Lines: u.Records, Line: u.Line, Offset: u.First, Reason: u.Reason}
	if in.src != nil {
		e.Offset -= in.src.Start()
	}
	return e
}
