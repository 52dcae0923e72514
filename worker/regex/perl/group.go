package perl

// parenthesis reads what an opening parenthesis starts, and reports whether a quantifier may
// follow. n is nil if it is nothing that takes part in a match.
func (p *parser) parenthesis() (n *node, repeatable bool) {
	switch {
	case !p.more():
		fail(errMissingParen)
	case p.src[p.pos] == '*':
		return p.star()
	case p.src[p.pos] != '?':
		if p.flags&noCapture != 0 {
			return p.group(), true
		}
		return p.capture(), true
	}
	p.pos++
	if !p.more() {
		fail(errMissingParen)
	}
	c := p.src[p.pos]
	switch c {
	case '|':
		p.pos++
		p.dupGroups = true
		return p.scope(func() *node { return p.alternation(true) }), true
	case 'P':
		return p.python()
	case 'R':
		if p.pos++; p.peek() != ')' {
			fail(errRecursionEnd)
		}
		p.pos++
		return p.subroutine(0), true
	case '&':
		p.pos++
		return p.subroutineByName(p.readName(')')), true
	case 'C':
		p.callout()
		return nil, false
	case '(':
		return p.conditional(), true
	case '>':
		p.pos++
		return &node{op: opAtomic, sub: []*node{p.group()}}, true
	case '=', '!', '*':
		p.pos++
		return p.lookaround(look{negative: c == '!', loose: c == '*'}), true
	case '<':
		if next := p.peekAt(1); next == '=' || next == '!' || next == '*' {
			p.pos += 2
			return p.lookaround(look{behind: true, negative: next == '!', loose: next == '*'}), true
		}
		p.pos++
		p.define(p.readName('>'))
		return p.capture(), true
	case '\'':
		p.pos++
		p.define(p.readName('\''))
		return p.capture(), true
	case '+':
		if !isDigit(rune(p.peekAt(1))) {
			fail(errDigitExpected)
		}
	}
	if c == '+' || isDigit(rune(c)) || c == '-' && isDigit(rune(p.peekAt(1))) {
		group, _ := p.groupNumber(true)
		if p.peek() != ')' {
			fail(errMissingParen)
		}
		p.pos++
		return p.subroutine(group), true
	}
	return p.options()
}

// scope reads the inside of a group and its closing parenthesis. Options set inside end there.
func (p *parser) scope(inside func() *node) *node {
	if p.depth++; p.depth > maxDepth {
		fail(errTooDeep)
	}
	outer := p.flags
	n := inside()
	if !p.more() {
		fail(errMissingParen)
	}
	p.pos++
	p.flags = outer
	p.depth--
	return n
}

func (p *parser) group() *node {
	return p.scope(func() *node { return p.alternation(false) })
}

func (p *parser) capture() *node {
	if p.groups >= maxGroup {
		fail(errTooManyGroups)
	}
	p.groups++
	n := &node{op: opGroup, group: p.groups}
	n.sub = []*node{p.group()}
	return n
}

func (p *parser) lookaround(l look) *node {
	p.inLook++
	if l.behind {
		p.looks = true
	}
	n := &node{op: opLook, look: l, sub: []*node{p.group()}}
	p.inLook--
	return n
}

// options reads (?flags) or (?flags:...).
func (p *parser) options() (n *node, repeatable bool) {
	var set, unset flags
	target, hyphen := &set, true
	outer := p.flags
	if p.take("^") {
		p.flags &^= foldCase | multiline | noCapture | dotAll | extended | extendedMore
		hyphen = false
	}
	for p.more() && p.src[p.pos] != ')' && p.src[p.pos] != ':' {
		c := p.src[p.pos]
		p.pos++
		switch c {
		case '-':
			if !hyphen {
				fail(errOptionHyphen)
			}
			target, hyphen = &unset, false
		case 'J':
			*target |= dupNames
		case 'i':
			*target |= foldCase
		case 'm':
			*target |= multiline
		case 'n':
			*target |= noCapture
		case 's':
			*target |= dotAll
		case 'U':
			*target |= ungreedy
		case 'x':
			*target |= extended
			if p.take("x") {
				*target |= extendedMore
			}
		default:
			fail(errGroupOption)
		}
	}
	if set&(extended|extendedMore) == extended || unset&extended != 0 {
		unset |= extendedMore
	}
	p.flags = (p.flags | set) &^ unset
	if !p.more() {
		fail(errMissingParen)
	}
	p.pos++
	if p.src[p.pos-1] == ')' {
		return nil, false
	}
	n = p.group()
	p.flags = outer
	return n, true
}

// python reads what (?P starts.
func (p *parser) python() (n *node, repeatable bool) {
	if p.pos++; !p.more() {
		fail(errMissingParen)
	}
	c := p.src[p.pos]
	p.pos++
	switch c {
	case '<':
		p.define(p.readName('>'))
		return p.capture(), true
	case '>':
		return p.subroutineByName(p.readName(')')), true
	case '=':
		return p.nameReference(p.readName(')')), true
	}
	fail(errPythonGroup)
	return nil, false
}

// callout skips (?C...), which has no effect here.
func (p *parser) callout() {
	if p.pos++; !p.more() {
		fail(errMissingParen)
	}
	if c := p.src[p.pos]; c == ')' || isDigit(rune(c)) {
		p.number(255, errCalloutNumber)
	} else {
		p.calloutString(c)
	}
	if p.peek() != ')' {
		fail(errCalloutEnd)
	}
	p.pos++
}

func (p *parser) calloutString(delimiter byte) {
	switch delimiter {
	case '{':
		delimiter = '}'
	case '`', '\'', '"', '^', '%', '#', '$':
	default:
		fail(errCalloutDelimiter)
	}
	for {
		if p.pos++; !p.more() {
			fail(errCalloutString)
		}
		if p.src[p.pos] != delimiter {
			continue
		}
		if p.pos++; p.peek() != delimiter {
			return
		}
	}
}
