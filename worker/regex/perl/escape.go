package perl

import "github.com/linefork/linefork/worker/regex/syntax"

// escape reads what follows a backslash outside a class, and reports whether a quantifier may
// follow.
func (p *parser) escape() (n *node, repeatable bool) {
	if r, ok := p.literalEscape(false); ok {
		return p.char(r), true
	}
	c := p.src[p.pos]
	p.pos++
	switch c {
	case 'A':
		return &node{op: opAssert, assert: textStart}, false
	case 'B':
		return &node{op: opAssert, assert: noWordEdge}, false
	case 'b':
		return &node{op: opAssert, assert: wordEdge}, false
	case 'G':
		return &node{op: opAssert, assert: searchStart}, false
	case 'Z':
		return &node{op: opAssert, assert: lastLineEnd}, false
	case 'z':
		return &node{op: opAssert, assert: textEnd}, false
	case 'K':
		if p.inLook > 0 {
			p.late(errKeepInLook)
		}
		return &node{op: opKeep}, false
	case 'C':
		return &node{op: opByte}, true
	case 'X':
		return &node{op: opGrapheme}, true
	case 'N':
		b := builder{utf: p.utf}
		b.newlines(p.newline)
		return &node{op: opSet, set: b.set(true)}, true
	case 'R':
		return p.anyNewline(), true
	case 'g':
		return p.call(), true
	case 'k':
		return p.namedReference(), true
	}
	if isDigit(rune(c)) {
		p.pos--
		return p.reference(p.number(maxGroup, errGroupNumber)), true
	}
	b := builder{utf: p.utf}
	p.classEscape(&b, c)
	set := b.set(false)
	if p.utf && !p.ucp && !p.noJIT && (c == 'D' || c == 'S' || c == 'W') {
		// PCRE2 10.42's compiler to machine code has a bug if text may be invalid: \D, \S and \W
		// match only ASCII, unlike [\W].
		set.Runes = nil
	}
	return &node{op: opSet, set: set}, true
}

// literalEscape reads an escape that stands for a character. If the escape has another meaning, it
// leaves the letter that says so unread.
func (p *parser) literalEscape(inClass bool) (r rune, ok bool) {
	if !p.more() {
		fail(errBackslashAtEnd)
	}
	at := p.pos
	c := p.next()
	switch c {
	case 'a':
		return '\a', true
	case 'e':
		return 0x1b, true
	case 'f':
		return '\f', true
	case 'n':
		return '\n', true
	case 'r':
		return '\r', true
	case 't':
		return '\t', true
	case 'c':
		return p.control(), true
	case 'o':
		return p.octalBraces(), true
	case 'x':
		return p.hex(), true
	case '0':
		return p.octal(0), true
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if !inClass && p.isReference() {
			p.pos = at
			return 0, false
		}
		if c >= '8' {
			return c, true
		}
		return p.octal(c - '0'), true
	case 'g':
		if inClass {
			return c, true
		}
	case 'N':
		if p.peek() == '{' && p.peekAt(1) == 'U' && p.peekAt(2) == '+' {
			if !p.utf {
				fail(errCodePointNotUTF)
			}
			p.pos += len("{U+")
			return p.hexBraces(), true
		}
		if p.peek() == '{' {
			brace := p.pos
			p.pos++
			if _, _, ok := p.repeat('{'); !ok {
				fail(errPerlOnly)
			}
			p.pos = brace
		}
	case 'F', 'L', 'l', 'U', 'u':
		fail(errPerlOnly)
	case 'A', 'B', 'b', 'C', 'D', 'd', 'E', 'G', 'H', 'h', 'K', 'k', 'P', 'p',
		'Q', 'R', 'S', 's', 'V', 'v', 'W', 'w', 'X', 'Z', 'z':
	default:
		if isLetter(c) {
			fail(errUnknownEscape)
		}
		return c, true
	}
	p.pos = at
	return 0, false
}

// isReference reports whether the number just started refers to a group: if it is below ten, or
// cannot be octal, or if there already are that many groups.
func (p *parser) isReference() bool {
	const limit = 1<<31/10 - 1
	n := 0
	for i := p.pos - 1; i < len(p.src) && isDigit(rune(p.src[i])); i++ {
		if n = 10*n + int(p.src[i]-'0'); n > limit {
			return false
		}
	}
	return n < 10 || p.src[p.pos-1] >= '8' || n <= p.groups
}

func (p *parser) control() rune {
	if !p.more() {
		fail(errControlAtEnd)
	}
	c := rune(p.src[p.pos])
	if c < ' ' || c > '~' {
		fail(errControlChar)
	}
	p.pos++
	if 'a' <= c && c <= 'z' {
		c -= 'a' - 'A'
	}
	return c ^ 0x40
}

// octal reads up to two more digits.
func (p *parser) octal(r rune) rune {
	for i := 0; i < 2 && '0' <= p.peek() && p.peek() <= '7'; i++ {
		r = 8*r + rune(p.peek()-'0')
		p.pos++
	}
	if !p.utf && r > 0xff {
		fail(errOctalSize)
	}
	return r
}

func (p *parser) octalBraces() rune {
	if !p.take("{") {
		fail(errOctalBrace)
	}
	return p.codePoint(8, errOctalDigit)
}

func (p *parser) hex() rune {
	if p.take("{") {
		return p.hexBraces()
	}
	r := rune(0)
	for range 2 {
		d, ok := digit(p.peek())
		if !ok || !p.more() {
			break
		}
		r = 16*r + d
		p.pos++
	}
	return r
}

func (p *parser) hexBraces() rune { return p.codePoint(16, errHexDigit) }

// codePoint reads digits and a closing brace.
func (p *parser) codePoint(base rune, noDigit error) rune {
	if !p.more() || p.peek() == '}' {
		fail(errDigitsMissing)
	}
	limit := rune(0xff)
	if p.utf {
		limit = 0x10ffff
	}
	r := rune(0)
	for p.more() {
		d, ok := digit(p.peek())
		if !ok || d >= base {
			break
		}
		if r = base*r + d; r > limit {
			fail(errCodePointSize)
		}
		p.pos++
	}
	if !p.take("}") {
		fail(noDigit)
	}
	if p.utf && surrogateMin <= r && r <= surrogateMax {
		fail(errSurrogate)
	}
	return r
}

func digit(c byte) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}

// classEscape adds what an escape like \d stands for, inside or outside a class.
func (p *parser) classEscape(b *builder, c byte) {
	if c == 'p' || c == 'P' {
		p.property(b, c == 'P')
		return
	}
	lower := c | 0x20
	if p.ucp && (lower == 'd' || lower == 's' || lower == 'w') {
		b.addAll(unicodeEscape(lower), c != lower)
		return
	}
	b.addAll(escapeRanges(lower), c != lower)
}

// anyNewline is \R: a line break of any kind, CR LF first, without backtracking.
func (p *parser) anyNewline() *node {
	b := builder{utf: p.utf}
	if p.anyCRLF {
		b.addAll(ranges('\n', '\n', '\r', '\r'), false)
	} else {
		b.addAll(escapeRanges('v'), false)
	}
	crlf := concat([]*node{{op: opChar, r: '\r'}, {op: opChar, r: '\n'}})
	single := &node{op: opSet, set: b.set(false)}
	return &node{op: opAtomic, sub: []*node{{op: opAlternate, sub: []*node{crlf, single}}}}
}

// wordSet is \w.
func (p *parser) wordSet() *syntax.Set {
	b := builder{utf: p.utf}
	p.classEscape(&b, 'w')
	return b.set(false)
}
