package split

// Sizes says how long the ranges of an input are, in bytes. They are long while
// much of the input is left, so that few round trips are made, and short at its
// end, so that no worker has much left to do when the others are done: guided
// self-scheduling (C. D. Polychronopoulos, D. J. Kuck, 1987).
type Sizes struct {
	Most  int64 // the length of the first ranges
	Least int64 // that of the last ones
	// Pace, if set, says what has taken the place of Most.
	Pace *Pace
	// Share is into how many parts what is left is divided; a range is no longer
	// than one of them, but for Least. Most is halved until it fits.
	Share int64
}

// Fixed is for ranges that are all of this length.
func Fixed(size int64) Sizes { return Sizes{Most: size, Least: size, Share: 1} }

// How long ranges are that no user has set. A range must be long enough for its
// round trip (some 30 µs of the coordinator, and the unmapping of its window,
// which interrupts the other cores) to be lost in its scan (2 ms for 32 MiB at
// memory speed). All are multiples of the 2 MiB huge page, but for small inputs,
// so that windows of large-folio page cache can be mapped in huge steps.
const (
	// LongRange is for results that are a few numbers.
	LongRange = 1 << 30
	// MediumRange is for results that hold the places of many records, which
	// wait in memory for their turn. Where they turn out to be few, a [Pace] makes
	// ranges longer.
	MediumRange = 32 << 20

	leastRange = 1 << 20
)

// Guided are sizes for so many workers, of at most so many bytes.
func Guided(most int64, workers int) Sizes {
	return Sizes{Most: most, Least: min(most, leastRange), Share: 2 * int64(workers)}
}

// next is the length of the next range, when left bytes are left.
func (s Sizes) next(left int64) int64 {
	n := s.Most
	if s.Pace != nil {
		n = s.Pace.most.Load()
	}
	for n > s.Least && n > left/s.Share {
		n /= 2
	}
	return max(n, s.Least)
}
