package perl

// choice says which ways are worth trying, by the next byte, or by endOfText if there is none.
type choice [257]ways

const endOfText = 256

// ways is a set of the two ways to continue.
type ways uint8

const (
	firstWay ways = 1 << iota
	secondWay
)

// allow adds a way for the bytes of b, or for all others.
func (c *choice) allow(w ways, b *byteSet, others bool) {
	for i, ok := range b {
		if ok != others {
			c[i] |= w
		}
	}
	if others {
		c[endOfText] |= w
	}
}

// at returns the ways for the byte s[pos], or for the end.
func (c *choice) at(s []byte, pos int) ways {
	if uint(pos) < uint(len(s)) {
		return c[s[pos]]
	}
	return c[endOfText]
}

// allows reports whether a way is open. Without a choice, both are.
func (c *choice) allows(w ways, s []byte, pos int) bool {
	return c == nil || c.at(s, pos)&w != 0
}

// lookAhead lets spans and splits know what must come next, so that little is left to try that is
// bound to fail.
func (c *compiler) lookAhead() {
	for i := range c.insts {
		switch in := &c.insts[i]; in.code {
		case iSpan, iSpanLazy:
			c.spanEnd(in, i+1)
		case iSplit:
			c.splitBy(in)
		}
	}
}

// spanEnd handles a span before the instruction at. If the span cannot contain what must follow it,
// there is no backtracking into it.
func (c *compiler) spanEnd(in *inst, at int) {
	var follow, taken byteSet
	if !c.firstAt(at, &follow) {
		if in.code == iSpan && c.endsAt(at) {
			in.code = iSpanAll
		}
		return
	}
	taken.addSet(in.set.Set)
	if in.code == iSpan && !taken.overlaps(&follow) {
		in.code = iSpanAll
		return
	}
	in.next = new(choice)
	in.next.allow(firstWay, &follow, false)
}

func (c *compiler) splitBy(in *inst) {
	var x, y byteSet
	knowsX, knowsY := c.firstAt(in.x, &x), c.firstAt(in.y, &y)
	if !knowsX && !knowsY {
		return
	}
	in.next = new(choice)
	if !knowsX {
		x = byteSet{}
	}
	if !knowsY {
		y = byteSet{}
	}
	in.next.allow(firstWay, &x, !knowsX)
	in.next.allow(secondWay, &y, !knowsY)
}

// firstAt adds the bytes that let a match continue at an instruction. It returns false if it might
// continue without one, or if that is not clear.
func (c *compiler) firstAt(at int, b *byteSet) bool {
	budget := mostLookedAt
	return c.addFirstAt(at, b, &budget)
}

const mostLookedAt = 100 // instructions

func (c *compiler) addFirstAt(at int, b *byteSet, budget *int) bool {
	for *budget > 0 {
		*budget--
		in := &c.insts[at]
		at++
		switch in.code {
		case iFail:
			return true
		case iText:
			b[in.text[0]] = true
			return true
		case iSet:
			b.addSet(in.set.Set)
			return true
		case iSpan, iSpanAll, iSpanLazy:
			if in.max != 0 {
				b.addSet(in.set.Set)
			}
			if in.min > 0 {
				return true
			}
		case iSplit:
			if !c.addFirstAt(in.x, b, budget) {
				return false
			}
			at = in.y
		case iJump:
			at = in.x
		case iCall:
			return c.addFirstAt(in.x, b, budget)
		case iNext, iBefore:
			if in.y >= 0 {
				return false
			}
		case iTry:
			if end := c.insts[in.min]; end.code != iUntry || end.y >= 0 {
				return false // it is positive, or a condition with two ways to continue
			}
			at = in.y // after the lookaround
		case iOpen, iClose, iPlace, iZero, iCount, iAtomic, iAssert, iKeep:
		default: // including iCut: what follows has no influence on how a group ends
			return false
		}
	}
	return false
}

// endsAt reports whether the match continues only at the end of the line.
func (c *compiler) endsAt(at int) bool {
	for c.insts[at].code == iClose {
		at++
	}
	in := &c.insts[at]
	return in.code == iAssert && (in.assert == lineEnd || in.assert == textEnd)
}
