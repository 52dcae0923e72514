package perl

import (
	"unicode"
	"unicode/utf8"
)

// groupName gives a group a name. Several groups may share one.
type groupName struct {
	name  string
	group int
}

// readName reads the name of a group up to its terminator.
func (p *parser) readName(terminator byte) string {
	if !p.more() {
		fail(errNameExpected)
	}
	at := p.pos
	for p.more() {
		c, n := rune(p.src[p.pos]), 1
		if p.utf {
			c, n = utf8.DecodeRune(p.src[p.pos:])
		}
		isNumber := isDigit(c) || p.utf && unicode.Is(unicode.Nd, c)
		if isNumber && p.pos == at {
			fail(errNameDigit)
		}
		if !isNumber && c != '_' && !isLetter(c) && !(p.utf && unicode.IsLetter(c)) {
			break
		}
		p.pos += n
	}
	name := string(p.src[at:p.pos])
	switch {
	case len(name) > maxName:
		fail(errNameLength)
	case name == "":
		fail(errNameExpected)
	case !p.more() || p.src[p.pos] != terminator:
		fail(errNameEnd)
	}
	p.pos++
	return name
}

// terminator returns what ends a name that open starts.
func terminator(open byte) byte {
	switch open {
	case '<':
		return '>'
	case '{':
		return '}'
	}
	return open
}

// define gives the next group a name.
func (p *parser) define(name string) {
	if p.groups >= maxGroup {
		fail(errTooManyGroups)
	}
	group := p.groups + 1
	for _, n := range p.names {
		switch {
		case n.name == name && n.group == group:
			return
		case n.name == name && p.flags&dupNames == 0:
			fail(errNameTwice)
		case n.name != name && n.group == group:
			fail(errNameDiffers)
		}
	}
	p.names = append(p.names, groupName{name, group})
}

func (p *parser) named(name string) (groups []int) {
	for _, n := range p.names {
		if n.name == name {
			groups = append(groups, n.group)
		}
	}
	return groups
}

func (p *parser) reference(group int) *node {
	n := &node{op: opBackref, groups: []int{group}, fold: p.flags&foldCase != 0}
	p.references = append(p.references, n)
	return n
}

func (p *parser) nameReference(name string) *node {
	n := &node{op: opBackref, name: name, fold: p.flags&foldCase != 0}
	p.references = append(p.references, n)
	return n
}

// namedReference is \k{name} and its like.
func (p *parser) namedReference() *node {
	open := p.peek()
	if open != '{' && open != '<' && open != '\'' {
		fail(errNamedReference)
	}
	p.pos++
	return p.nameReference(p.readName(terminator(open)))
}

// call is what \g starts: a reference with braces or a plain number, otherwise a call of a
// subroutine.
func (p *parser) call() *node {
	if !p.more() {
		fail(errReferenceSyntax)
	}
	open := p.peek()
	if open == '<' || open == '\'' {
		p.pos++
		group, ok := p.groupNumber(true)
		if !ok {
			return p.subroutineByName(p.readName(terminator(open)))
		}
		if p.peek() != terminator(open) {
			fail(errReferenceSyntax)
		}
		p.pos++
		return p.subroutine(group)
	}
	braced := p.take("{")
	group, ok := p.groupNumber(true)
	switch {
	case !ok && braced:
		return p.nameReference(p.readName('}'))
	case !ok, braced && p.peek() != '}':
		fail(errReferenceSyntax)
	case group == 0:
		fail(errNoGroup)
	}
	if braced {
		p.pos++
	}
	return p.reference(group)
}

func (p *parser) subroutine(group int) *node {
	n := &node{op: opCall, group: group}
	p.references = append(p.references, n)
	return n
}

func (p *parser) subroutineByName(name string) *node {
	n := &node{op: opCall, name: name}
	p.references = append(p.references, n)
	return n
}

// resolve looks up the names that were used before all groups were known.
func (p *parser) resolve() {
	for _, n := range p.references {
		if n.name == "" {
			continue
		}
		groups := p.named(n.name)
		switch n.op {
		case opBackref:
			n.groups = groups
		case opCall:
			if len(groups) > 0 {
				n.group = groups[0]
			} else {
				n.group = maxGroup + 1
			}
		case opCondition:
			p.resolveCondition(n, groups)
		}
	}
}

// late notes an error that PCRE2 finds only after it has read all of the pattern.
func (p *parser) late(err error) {
	if p.lateError == nil {
		p.lateError = err
	}
}

// checkReferences fails if a group that is referred to does not exist, or with what late noted.
func (p *parser) checkReferences() {
	for _, n := range p.references {
		for _, g := range n.groups {
			if g > p.groups {
				fail(errNoGroup)
			}
		}
		if n.group > p.groups || n.op == opBackref && len(n.groups) == 0 {
			fail(errNoGroup)
		}
	}
	if p.lateError != nil {
		fail(p.lateError)
	}
}
