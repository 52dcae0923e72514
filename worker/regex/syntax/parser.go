package syntax

// reader says whose reading of a pattern is followed.
type reader uint8

const (
	byGlibc reader = iota
	byDFA
)

// parser reads one pattern, by recursive descent.
type parser struct {
	Options
	reader
	byCharacter bool // a byte that is not part of a character does not match within one

	special *[256]bool // see specialBytes; nil if not known

	src  []byte
	pos  int
	last kind // of the last token; kindEnd at the start
	// start holds until the branch has something that can be repeated. Unlike in last, anchors do
	// not count.
	start    bool
	ordinary int // 1 + the position of a brace that turned out to open nothing

	depth  int // of parentheses
	groups int // opened so far
	closed [10]bool

	found    findings
	warnings []string
}

// findings are what reading a pattern has shown.
type findings struct {
	backrefs  bool
	readers   bool // the two readers differ in the structure
	needGlibc bool // the DFA leaves the decision to glibc
	wide      bool // glibc goes by characters, not by bytes
	invalid   bool // there is a byte that is not part of a character
	confusing bool // [:space:] outside of brackets
	brace     bool // an expression starts with a brace that is not a repetition
}

func (f *findings) join(g findings) {
	f.backrefs = f.backrefs || g.backrefs
	f.readers = f.readers || g.readers
	f.needGlibc = f.needGlibc || g.needGlibc
	f.wide = f.wide || g.wide
	f.invalid = f.invalid || g.invalid
	f.confusing = f.confusing || g.confusing
	f.brace = f.brace || g.brace
}

// parse reads src. Its groups are numbered as written.
func (p *parser) parse(src []byte) (n *Node, err *Error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case reason:
			err = &Error{Reason: string(r)}
		default:
			panic(r)
		}
	}()
	p.src, p.start = src, true
	if p.Language == Fixed {
		return p.fixed(), nil
	}
	return p.expression(), nil
}

// fixed reads a pattern of plain characters.
func (p *parser) fixed() *Node {
	var s sequence
	for t := p.charAt(0); t.size > 0; t = p.charAt(p.pos) {
		s.add(p.char(t))
	}
	return s.node()
}

// expression reads branches up to the end or a closing parenthesis. Back-references do not reach
// into other branches.
func (p *parser) expression() *Node {
	before := p.closed
	branches := []*Node{p.branch()}
	for p.peek().kind == kindOr {
		p.take()
		p.start = true
		all := p.closed
		p.closed = before
		branches = append(branches, p.branch())
		for i := range all {
			p.closed[i] = p.closed[i] || all[i]
		}
	}
	return alternate(branches)
}

// ends reports whether t ends a branch.
func (p *parser) ends(t token) bool {
	return t.kind == kindEnd || t.kind == kindOr || t.kind == kindClose && p.depth > 0
}

func (p *parser) branch() *Node {
	var s sequence
	for !p.ends(p.peek()) {
		if n := p.skipPlain(); n > 0 {
			s.add(literal(p.src[p.pos-n : p.pos]))
			continue
		}
		s.add(p.factor())
	}
	return s.node()
}

// skipPlain moves past bytes that stand for themselves, and returns their number. It saves a node
// for each of them. What follows is such a byte or the end, so last and start need not change.
func (p *parser) skipPlain() int {
	if p.special == nil || p.FoldCase {
		return 0
	}
	n := 0
	rest := p.src[p.pos:]
	for n < len(rest) && !p.special[rest[n]] {
		n++
	}
	if n > 0 && n < len(rest) {
		n-- // the last one may be repeated
	}
	p.pos += n
	return n
}

// take moves past the next token.
func (p *parser) take() token {
	t := p.peek()
	p.pos += t.size
	p.last = t.kind
	return t
}

// factor reads an atom and its repetitions.
func (p *parser) factor() *Node {
	n, isAnchor := p.atom()
	for {
		t := p.peek()
		if !t.repeats() {
			return n
		}
		if isAnchor {
			p.found.readers = true
		}
		if isAnchor && p.reader == byGlibc || p.start && p.Language == Basic {
			return n
		}
		atStart := p.start
		bounds, ok := p.repetition()
		if !ok {
			p.ordinary = p.pos + 1
			return n
		}
		if atStart {
			p.warnStart(t)
		}
		n = repeat(n, bounds.least, bounds.most)
	}
}

// atom reads what can be repeated, and reports whether it is an anchor.
func (p *parser) atom() (n *Node, isAnchor bool) {
	t := p.peek()
	switch t.kind {
	case kindCaret:
		if p.Language == Extended || p.last == kindEnd || p.last == kindOpen || p.last == kindOr {
			p.take()
			return &Node{Op: OpLook, Look: Begin}, true
		}
	case kindDollar:
		if p.Language == Extended || p.endsBasic(p.src[p.pos+1:]) {
			p.take()
			return &Node{Op: OpLook, Look: End}, true
		}
	case kindLook:
		p.take()
		return p.look(t.char), true
	case kindStar, kindPlus, kindQuestion, kindBrace:
		if n, isAnchor := p.strayRepetition(t); n != nil {
			return n, isAnchor
		}
	case kindOpen:
		return p.group(), false
	case kindClose: // none is open
		if p.Language == Basic {
			fail(closeParen)
		}
	case kindBackref:
		p.take()
		p.start = false
		return p.backref(int(t.char - '0')), false
	case kindAny:
		p.take()
		p.start = false
		return p.any(), false
	case kindClass:
		p.take()
		p.start = false
		return p.escapedClass(t.char), false
	case kindBracket:
		p.take()
		p.start = false
		return p.bracket(), false
	case kindTrailing:
		fail(trailing)
	}
	return p.plain(t), false
}

// plain takes t as an ordinary character.
func (p *parser) plain(t token) *Node {
	p.last = kindChar
	p.start = false
	p.warnStray(t)
	return p.char(t)
}

// strayRepetition handles a repetition where an atom should be. It returns nil for an ordinary
// character.
func (p *parser) strayRepetition(t token) (n *Node, isAnchor bool) {
	if p.Language == Basic {
		return nil, false
	}
	if p.reader == byGlibc {
		p.found.readers = true
		p.noteBrace(t)
		p.take()
		if k := p.peek().kind; k == kindEnd || k == kindOr {
			return empty(), false
		}
		return p.atom()
	}
	if t.kind == kindBrace {
		before := p.pos
		if _, ok := p.interval(); !ok {
			return nil, false
		}
		p.pos = before
	}
	return empty(), false
}

// noteBrace notes a brace that is not a repetition. To glibc it is nothing, but GNU grep asks its
// own reader first, which lets no line without a brace pass.
func (p *parser) noteBrace(t token) {
	if t.kind != kindBrace {
		return
	}
	before := p.pos
	if _, err := p.braces(); err != "" {
		p.found.brace = true
	}
	p.pos = before
}

// endsBasic reports whether a dollar sign before rest is an anchor in a basic expression. GNU grep
// takes a bare parenthesis or bar for the operator here.
func (p *parser) endsBasic(rest []byte) bool {
	if len(rest) < 2 {
		return len(rest) == 0
	}
	c := rest[0]
	if c == '\\' {
		c = rest[1]
	}
	return c == ')' || c == '|'
}

func (p *parser) look(c rune) *Node {
	n := &Node{Op: OpLook}
	switch c {
	case '`':
		n.Look = Begin
		return n
	case '\'':
		n.Look = End
		return n
	case '<':
		n.Look = WordStart
	case '>':
		n.Look = WordEnd
	case 'b':
		n.Look = WordEdge
	case 'B':
		n.Look = NoWordEdge
	}
	if p.UTF8 {
		p.found.needGlibc, p.found.wide = true, true
	}
	return n
}

func (p *parser) group() *Node {
	p.take()
	p.start = true
	p.groups++
	index := p.groups
	if p.depth++; p.depth > maxDepth {
		fail(tooDeep)
	}
	n := p.expression()
	p.depth--
	if p.take().kind != kindClose {
		fail(openParen)
	}
	p.start = false
	if index >= len(p.closed) {
		return n
	}
	p.closed[index] = true
	return &Node{Op: OpGroup, Index: index, Sub: []*Node{n}}
}

func (p *parser) backref(index int) *Node {
	if !p.closed[index] {
		fail(badBackref)
	}
	p.found.backrefs, p.found.needGlibc = true, true
	return &Node{Op: OpBackref, Index: index, Fold: p.FoldCase}
}

func (p *parser) any() *Node {
	s := setBuilder{utf8: p.UTF8}
	s.negate(p.terminator())
	return s.node()
}

// char reads the character t.
func (p *parser) char(t token) *Node {
	src := p.src[p.pos : p.pos+t.size]
	p.pos += t.size
	if t.escaped {
		src = src[1:]
	}
	if t.invalid {
		p.found.invalid, p.found.needGlibc = true, true
		if !p.byCharacter {
			return literal(src)
		}
		s := &Set{}
		s.AddByte(src[0])
		return &Node{Op: OpSet, Set: s}
	}
	if !p.FoldCase {
		return literal(src)
	}
	s := setBuilder{utf8: p.UTF8}
	s.addFolded(t.char)
	s.normalize()
	return s.node()
}
