package syntax

// Pattern is a list of patterns that have been read. It matches where one of them does.
type Pattern struct {
	// Literals are the patterns that are plain strings, anchored or not, as written: under FoldCase
	// they are yet to be folded.
	Literals []Literal
	Others   *Node // the rest, folded under FoldCase; nil if there is none
	Options  Options
	Backrefs bool // Others contains a back-reference

	// Warnings are what GNU grep 3.8 says after "grep: warning: ".
	Warnings []string
}

// Literal is a pattern that is a plain string.
type Literal struct {
	Text []byte
	// Begin and End say that a record must start, or end, with Text. Neither is set under Words
	// without Lines.
	Begin, End bool
}

// Parse reads a list of patterns, none of which contains a newline. An empty list matches nothing.
// The error joins the first [Error] of each pattern that has one; or it is [ErrTooDeep].
//
// The result shares memory with the patterns.
func Parse(patterns [][]byte, o Options) (*Pattern, error) {
	l := list{Pattern: Pattern{Options: o}}
	if err := l.read(patterns); err != nil {
		return nil, err
	}
	p := l.Pattern // without the rest of l, which is large
	return &p, nil
}

// Tree returns all of the pattern, including -i, -w and -x. It is larger than the literals by some
// hundred bytes each.
func (p *Pattern) Tree() *Node {
	nodes := make([]*Node, 0, len(p.Literals)+1)
	for _, l := range p.Literals {
		nodes = append(nodes, p.anchor(l))
	}
	if p.Others != nil {
		nodes = append(nodes, p.Others)
	}
	n := alternate(nodes)
	switch {
	case p.Options.Lines:
		return concat(&Node{Op: OpLook, Look: Begin}, n, &Node{Op: OpLook, Look: End})
	case p.Options.Words:
		return concat(&Node{Op: OpLook, Look: NoWordBefore}, n, &Node{Op: OpLook, Look: NoWordAfter})
	}
	return n
}

// anchor returns the node for a literal with its anchors.
func (p *Pattern) anchor(l Literal) *Node {
	n := p.fold(l.Text)
	if l.Begin {
		n = concat(&Node{Op: OpLook, Look: Begin}, n)
	}
	if l.End {
		n = concat(n, &Node{Op: OpLook, Look: End})
	}
	return n
}

// fold returns the node for the text of a literal.
func (p *Pattern) fold(b []byte) *Node {
	if !p.Options.FoldCase {
		return literal(b)
	}
	f := parser{Options: p.Options, src: b}
	return f.fixed()
}
