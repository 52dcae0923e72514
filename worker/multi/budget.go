package multi

// A lookup in the dictionary costs little, unless a needle is compared far and then differs after
// all. With some texts and needles, especially periodic ones, this happens at each position. Then
// the automaton, slower but steady, takes a stretch before the dictionary gets its next attempt.
const (
	workFree       = 512     // units of work that an attempt may spend at once
	workPerByte    = 4       // and for each byte passed
	stretchLen     = 4 << 10 // minimum of bytes left to the automaton
	stretchNeedles = 4       // and for each byte of the longest needle
)

// budget limits the work of an attempt to a multiple of the bytes it passes. A unit is the
// comparison of some 8 bytes, or one step from needle to needle.
type budget struct {
	start int // where the attempt started
	work  int
}

func newBudget(pos int) budget { return budget{start: pos} }

// spent reports whether an attempt that got to pos has worked too much.
func (b *budget) spent(pos int) bool {
	return b.work > workFree+(pos-b.start)*workPerByte
}
