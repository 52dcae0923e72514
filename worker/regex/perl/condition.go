package perl

// conditional reads (?(condition)yes|no).
func (p *parser) conditional() *node {
	p.pos++
	if !p.more() {
		fail(errMissingParen)
	}
	n := &node{op: opCondition}
	p.condition(n)
	body := p.group()
	branches := []*node{body}
	if body.op == opAlternate {
		branches = body.sub
	}
	define := n.cond == ifFalse && n.name == defineName
	switch {
	case define && len(branches) > 1:
		p.late(errDefineBranches)
	case len(branches) > 2:
		p.late(errConditionBranches)
	case len(branches) == 1:
		branches = append(branches, &node{op: opEmpty})
	}
	n.sub = append(branches[:2:2], n.sub...)
	return n
}

const defineName = "DEFINE"

// condition reads a condition after its opening parenthesis.
func (p *parser) condition(n *node) {
	if c := p.peek(); c == '?' || c == '*' {
		p.pos--
		n.cond = ifLook
		n.sub = []*node{p.conditionLook(true)}
		return
	}
	if group, ok := p.groupNumber(true); ok {
		if group <= 0 {
			fail(errNoGroup)
		}
		n.groups = []int{group}
		p.references = append(p.references, n)
	} else if p.left() >= 10 && string(p.src[p.pos:p.pos+7]) == "VERSION" && p.peekAt(7) != ')' {
		p.version(n)
	} else {
		p.nameCondition(n)
		return
	}
	if p.peek() != ')' {
		fail(errConditionEnd)
	}
	p.pos++
}

// conditionLook reads the lookaround that is a condition. One callout may precede it.
func (p *parser) conditionLook(callout bool) *node {
	for p.more() {
		c := p.next()
		if p.skips(c) {
			continue
		}
		kind := p.peek()
		if c != '(' || p.left() < 3 || kind != '?' && kind != '*' {
			fail(errConditionAssert)
		}
		next, third := p.peekAt(1), p.peekAt(2)
		switch {
		case kind == '*' && 'a' <= next && next <= 'z':
			n, _ := p.star()
			switch {
			case n == nil || n.op != opLook:
				fail(errConditionAssert)
			case n.look.loose:
				fail(errAtomicCondition)
			}
			return n
		case kind == '*':
		case next == 'C' && callout:
			p.pos++
			p.callout()
			return p.conditionLook(false)
		case next == '=', next == '!', next == '<' && (third == '=' || third == '!'):
			n, _ := p.parenthesis()
			return n
		}
		fail(errConditionAssert)
	}
	fail(errMissingParen)
	return nil
}

func (p *parser) version(n *node) {
	p.pos += len("VERSION")
	atLeast := p.take(">")
	if !p.take("=") || !isDigit(rune(p.peek())) {
		fail(errVersionCondition)
	}
	major, minor := p.number(1000, errVersionCondition), 0
	if p.take(".") {
		if !isDigit(rune(p.peek())) {
			fail(errVersionCondition)
		}
		minor = 10 * int(p.peek()-'0')
		p.pos++
		if isDigit(rune(p.peek())) {
			minor += int(p.peek() - '0')
			p.pos++
		}
		if p.peek() != ')' {
			fail(errVersionCondition)
		}
	} else if !p.more() {
		fail(errVersionCondition)
	}
	const ours = 10*100 + 42
	wanted := 100*major + minor
	n.cond = ifFalse
	if wanted == ours || atLeast && wanted < ours {
		n.cond = ifTrue
	}
}

// nameCondition reads a condition that is a name, and its parenthesis.
func (p *parser) nameCondition(n *node) {
	c := p.peek()
	switch {
	case c == 'R' && p.peekAt(1) == '&':
		p.pos += 2
		n.cond = ifRecursion
		n.name = p.readName(')')
	case c == '<' || c == '\'':
		p.pos++
		n.name = p.readName(terminator(c))
		if p.peek() != ')' {
			fail(errConditionEnd)
		}
		p.pos++
	default:
		n.name = p.readName(')')
		if n.name == defineName {
			n.cond = ifFalse
			return
		}
	}
	p.references = append(p.references, n)
}

// resolveCondition decides whether a condition that looks like R1 is the name of a group or asks
// for a recursion.
func (p *parser) resolveCondition(n *node, groups []int) {
	if len(groups) > 0 {
		n.groups = groups
		return
	}
	number, isNumber := 0, n.name[0] == 'R' && n.cond == ifGroup
	for _, c := range n.name[1:] {
		isNumber = isNumber && isDigit(c)
		number = min(10*number+int(c-'0'), maxGroup+1)
	}
	if !isNumber {
		fail(errNoGroup)
	}
	n.cond = ifRecursion
	if len(n.name) == 1 {
		return // any recursion
	}
	n.groups = []int{number}
}
