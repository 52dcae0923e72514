package perl

import (
	"bytes"
	"unicode"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// class reads a bracketed class after its opening bracket. As in PCRE2, a closing bracket is a
// character where a class cannot end yet, and \Q and \E are effective.
type class struct {
	*parser
	set   builder
	state rangeState
	low   rune // the last character, which may start a range

	// What PCRE2 knows about characters above U+00FF; see finish.
	negative   bool // the last named class was negated, or \D, \S or \W came after it
	properties bool // there are properties
	allWide    bool // all match
}

type rangeState uint8

const (
	noRange    rangeState = iota
	mayRange              // a hyphen would make the last character start a range
	afterRange            // there was that hyphen
)

// bracket reads a class, or [[:<:]] and [[:>:]], which are edges of words.
func (p *parser) bracket() []*node {
	if start := p.take("[:<:]]"); start || p.take("[:>:]]") {
		word := &node{op: opSet, set: p.wordSet()}
		side := &node{op: opLook, look: look{behind: !start}, sub: []*node{word}}
		if !start {
			p.looks = true
		}
		return []*node{{op: opAssert, assert: wordEdge}, side}
	}
	if end := p.posixEnd(); end >= 0 {
		if p.peek() == ':' {
			fail(errPOSIXOutside)
		}
		fail(errPOSIXCollating)
	}
	c := class{parser: p, set: builder{utf: p.utf}}
	return []*node{{op: opSet, set: c.read()}}
}

func (c *class) read() *syntax.Set {
	negate := false
	r, ok := c.first(&negate)
	for ok {
		c.item(r)
		if !c.more() {
			break
		}
		if r = c.next(); r == ']' && !c.quoted {
			if c.state == afterRange {
				c.set.add('-', '-')
			}
			return c.finish(negate)
		}
	}
	fail(errClassEnd)
	return nil
}

const lastNarrow = 0xff

// finish returns the set. Above U+00FF, that is not always what one would expect: a class like \W
// or [:^alpha:] matches all characters there, unless it is followed by a named class that is not
// negated; and it hides other given characters.
func (c *class) finish(negate bool) *syntax.Set {
	if !c.utf {
		return c.set.set(negate)
	}
	all := normalize(c.set.ranges)
	wide := c.properties || len(all) > 0 && all[len(all)-1].Hi > lastNarrow
	if wide && (c.ucp || c.properties || !c.negative) {
		if c.allWide || c.negative && !negate && !c.ucp {
			c.set.add(lastNarrow+1, unicode.MaxRune)
		}
		return c.set.set(negate)
	}
	narrow := builder{utf: true}
	narrow.addAll(all, false)
	narrow.ranges = clip(narrow.ranges, lastNarrow)
	if negate {
		narrow.ranges = complement(narrow.ranges, lastNarrow)
	}
	if negate != c.negative {
		narrow.add(lastNarrow+1, unicode.MaxRune)
	}
	return narrow.set(false)
}

// first reads the first character, after ^ and what stands for nothing.
func (c *class) first(negate *bool) (r rune, ok bool) {
	for c.more() {
		r = c.next()
		switch {
		case r == '\\' && (c.take("E") || c.take(`Q\E`)):
		case c.flags&extendedMore != 0 && (r == ' ' || r == '\t'):
		case r == '^' && !*negate:
			*negate = true
		default:
			return r, true
		}
	}
	// At the end PCRE2 takes what it read last for the first character, to no effect.
	return 0, false
}

// item adds what r starts.
func (c *class) item(r rune) {
	switch {
	case c.quoted:
		if r == '\\' && c.take("E") {
			c.quoted = false
			return
		}
		c.char(r)
	case c.flags&extendedMore != 0 && (r == ' ' || r == '\t'):
	case r == '[' && c.left() >= 3 && c.posixEnd() >= 0:
		c.posix()
	case r == '-' && c.state == mayRange:
		c.state = afterRange
	case r == '\\':
		c.escape()
	default:
		c.char(r)
	}
}

func (c *class) char(r rune) {
	if c.state == afterRange {
		if r < c.low {
			fail(errRangeOrder)
		}
		c.addRange(c.low, r)
		c.state = noRange
		return
	}
	c.addRange(r, r)
	c.low, c.state = r, mayRange
}

func (c *class) addRange(lo, hi rune) {
	if c.flags&foldCase != 0 {
		c.set.addFolded(lo, hi)
	} else {
		c.set.add(lo, hi)
	}
}

func (c *class) escape() {
	r, ok := c.literalEscape(true)
	if ok {
		c.char(r)
		return
	}
	letter := c.src[c.pos]
	c.pos++
	switch letter {
	case 'b':
		c.char('\b')
		return
	case 'Q':
		c.quoted = true
		return
	case 'E':
		return
	case 'B', 'R', 'X':
		fail(errClassEscape)
	}
	if c.state == afterRange {
		fail(errClassRange)
	}
	c.state = noRange
	switch letter {
	case 'N':
		fail(errNotNewlineInClass)
	case 'd', 'D', 'h', 'H', 'p', 'P', 's', 'S', 'v', 'V', 'w', 'W':
		c.setEscape(letter)
	default:
		fail(errClassEscape)
	}
	c.noHyphen()
}

func (c *class) setEscape(letter byte) {
	lower := letter | 0x20
	byUnicode := c.ucp && (lower == 'd' || lower == 's' || lower == 'w')
	switch {
	case lower == 'p' || byUnicode:
		c.properties = true
	case letter == 'D', letter == 'S', letter == 'W':
		c.negative = true
		c.set.ranges = append(c.set.ranges, complement(escapeRanges(lower), lastNarrow)...)
		return
	}
	c.classEscape(&c.set, letter)
}

// noHyphen fails if a set of characters seems to start a range.
func (c *class) noHyphen() {
	if c.left() >= 2 && c.peek() == '-' && c.peekAt(1) != ']' {
		fail(errClassRange)
	}
}

// posixEnd returns the position of the terminator of [:name:] and the like, whose bracket has been
// read, or -1 if there is nothing of that kind.
func (p *parser) posixEnd() int {
	mark := p.peek()
	if mark != ':' && mark != '.' && mark != '=' {
		return -1
	}
	for i := p.pos + 1; i+1 < len(p.src); i++ {
		c, next := p.src[i], p.src[i+1]
		switch {
		case c == '\\' && (next == ']' || next == '\\'):
			i++
		case c == '[' && next == mark, c == ']':
			return -1
		case c == mark && next == ']':
			return i
		}
	}
	return -1
}

func (c *class) posix() {
	if c.state == afterRange {
		fail(errClassRange)
	}
	if c.peek() != ':' {
		fail(errPOSIXCollating)
	}
	end := c.posixEnd()
	name, negate := bytes.CutPrefix(c.src[c.pos+1:end], []byte("^"))
	ranges := posixRanges(string(name))
	if ranges == nil {
		fail(errPOSIXName)
	}
	switch {
	case c.ucp && unicodePOSIX(string(name)) != nil:
		c.set.addAll(unicodePOSIX(string(name)), negate)
		c.properties = true
		ranges = nil
	case c.flags&foldCase != 0 && (string(name) == "lower" || string(name) == "upper"):
		ranges = posixRanges("alpha")
	}
	if ranges != nil {
		c.negative = negate
		c.allWide = c.allWide || c.ucp && negate
		if negate {
			ranges = complement(ranges, lastNarrow)
		}
		c.set.addAll(ranges, false)
	}
	c.pos = end + 2
	c.noHyphen()
	c.state = noRange
}
