// Package split turns an input into newline-aligned byte ranges that can be
// worked on apart from each other.
//
// # Use
//
// [OpenSource] opens a file and gives a [Source]; [Source.Ranges] yields its ranges in
// file order, each found only when it is asked for:
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
// A record is the bytes up to and including its terminator; the last record
// of a file may lack it. A range holds the records that start in it, so ranges
// are disjoint, in order, never empty, and together cover the file from the
// offset asked for. A tentative cut stands at a multiple of the range size
// and is moved to just past the next terminator: a cut costs the pages up to
// there, not a pass over the file, and a record longer than the range size
// makes its range longer instead of being cut.
//
// How long ranges are is up to [Sizes]: all alike, or long at first and short at
// the end ([Guided]), and longer still while little is found in them ([Pace]).
//
// Whether a terminator stands inside a quoted CSV field cannot be told from
// the bytes around it. A range is therefore aligned to lines, not to CSV
// records, and callers that need records settle that where both sides of a cut are
// known (package merge).
//
// The size of a regular file is taken once, when it is opened: what is
// appended later is not part of the input. An input that cannot be mapped (a
// pipe, a terminal, a file of /proc) is spooled; see [Source]. So is what a [Decode]
// recognizes and a [Decoder] reads: the text that an archive holds, or one in UTF-16.
//
// # Errors
//
// Those of opening are a *fs.PathError. What becomes of an input while it is read is an
// [ErrReplaced] or an [ErrTruncated] ([TruncatedError] says where); errors of a Decoder
// are its own.
//
// The package knows nothing of processes or patterns.
package split

import "fmt"

// Range is the half-open byte interval [Start, End) of one input. Both are
// offsets from the start of the file, or of the stream.
type Range struct{ Start, End int64 }

// Len is the number of bytes in the range.
func (r Range) Len() int64 { return r.End - r.Start }

func (r Range) String() string { return fmt.Sprintf("bytes [%d, %d)", r.Start, r.End) }
