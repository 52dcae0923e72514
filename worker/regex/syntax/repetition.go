package syntax

// bounds are the bounds of a repetition.
type bounds struct{ least, most int }

// maxBound is POSIX's RE_DUP_MAX.
const maxBound = 32767

// repetition reads the next operator. ok is false for a brace that is an ordinary character.
func (p *parser) repetition() (b bounds, ok bool) {
	switch p.peek().kind {
	case kindStar:
		b = bounds{0, Unlimited}
	case kindPlus:
		b = bounds{1, Unlimited}
	case kindQuestion:
		b = bounds{0, 1}
	case kindBrace:
		if b, ok = p.interval(); !ok {
			return b, false
		}
		p.last, p.start = kindBrace, false
		return b, true
	}
	p.take()
	return b, true
}

// interval reads {least,most}. If ok is false, pos is where it was. A garbled interval is an error
// in a basic expression.
func (p *parser) interval() (b bounds, ok bool) {
	start := p.pos
	b, err := p.braces()
	switch {
	case err == "":
		return b, true
	case err == tooBig && p.reader == byDFA:
		fail(tooBigStart)
	case p.reader == byDFA, p.Language == Extended && (err == openBrace || err == garbledBraces):
		p.pos = start
		return b, false
	case err == garbledBraces:
		err = badBraces
	}
	fail(err)
	return b, false
}

// garbledBraces are not an interval at all.
const garbledBraces reason = "garbled"

func (p *parser) braces() (b bounds, err reason) {
	p.take()
	least, end := p.number()
	if least == absent {
		if end.char != ',' {
			return b, badBraces
		}
		least = 0
	}
	most := least
	if least != garbled && end.kind != kindBraceEnd {
		most, end = p.number()
	}
	switch {
	case least == garbled || most == garbled:
		if end.kind == kindEnd {
			return b, openBrace
		}
		return b, garbledBraces
	case most == absent:
		most = Unlimited
	}
	switch {
	case most != Unlimited && least > most, end.kind != kindBraceEnd:
		return b, badBraces
	case max(least, most) > maxBound:
		return b, tooBig
	}
	return bounds{least, most}, ""
}

// What is there instead of a number.
const (
	absent  = -1 // nothing
	garbled = -2 // something else, or no end
)

// number reads up to the comma or the brace, and returns that.
func (p *parser) number() (n int, end token) {
	n = absent
	for {
		t := p.peek()
		p.pos += t.size
		switch {
		case t.kind == kindEnd || t.kind == kindTrailing:
			return garbled, token{}
		case t.kind == kindBraceEnd || t.char == ',':
			return n, t
		case t.kind != kindChar || t.char < '0' || '9' < t.char || n == garbled:
			if n = garbled; p.Language == Extended {
				return n, t // which is not an error, wherever it may end
			}
		default:
			n = min(max(n, 0)*10+int(t.char-'0'), maxBound+1)
		}
	}
}
