package run

import "github.com/linefork/linefork/split"

const (
	// streamRange is the range size for a stream: its ranges are held in memory.
	streamRange = 4 << 20
	// decodedRange is short, since workers hold the text of such a range.
	decodedRange = 4 << 20
	// matchesRange is short, since matches may take more bytes than what they stand
	// in: one that is a byte long may take two.
	matchesRange = 2 << 20
	// maxKeysRange is the longest range, in bytes, whose keys a worker can surely
	// send.
	maxKeysRange = 1 << 30
	// maxAhead bounds the open inputs where each is one range.
	maxAhead = 1 << 10
)

// sizes are those of the ranges of an input, most the greatest of them if the user
// has not said so.
func (o *Options) sizes(src split.Source, most int64) split.Sizes {
	switch {
	case o.RangeSize > 0:
		return split.Fixed(o.RangeSize)
	case src.Stream():
		return split.Fixed(o.within(streamRange))
	}
	return split.Guided(o.within(most), o.processes())
}

// within is a length of ranges, or as much as there is room for.
func (o *Options) within(most int64) int64 {
	if o.longest > 0 {
		return min(most, o.longest)
	}
	return most
}

// paced are those sizes where the greatest changes with p. It returns p, or nil if
// the ranges of this input do not change.
func (o *Options) paced(src split.Source, p *split.Pace) (split.Sizes, *split.Pace) {
	if o.RangeSize > 0 || src.Stream() {
		return o.sizes(src, 0), nil
	}
	if o.longest > 0 {
		return o.sizes(src, split.MediumRange), nil // and no longer
	}
	return p.Guided(o.processes()), p
}
