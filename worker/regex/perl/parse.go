package perl

import (
	"bytes"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// flags are the options that a pattern can change within itself.
type flags uint16

const (
	foldCase     flags = 1 << iota // (?i)
	multiline                      // (?m)
	dotAll                         // (?s)
	extended                       // (?x)
	extendedMore                   // (?xx)
	ungreedy                       // (?U)
	noCapture                      // (?n)
	dupNames                       // (?J)
)

const (
	maxDepth  = 250   // nested parentheses
	maxRepeat = 65535 // of {n,m}
	maxGroup  = 65535
	maxName   = 32
	maxBehind = 65535 // characters a lookbehind goes back
)

// parser reads a pattern as PCRE2 does. Its methods call fail at an error.
type parser struct {
	src     []byte
	pos     int
	utf     bool
	ucp     bool // (*UCP): \w and the like go by Unicode
	flags   flags
	newline newlines
	noJIT   bool // PCRE2 would not compile the pattern to machine code
	anyCRLF bool // \R is only CR, LF or CRLF

	groups     int // capturing groups so far
	depth      int // nested parentheses
	quoted     bool
	names      []groupName
	references []*node // to a group or a number that may come later
	dupGroups  bool    // (?| was used
	looks      bool    // there are lookbehinds to measure
	inLook     int     // nested lookarounds
	lateError  error

	stepLimit  int // of (*LIMIT_MATCH=d)
	notEmpty   bool
	fullStart  bool // (*NO_START_OPT): start everywhere
	notAtStart bool
}

// newlines is what ends a line for the dot, for ^ and $ under (?m), and for \N.
type newlines struct {
	chars string // single characters that do
	crlf  bool   // and CR LF is one
}

func (p *parser) parse() *node {
	if p.utf {
		checkUTF8(p.src)
	}
	p.noJIT = bytes.Contains(p.src, []byte(`\C`))
	p.settings()
	root := p.alternation(false)
	if p.pos < len(p.src) {
		fail(errUnmatchedParen)
	}
	p.resolve()
	if p.looks {
		p.measure(root)
	}
	p.checkReferences()
	return root
}

func (p *parser) more() bool { return p.pos < len(p.src) }

// peek returns the next byte, 0 at the end; a NUL is never looked for.
func (p *parser) peek() byte { return p.peekAt(0) }

func (p *parser) peekAt(i int) byte {
	if p.pos+i < len(p.src) {
		return p.src[p.pos+i]
	}
	return 0
}

func (p *parser) left() int { return len(p.src) - p.pos }

// take skips s if it comes next.
func (p *parser) take(s string) bool {
	if p.left() < len(s) || string(p.src[p.pos:p.pos+len(s)]) != s {
		return false
	}
	p.pos += len(s)
	return true
}

// next reads a character.
func (p *parser) next() rune {
	c := rune(p.src[p.pos])
	if c < utf8.RuneSelf || !p.utf {
		p.pos++
		return c
	}
	c, n := utf8.DecodeRune(p.src[p.pos:])
	p.pos += n
	return c
}

// alternation reads branches up to a closing parenthesis or the end. With reset, that is after (?|,
// each branch numbers its groups from the same number.
func (p *parser) alternation(reset bool) *node {
	first, last := p.groups, p.groups
	var branches []*node
	for {
		branches = append(branches, p.branch())
		if !p.more() || p.src[p.pos] != '|' {
			break
		}
		p.pos++
		if reset {
			last = max(last, p.groups)
			p.groups = first
		}
	}
	p.groups = max(p.groups, last)
	if len(branches) == 1 {
		return branches[0]
	}
	return &node{op: opAlternate, sub: branches}
}

// branch reads items up to a bar, a closing parenthesis or the end.
func (p *parser) branch() *node {
	var items []*node
	repeatable := false  // a quantifier may follow the last item
	var quantifier *node // the last item, if ? or + may follow it
	for p.more() {
		at := p.pos
		c := p.next()
		if p.quoted {
			if c == '\\' && p.take("E") {
				p.quoted = false
				continue
			}
			items = append(items, p.char(c))
			repeatable, quantifier = true, nil
			continue
		}
		if p.skips(c) {
			continue
		}
		if quantifier != nil && (c == '?' || c == '+') {
			if c == '?' {
				quantifier.lazy = !quantifier.lazy
			} else {
				quantifier.lazy = false
				items[len(items)-1] = &node{op: opAtomic, sub: []*node{quantifier}}
			}
			repeatable, quantifier = false, nil
			continue
		}
		wasRepeatable := repeatable
		repeatable, quantifier = true, nil
		switch c {
		case '|', ')':
			p.pos = at
			return concat(items)
		case '*', '+', '?', '{':
			lo, hi, ok := p.repeat(c)
			if !ok {
				items = append(items, p.char(c))
				break
			}
			if !wasRepeatable {
				fail(errNothingToRepeat)
			}
			last := &items[len(items)-1]
			*last = &node{op: opRepeat, min: lo, max: hi, lazy: p.flags&ungreedy != 0, sub: []*node{*last}}
			repeatable, quantifier = false, *last
		case '^', '$':
			items = append(items, &node{op: opAssert, assert: p.lineAssert(c)})
			repeatable = false
		case '.':
			items = append(items, p.dot())
		case '[':
			items = append(items, p.bracket()...)
		case '\\':
			var n *node
			n, repeatable = p.escape()
			items = append(items, n)
		case '(':
			var n *node
			n, repeatable = p.parenthesis()
			if n != nil {
				items = append(items, n)
			}
		default:
			items = append(items, p.char(c))
		}
	}
	return concat(items)
}

// skips reports whether c started something that is not an item: \Q, \E, a comment, or white space
// under (?x). It has then been skipped.
func (p *parser) skips(c rune) bool {
	switch {
	case c == '\\' && p.take("Q"):
		p.quoted = true
		return true
	case c == '\\' && p.take("E"):
		return true
	case c == '(' && p.peek() == '?' && p.peekAt(1) == '#':
		for p.pos++; p.more(); p.pos++ {
			if p.src[p.pos] == ')' {
				p.pos++
				return true
			}
		}
		fail(errCommentEnd)
	case p.flags&extended == 0:
	case isPatternSpace(c):
		return true
	case c == '#':
		for p.more() && p.next() != '\n' {
		}
		return true
	}
	return false
}

// isPatternSpace reports whether c is in Unicode's Pattern_White_Space.
func isPatternSpace(c rune) bool {
	return '\t' <= c && c <= '\r' || c == ' ' || c == 0x85 || c|1 == 0x200f || c|1 == 0x2029
}

// repeat reads the rest of a quantifier that c starts; a brace that does not start one is a
// character.
func (p *parser) repeat(c rune) (lo, hi int, ok bool) {
	switch c {
	case '*':
		return 0, syntax.Unlimited, true
	case '+':
		return 1, syntax.Unlimited, true
	case '?':
		return 0, 1, true
	}
	i, comma := p.pos, false
	for ; ; i++ {
		switch {
		case i == len(p.src):
			return 0, 0, false
		case isDigit(rune(p.src[i])):
			continue
		case p.src[i] == ',' && !comma:
			comma = true
			continue
		}
		break
	}
	if p.src[i] != '}' || !isDigit(rune(p.peek())) {
		return 0, 0, false
	}
	lo = p.number(maxRepeat, errRepeatSize)
	hi = lo
	if p.take(",") {
		hi = syntax.Unlimited
		if isDigit(rune(p.peek())) {
			if hi = p.number(maxRepeat, errRepeatSize); hi < lo {
				fail(errRepeatOrder)
			}
		}
	}
	p.pos++
	return lo, hi, true
}

// number reads digits, of which there is at least one.
func (p *parser) number(limit int, tooBig error) int {
	n := 0
	for p.more() && isDigit(rune(p.src[p.pos])) {
		n = 10*n + int(p.src[p.pos]-'0')
		p.pos++
		if n > limit {
			fail(tooBig)
		}
	}
	return n
}

// groupNumber reads the number of a group, which may be relative to the groups so far, and reports
// whether there is one.
func (p *parser) groupNumber(signed bool) (int, bool) {
	at, sign := p.pos, byte(0)
	if c := p.peek(); signed && (c == '+' || c == '-') {
		sign = c
		p.pos++
	}
	if !isDigit(rune(p.peek())) {
		p.pos = at
		return 0, false
	}
	limit := maxGroup
	if sign == '+' {
		limit -= p.groups
	}
	n := p.number(limit, errGroupNumber)
	switch {
	case sign == 0:
		return n, true
	case n == 0:
		fail(errRelativeZero)
	case sign == '+':
		n += p.groups
	case n > p.groups:
		fail(errNoGroup)
	default:
		n = p.groups + 1 - n
	}
	return n, true
}

func (p *parser) char(c rune) *node {
	return &node{op: opChar, r: c, fold: p.flags&foldCase != 0}
}

func (p *parser) lineAssert(c rune) assert {
	switch {
	case c == '^' && p.flags&multiline != 0:
		return anyStart
	case c == '^':
		return lineStart
	case p.flags&multiline != 0:
		return anyEnd
	}
	return lineEnd
}

func (p *parser) dot() *node {
	b := builder{utf: p.utf}
	if p.flags&dotAll == 0 {
		b.newlines(p.newline)
	}
	return &node{op: opSet, set: b.set(true)}
}

func (b *builder) newlines(n newlines) {
	for _, c := range n.chars {
		b.add(c, c)
	}
}
