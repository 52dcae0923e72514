// Package split cuts an input into newline-aligned byte ranges that can be processed independently.
//
// # Use
//
// [OpenSource] opens a file; [Open] and [Shared] do it in two steps, for callers that want to look
// at the input first. [Source.Ranges] yields the ranges in file order, and looks for each only when
// it is asked for:
//
//	src, err := split.OpenSource("taxi.csv", nil)
//	if err != nil { … }
//	defer src.Close()
//	for r, err := range src.Ranges(0, split.Fixed(16<<20), '\n') {
//		… // r holds whole lines
//	}
//
// # What is promised
//
// A record is the bytes up to and including its terminator; the last record of a file may lack it.
// A range holds the records that start in it, so ranges are disjoint, in order, never empty, and
// together cover the file from the given offset on.
//
// A tentative cut is made at a multiple of the range size and moved to just past the next
// terminator. So a cut costs the pages up to there, not a pass over the file, and a record longer
// than the range size makes its range longer instead of being cut.
//
// [Sizes] says how long ranges are: all alike ([Fixed]), or long at first and short at the end
// ([Guided]), and longer still while little is found in them ([Pace]).
//
// Whether a line feed is inside a quoted CSV field cannot be told from the bytes around it. Ranges
// are therefore aligned to lines, not to CSV records; package merge settles that where both sides
// of a cut are known.
//
// The size of a regular file is taken once, when it is opened: what is appended later is not part
// of the input. What cannot be mapped (a pipe, a terminal, a file in /proc) is spooled; see
// [Source]. So is the output of a [Decoder], such as the content of an archive.
//
// # Errors
//
// An input that cannot be opened is a *fs.PathError. One that changes while it is read is an
// [ErrReplaced] or an [ErrTruncated]; [TruncatedError] says where. A [Decoder] has errors of its own.
//
// The package knows nothing of processes or patterns.
package split

import (
	"bytes"
	"fmt"
)

// Range is the half-open byte interval [Start, End) of one input. Both are fileOffsets: they count
// from the start of the file or stream.
type Range struct{ Start, End int64 }

// Len is the number of bytes in the range.
func (r Range) Len() int64 { return r.End - r.Start }

func (r Range) String() string { return fmt.Sprintf("bytes [%d, %d)", r.Start, r.End) }

// firstEnd returns the offset in b of the first terminator; of the first NUL, if there is no
// terminator and orNUL is true; or -1.
func firstEnd(b []byte, terminator byte, orNUL bool) int {
	i := bytes.IndexByte(b, terminator)
	if i < 0 && orNUL {
		i = bytes.IndexByte(b, 0)
	}
	return i
}

// lastEnd returns the offset in b of the last terminator or, if orNUL is true and one follows, of the
// last NUL; or -1.
func lastEnd(b []byte, terminator byte, orNUL bool) int {
	i := bytes.LastIndexByte(b, terminator)
	if orNUL {
		if k := bytes.LastIndexByte(b[i+1:], 0); k >= 0 {
			return i + 1 + k
		}
	}
	return i
}
