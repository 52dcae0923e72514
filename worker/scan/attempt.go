package scan

// A false candidate costs about as much as searching a hundred bytes. If there are many of them the
// triple is no good, and bytes.Index, slower but steady, takes a stretch before the triple gets its
// next attempt.
const (
	missesFree   = 16   // false candidates that an attempt may have at once
	missDistance = 16   // bytes to pass for each further one
	stretchLen   = 4096 // minimum of bytes left to bytes.Index
)

// attempt is one attempt of the triple search. It lasts until there have been too many false
// candidates.
type attempt struct {
	start  int
	pos    int // where the search continues
	misses int
}

func newAttempt(pos int) attempt {
	return attempt{start: pos, pos: pos}
}

// miss notes a false candidate at position i, moves past it, and reports whether it was one too
// many.
func (a *attempt) miss(i int) bool {
	a.pos = i + 1
	a.misses++
	return a.misses > missesFree+(a.pos-a.start)/missDistance
}

// stretchEnd returns the end of the positions to leave to bytes.Index. It allows for the length of
// the needle, since bytes.Index may spend time on each call to prepare for a long needle.
func (f *Finder) stretchEnd(b []byte, from int) int {
	return min(len(b), from+stretchLen+4*len(f.needle))
}
