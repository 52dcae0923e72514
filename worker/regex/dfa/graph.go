package dfa

import "github.com/linefork/linefork/worker/regex/syntax"

// graph is the nondeterministic automaton in one direction of reading. That of the other direction
// has the same nodes and reversed arcs.
type graph struct {
	entry, accept int32
	// loop is one more node: it reads any byte and stays, and it leads to entry, so that a match
	// may start at each position.
	loop int32

	// The moves of node n are moves[firstMove[n]:firstMove[n+1]]; likewise for its jumps.
	moves     []move
	jumps     []jump
	firstMove []int32
	firstJump []int32

	// useful has, for each node, the cases in which it matters to be there: those in which it has a
	// move for the next byte, and all for the accepting node.
	useful []cases
}

// move reads a byte of a set.
type move struct{ set, to int32 }

// jump reads nothing; it can be taken where look holds.
type jump struct {
	to   int32
	look syntax.Look
}

// newGraph returns the graph of the arcs, which include those of the node loop, the last one.
func newGraph(arcs []arc, entry, accept, loop int32) graph {
	g := graph{
		entry: entry, accept: accept, loop: loop,
		firstMove: make([]int32, loop+2),
		firstJump: make([]int32, loop+2),
		useful:    make([]cases, loop+1),
	}
	for _, a := range arcs {
		if a.set == noSet {
			g.firstJump[a.from+1]++
		} else {
			g.firstMove[a.from+1]++
		}
	}
	for n := range g.useful {
		g.firstMove[n+1] += g.firstMove[n]
		g.firstJump[n+1] += g.firstJump[n]
	}
	g.moves = make([]move, g.firstMove[loop+1])
	g.jumps = make([]jump, g.firstJump[loop+1])
	// Each first index moves on to that of the next node while its node is filled.
	for _, a := range arcs {
		if a.set == noSet {
			g.jumps[g.firstJump[a.from]] = jump{a.to, a.look}
			g.firstJump[a.from]++
		} else {
			g.moves[g.firstMove[a.from]] = move{a.set, a.to}
			g.firstMove[a.from]++
		}
	}
	copy(g.firstMove[1:], g.firstMove)
	copy(g.firstJump[1:], g.firstJump)
	g.firstMove[0], g.firstJump[0] = 0, 0
	return g
}

func (g *graph) movesOf(n int32) []move { return g.moves[g.firstMove[n]:g.firstMove[n+1]] }
func (g *graph) jumpsOf(n int32) []jump { return g.jumps[g.firstJump[n]:g.firstJump[n+1]] }

// findUseful computes g.useful from what the bytes of each set may be.
func (g *graph) findUseful(setCases []cases) {
	for n := range g.useful {
		for _, m := range g.movesOf(int32(n)) {
			g.useful[n] |= setCases[m.set]
		}
	}
	g.useful[g.accept] = allCases
}
