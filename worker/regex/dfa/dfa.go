package dfa

import "github.com/linefork/linefork/worker/regex/syntax"

// Fallback decides where the automaton declines.
type Fallback interface {
	// Match reports whether a record, without its terminator, contains a match.
	Match(line []byte) bool
	// Find returns the leftmost-longest match that starts at or after from.
	Find(line []byte, from int) (start, end int, ok bool)
}

// Options are what a Program must know besides the tree.
type Options struct {
	// Terminator ends a record: '\n', or 0 under -z.
	Terminator byte
	// UTF8 says that records are in UTF-8: words may have characters beyond ASCII, and a byte from
	// 0x80 on does not tell whether it is part of one, or of any character.
	UTF8 bool
}

// The limits of a Program. An arc and its node take some 20 bytes in each of the two graphs.
const (
	maxArcs  = 250_000
	maxSteps = 1 << 20
)

// cacheLimit is how many bytes the states of one direction may take in a Machine.
const cacheLimit = 4 << 20

// Program is a compiled tree. It is immutable and may be shared.
type Program struct {
	Options
	sets             []label
	sides            [256]sides
	classes          classes
	forward, reverse graph

	// Constants, except in tests.
	cacheLimit, leastPiece int
}

// Compile returns the Program of a tree. It returns an error if the tree has a back-reference, or
// if its automaton would be too large.
func Compile(n *syntax.Node, o Options) (*Program, error) {
	c := compiler{utf8: o.UTF8, setID: make(map[label]int32)}
	start := c.node()
	end := c.compile(n, start)
	if c.err != nil {
		return nil, c.err
	}
	loop := c.node()
	c.read(loop, loop, label{byteSet: byteSet{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}})
	c.skip(loop, start)
	if c.err != nil {
		return nil, c.err
	}

	p := &Program{Options: o, sets: c.sets, cacheLimit: cacheLimit, leastPiece: leastPiece}
	for b := range p.sides {
		p.sides[b] = o.sidesOf(byte(b))
	}
	p.classes = newClasses(c.sets, &p.sides)
	p.forward = newGraph(c.arcs, start, end, loop)
	for i, a := range c.arcs {
		switch {
		case a.from != loop:
			c.arcs[i] = arc{from: a.to, to: a.from, set: a.set, look: mirror(a.look)}
		case a.set == noSet:
			c.arcs[i].to = end
		}
	}
	p.reverse = newGraph(c.arcs, end, start, loop)

	setCases := make([]cases, len(c.sets))
	for i := range c.sets {
		for b := range p.sides {
			if byte(b) != o.Terminator && c.sets[i].has(byte(b)) {
				setCases[i] |= casesBefore(p.sides[b])
			}
		}
	}
	p.forward.findUseful(setCases)
	p.reverse.findUseful(setCases)
	return p, nil
}

// Machine runs a Program for one goroutine. It keeps the states it has built.
type Machine struct {
	p        *Program
	fallback Fallback
	forward  automaton
	reverse  automaton
	lines    lines
}

// Machine returns a Machine that leaves what a DFA cannot do to f.
func (p *Program) Machine(f Fallback) *Machine {
	return &Machine{
		p: p, fallback: f,
		forward: newAutomaton(p, &p.forward),
		reverse: newAutomaton(p, &p.reverse),
	}
}
