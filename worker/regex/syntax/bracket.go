package syntax

import (
	"unicode/utf8"

	"github.com/linefork/linefork/internal/glibc"
)

// bracket reads a bracket expression after the opening bracket.
func (p *parser) bracket() *Node {
	b := bracketParser{parser: p}
	b.set.utf8, b.uppers.utf8 = p.UTF8, p.UTF8
	b.read()
	if b.first == ':' && b.latest == ':' && b.others && !b.complex {
		p.found.confusing = true
	}
	if b.negated && p.UTF8 {
		b.unknown = true
	}
	if b.unknown {
		p.found.needGlibc = true
		p.found.wide = p.found.wide || p.UTF8
	}
	s := &b.set
	if p.FoldCase && b.unknown {
		s = &b.uppers
	}
	s.normalize()
	if p.FoldCase && b.unknown {
		s.foldUppers()
	}
	if b.negated {
		s.negate(p.terminator())
	}
	return s.node()
}

// bracketParser reads the inside of one bracket expression.
type bracketParser struct {
	*parser
	set     setBuilder
	uppers  setBuilder // under -i, its upper case
	negated bool
	unknown bool // the DFA does not know what is in it

	// For the check against [:space:], of the elements that are characters.
	first, latest rune
	others        bool // some element is not a colon
	complex       bool // some element is of another kind
}

// elementKind is a kind of element of a bracket expression.
type elementKind uint8

const (
	elementChar   elementKind = iota
	elementSymbol             // [.x.]
	elementEquiv              // [=x=]
	elementClass              // [:x:]
)

type element struct {
	kind    elementKind
	char    rune
	invalid bool   // char is a byte that is not part of a character
	name    string // of a class
}

func (b *bracketParser) read() {
	if b.end() {
		fail(badPattern)
	}
	if b.src[b.pos] == '^' {
		b.negated = true
		b.pos++
		if b.end() {
			fail(badPattern)
		}
	}
	b.first = rune(b.src[b.pos])
	for isFirst := true; ; isFirst = false {
		b.item(isFirst)
		if b.end() {
			fail(openBracket)
		}
		if b.src[b.pos] == ']' {
			b.pos++
			return
		}
	}
}

func (b *bracketParser) end() bool { return b.pos == len(b.src) }

// item reads an element or a range.
func (b *bracketParser) item(isFirst bool) {
	from := b.element(isFirst)
	if from.kind == elementClass || from.kind == elementEquiv {
		b.add(from)
		return
	}
	if b.end() {
		fail(openBracket)
	}
	if b.src[b.pos] == '-' {
		if b.pos+1 == len(b.src) {
			fail(openBracket)
		}
		if b.src[b.pos+1] != ']' {
			b.pos++
			b.addRange(from, b.element(true))
			return
		}
	}
	b.add(from)
}

// element reads one element. If a hyphen is not allowed, it may only be the last.
func (b *bracketParser) element(hyphen bool) element {
	t := b.charAt(b.pos)
	b.pos += t.size
	if t.char == '[' && !b.end() {
		switch b.src[b.pos] {
		case '.':
			return b.symbol(elementSymbol)
		case '=':
			return b.symbol(elementEquiv)
		case ':':
			return b.symbol(elementClass)
		}
	}
	if t.char == '-' && !hyphen && (b.end() || b.src[b.pos] != ']') {
		fail(badRange)
	}
	return element{char: t.char, invalid: t.invalid}
}

// symbol reads a name between two delimiters; pos is at the first.
func (b *bracketParser) symbol(kind elementKind) element {
	const maxName = 32
	delimiter := b.src[b.pos]
	b.pos++
	start := b.pos
	for {
		if b.pos-start >= maxName || b.pos+1 >= len(b.src) {
			fail(openBracket)
		}
		if b.src[b.pos] == delimiter && b.src[b.pos+1] == ']' {
			break
		}
		b.pos++
	}
	name := b.src[start:b.pos]
	b.pos += 2
	if kind == elementClass {
		return element{kind: kind, name: string(name)}
	}
	if len(name) == 0 {
		fail(badCollation)
	}
	sub := parser{Options: b.Options, src: name}
	t := sub.charAt(0)
	if t.size != len(name) {
		fail(badCollation)
	}
	return element{kind: kind, char: t.char, invalid: t.invalid}
}

// add adds a single element.
func (b *bracketParser) add(e element) {
	switch e.kind {
	case elementChar:
		b.latest = e.char
		b.others = b.others || e.char != ':'
		b.addChar(e)
	case elementSymbol, elementEquiv:
		b.complex, b.unknown = true, true
		b.addChar(e)
	case elementClass:
		b.complex = true
		b.addClass(e.name)
	}
}

// addChar adds a character. A byte that is not part of one is not an element.
func (b *bracketParser) addChar(e element) {
	if e.char >= utf8.RuneSelf && b.UTF8 {
		b.found.wide = true
	}
	switch {
	case e.invalid:
		b.unknown = true
	case b.FoldCase:
		b.set.addFolded(e.char)
		upper := b.upper(e)
		b.uppers.add(upper, upper)
	default:
		b.set.add(e.char, e.char)
	}
}

func (b *bracketParser) upper(e element) rune {
	if e.invalid || e.char >= utf8.RuneSelf && !b.UTF8 {
		return e.char
	}
	return glibc.ToUpper(e.char)
}

func (b *bracketParser) addClass(name string) {
	if b.FoldCase && (name == "upper" || name == "lower") {
		name = "alpha"
	}
	if b.UTF8 {
		b.found.wide = true
		b.unknown = b.unknown || name != "digit"
	}
	if !b.set.addClass(name) {
		fail(badClass)
	}
	b.uppers.addClass(name)
}

// addRange adds the characters between two. A byte that is not part of a character counts as the
// character with its number.
func (b *bracketParser) addRange(from, to element) {
	b.complex = true
	if to.kind >= elementEquiv {
		fail(badRange)
	}
	lo, hi := from.char, to.char
	if b.UTF8 {
		b.found.wide = true
		b.unknown = b.unknown || !isDigitRune(lo) || !isDigitRune(hi)
	}
	if !b.FoldCase {
		if lo > hi {
			fail(badRange)
		}
		b.set.add(lo, hi)
		return
	}
	upperLo, upperHi := b.upper(from), b.upper(to)
	if upperLo > upperHi {
		fail(badRange)
	}
	b.uppers.add(upperLo, upperHi)
	b.set.add(lo, hi)
	for c := max(lo, 'A'); c <= min(hi, 'z'); c++ {
		b.set.addFolded(c)
	}
}

func isDigitRune(r rune) bool { return '0' <= r && r <= '9' }

// escapedClass returns the class \w, \W, \s or \S.
func (p *parser) escapedClass(c rune) *Node {
	s := setBuilder{utf8: p.UTF8}
	switch c {
	case 'w', 'W':
		s.addClass("alnum")
		s.add('_', '_')
	case 's', 'S':
		s.addClass("space")
	}
	if p.UTF8 {
		p.found.needGlibc, p.found.wide = true, true
	}
	s.normalize()
	if p.FoldCase && p.UTF8 {
		s.foldUppers()
	}
	if c == 'W' || c == 'S' {
		s.negate(p.terminator())
	}
	return s.node()
}
