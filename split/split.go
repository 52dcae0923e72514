// Package split turns an input into newline-aligned byte ranges that can be
// worked on apart from each other.
//
// # Use
//
// [Open] names an input as its user does (a path, or "-" for standard input)
// and gives a [Source]; [Source.Ranges] yields its ranges in file order, each
// found only when it is asked for:
//
//	src, err := split.Open("taxi.csv")
//	if err != nil { … }
//	defer src.Close()
//	for r, err := range src.Ranges(0, 16<<20, '\n') {
//		… // r holds whole lines
//	}
//
// # What is promised
//
// A record is the bytes up to and including its terminator; the last record
// of a file may lack it. A range holds the records that start in it, so ranges
// are disjoint, in order, never empty, and together cover the file from the
// offset asked for. A tentative cut stands at each multiple of the range size
// and is moved to just past the next terminator: a cut costs the pages up to
// there, not a pass over the file, and a record longer than the range size
// makes its range longer instead of being cut.
//
// Whether a terminator stands inside a quoted CSV field cannot be told from
// the bytes around it. A range is therefore aligned to lines, not to CSV
// records, and who needs records settles that where both sides of a cut are
// known (package merge).
//
// The size of a regular file is taken once, when it is opened: what is
// appended later is not part of the input. An input that cannot be mapped (a
// pipe, a terminal, a file of /proc) is spooled; see [Source].
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

// DefaultSize is the range size that [Size] approaches for large inputs, in
// bytes. A range must be long enough for its round trip (some 0.1 ms of the
// coordinator, and the unmapping of its window, which interrupts the other
// cores) to be lost in its scan (2 ms at memory speed), and short enough that
// the slowest worker at the end of a run does not hold it up and that a mapped
// window stays small. 16 MiB took 4 % longer on two cores. It is also a multiple
// of the 2 MiB huge page, so that windows of large-folio page cache can be
// mapped in huge steps.
const DefaultSize = 32 << 20

// Size is the range size for an input of size bytes and this many workers:
// DefaultSize, or less where that would leave a worker with fewer than four
// ranges, but not below 1 MiB.
func Size(size int64, workers int) int64 {
	const least = 1 << 20
	s := size / int64(4*workers)
	return max(least, min(DefaultSize, s&^(least-1)))
}
