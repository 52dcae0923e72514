package multi

const (
	blockLen = 64 // positions that a filter marks at once
	maxTiers = 3
	maxReach = 64 // bytes after its block that a filter may look at
)

// tier is the needles of some lengths, and the filter that finds where one may start. Without the
// short ones, which allow only a weak filter, long needles can have a strong one.
type tier struct {
	needles *dictionary
	filter  filter
}

// filter is a teddy or a grams.
type filter struct {
	teddy *teddy
	grams *grams
}

// mark sets bit i of dst[k] if a needle may start at position i of block k of b. After the last of
// these blocks b must continue for the filter's reach.
func (f *filter) mark(dst []uint64, b []byte) {
	if f.teddy != nil {
		f.teddy.mark(dst, b)
	} else {
		f.grams.mark(dst, b)
	}
}

// reach returns the number of bytes after a block that the filter may look at.
func (f *filter) reach() int {
	if f.teddy != nil {
		return f.teddy.reach()
	}
	return f.grams.reach()
}

// markAll is mark for b that may end anywhere after the start of the last block.
func (f *filter) markAll(dst []uint64, b []byte) {
	whole := max(min(len(dst), (len(b)-f.reach())/blockLen), 0)
	if whole > 0 {
		f.mark(dst[:whole], b)
	}
	if whole < len(dst) {
		f.markLast(dst[whole:], b[whole*blockLen:])
	}
}

// markLast marks the blocks in copies of the end of b, since the filter would look at bytes after
// it.
func (f *filter) markLast(dst []uint64, b []byte) {
	for k := range dst {
		var last [blockLen + maxReach]byte
		size := copy(last[:], b[k*blockLen:])
		f.mark(dst[k:k+1], last[:])
		if size < blockLen {
			dst[k] &= 1<<size - 1
		}
	}
}
