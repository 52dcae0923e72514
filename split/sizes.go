package split

// Sizes says how long the ranges of an input are, in bytes. Ranges are long while much of the input
// is left, which saves round trips, and short near its end, so that no worker is still busy when
// the others are done: guided self-scheduling (C. D. Polychronopoulos, D. J. Kuck, 1987).
type Sizes struct {
	Most  int64 // length of the first ranges
	Least int64 // length of the last ones
	// Pace, if set, replaces Most as the run goes on.
	Pace *Pace
	// Share limits a range to one Share-th of the bytes that are left, but not below Least: Most is
	// halved until it fits.
	Share int64
}

// Fixed returns sizes for ranges that all have this length.
func Fixed(size int64) Sizes { return Sizes{Most: size, Least: size, Share: 1} }

// Default lengths. A range must be so long that its scan (2 ms for 32 MiB at memory speed) dwarfs
// its round trip: some 30 µs of the coordinator, and the unmapping of its window, which interrupts
// the other cores. Except for small inputs, all are multiples of the 2 MiB huge page, so that
// windows on large folios of the page cache can be mapped in huge steps.
const (
	// LongRange is for results of a few numbers.
	LongRange = 1 << 30
	// MediumRange is for results that may hold many spans, which wait in memory for their turn. If
	// they turn out to be few, a [Pace] makes ranges longer.
	MediumRange = 32 << 20

	leastRange = 1 << 20
)

// Guided returns sizes for so many workers, of at most so many bytes.
func Guided(most int64, workers int) Sizes {
	return Sizes{Most: most, Least: min(most, leastRange), Share: 2 * int64(workers)}
}

// next is the length of the next range when left bytes are left.
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
