package regex

import "github.com/linefork/linefork/worker/regex/syntax"

// divide returns the union of strategies for pieces of p, which is too large for one DFA; or whole,
// the strategy for all of it, if p cannot be divided.
func (c *chooser) divide(p *syntax.Pattern, whole strategy) strategy {
	if p.Backrefs || p.Others == nil || p.Others.Op != syntax.OpAlternate || len(p.Others.Sub) < 2 {
		return whole
	}
	branches := p.Others.Sub
	n := min(len(branches), 2+weight(p.Others)/pieceWeight)
	var all strategy
	for i := range n {
		piece := *p
		if i > 0 {
			piece.Literals = nil // they are in the first piece
		}
		piece.Others = &syntax.Node{
			Op:  syntax.OpAlternate,
			Sub: branches[i*len(branches)/n : (i+1)*len(branches)/n],
		}
		next := c.posixTree(&piece)
		if i > 0 {
			next = &union{c.term, all, next}
		}
		all = next
	}
	return all
}

// pieceWeight is the weight of a piece that is sure to be small enough.
const pieceWeight = 100_000

// weight estimates the number of steps in an automaton for n.
func weight(n *syntax.Node) int {
	w := 1 + len(n.Literal)
	if n.Set != nil {
		w += 4 * len(n.Set.Runes)
	}
	for _, sub := range n.Sub {
		w += weight(sub)
	}
	if n.Op == syntax.OpRepeat {
		w *= max(1, n.Min, n.Max)
	}
	return min(w, 1<<30)
}
