package syntax

import "unicode/utf8"

// kind is what a piece of a pattern is, regardless of its position.
type kind uint8

const (
	kindEnd kind = iota
	kindChar
	kindAny
	kindBracket
	kindClass // \w and the like
	kindLook  // \< and the like
	kindCaret
	kindDollar
	kindBackref
	kindOpen
	kindClose
	kindOr
	kindStar
	kindPlus
	kindQuestion
	kindBrace
	kindBraceEnd
	kindTrailing // a backslash at the end
)

// token is a piece of a pattern.
type token struct {
	kind    kind
	escaped bool
	char    rune // a byte, in UTF-8 a character
	invalid bool // char is a byte that is not part of a character
	size    int  // bytes of the pattern
}

// repeats reports whether the token repeats what is before it.
func (t token) repeats() bool { return kindStar <= t.kind && t.kind <= kindBrace }

// peek returns the token at pos.
func (p *parser) peek() token {
	t := p.charAt(p.pos)
	if t.size == 0 {
		return t
	}
	t.kind = kindChar
	if t.char == '\\' {
		next := p.charAt(p.pos + 1)
		if next.size == 0 {
			return token{kind: kindTrailing, size: 1}
		}
		next.size++
		next.escaped = true
		next.kind = escapes[next.char&0x7f]
		if next.char >= utf8.RuneSelf || next.kind == kindEnd {
			next.kind = kindChar
		}
		k := operators[next.char&0x7f]
		if next.char < utf8.RuneSelf && k != kindEnd && p.Language == Basic {
			next.kind = k
		}
		return next
	}
	if t.char >= utf8.RuneSelf {
		return t
	}
	if k := specials[t.char]; k != kindEnd {
		t.kind = k
	} else if k := operators[t.char]; k != kindEnd && p.Language == Extended && p.ordinary != p.pos+1 {
		t.kind = k
	}
	return t
}

// charAt returns the character at pos, with size 0 at the end.
func (p *parser) charAt(pos int) token {
	if pos == len(p.src) {
		return token{}
	}
	t := token{char: rune(p.src[pos]), size: 1}
	if t.char >= utf8.RuneSelf && p.UTF8 {
		r, size := utf8.DecodeRune(p.src[pos:])
		if t.invalid = size == 1; !t.invalid {
			t.char, t.size = r, size
		}
	}
	return t
}

var (
	specials = [utf8.RuneSelf]kind{
		'.': kindAny, '[': kindBracket, '^': kindCaret, '$': kindDollar, '*': kindStar,
	}

	// operators are escaped in basic expressions and bare in extended ones.
	operators = [utf8.RuneSelf]kind{
		'(': kindOpen, ')': kindClose, '|': kindOr, '+': kindPlus, '?': kindQuestion,
		'{': kindBrace, '}': kindBraceEnd,
	}

	escapes = [utf8.RuneSelf]kind{
		'w': kindClass, 'W': kindClass, 's': kindClass, 'S': kindClass,
		'<': kindLook, '>': kindLook, 'b': kindLook, 'B': kindLook, '`': kindLook, '\'': kindLook,
		'1': kindBackref, '2': kindBackref, '3': kindBackref, '4': kindBackref, '5': kindBackref,
		'6': kindBackref, '7': kindBackref, '8': kindBackref, '9': kindBackref,
	}
)
