package regex

import "github.com/linefork/linefork/worker/regex/syntax"

// parts returns the union of plans for parts of p, which is too large for one
// DFA; or whole, the plan for all of it, where p cannot be taken apart.
func (c *planner) parts(p *syntax.Pattern, whole plan) plan {
	if p.Backrefs || p.Others == nil || p.Others.Op != syntax.OpAlternate || len(p.Others.Sub) < 2 {
		return whole
	}
	branches := p.Others.Sub
	n := min(len(branches), 2+weight(p.Others)/partWeight)
	var all plan
	for i := range n {
		part := *p
		if i > 0 {
			part.Literals = nil // they are in the first part
		}
		part.Others = &syntax.Node{
			Op:  syntax.OpAlternate,
			Sub: branches[i*len(branches)/n : (i+1)*len(branches)/n],
		}
		plan := c.posixTree(&part)
		if i > 0 {
			plan = &union{c.term, all, plan}
		}
		all = plan
	}
	return all
}

// partWeight is the weight of a part that is sure to be small enough.
const partWeight = 100_000

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
