package wc

import "math/bits"

// wordState carries the count of words from block to block.
type wordState struct {
	n  int64
	in uint64 // 1 inside a word, otherwise 0
}

// add counts the words that start in the blocks of ms.
func (w *wordState) add(ms []masks) {
	n, in := w.n, w.in
	for i := range ms {
		m := &ms[i]
		n, in = step(n, in, m.graph, m.blank|m.ctl)
	}
	w.n, w.in = n, in
}

// step counts the words that start in a block. In the sum, each bit of graph generates a carry,
// each bit of spaces kills it and all others propagate it: the carry into a bit says whether the
// byte before it is in a word.
func step(n int64, in, graph, spaces uint64) (int64, uint64) {
	sum, out := bits.Add64(^spaces, graph, in)
	before := sum ^ ^spaces ^ graph
	return n + int64(bits.OnesCount64(graph&^before)), out
}
