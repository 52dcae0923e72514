package perl

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

const (
	maxSteps  = 10_000_000 // from one start, as in PCRE2
	maxWork   = 1 << 30    // in one search; PCRE2 would continue
	maxFrames = 1 << 25    // 1 GiB of stack

	keepFrames = 1 << 16 // a larger stack is not kept for the next search
)

// machine is the state of a match.
type machine struct {
	s         []byte
	from      int  // where the search started
	midLine   bool // s does not start a line
	registers []int
	stack     []frame
	calls     []call
	call      int // the current call, an index of calls, -1 for none
	keep, end int // the match found
	skipTo    int // where to start next, after skipped
	steps     int // from this start
	work      int // in this search
}

// call is a call of a group as a subroutine.
type call struct {
	group, pos int
	back       int // where to return to
	parent     int
	registers  []int // to be restored
}

type outcome uint8

const (
	failed  outcome = iota // no match starts here
	matched                // from keep to end
	skipped                // the next start is skipTo
	ended                  // there is no match at all
	gaveUp                 // see err
)

// attempt looks for a match that starts at pos.
func (m *Matcher) attempt(pos int) outcome {
	m.reset(pos)
	var (
		s, insts, pc = m.s, m.insts, 0
		in           *inst
		ok           bool
		out          outcome
	)
	for {
		in, ok = &insts[pc], false
		switch in.code {
		case iText:
			if ok = pos < len(s) && s[pos] == in.text[0] && bytes.HasPrefix(s[pos:], in.text); ok {
				pos += len(in.text)
			}
		case iSet:
			if n := m.width(in.set, pos); n > 0 {
				pos += n
				ok = true
			}
		case iSpan, iSpanAll:
			least, most := m.span(in, pos)
			if ok = least >= 0; !ok {
				break
			}
			pos = most
			if in.code == iSpan && least < most {
				f := frame{kind: fSpan, pc: pc, a: least, b: most}
				if in.next.allows(firstWay, s, pos) {
					m.push(f)
				} else {
					pos, ok = m.shorter(f)
				}
			}
		case iSpanLazy:
			least, _ := m.spanOf(in.set, pos, in.min, in.min)
			if ok = least >= 0; !ok {
				break
			}
			pos = least
			if in.max != in.min {
				f := frame{kind: fSpanLazy, pc: pc, a: in.min, b: pos}
				if in.next.allows(firstWay, s, pos) {
					m.push(f)
				} else {
					pos, ok = m.longer(f)
				}
			}
		case iNext, iBefore:
			at := pos
			if in.code == iBefore {
				at-- // -1 for none
			}
			if ok = in.next.allows(firstWay, s, at); !ok && in.y >= 0 {
				pc = in.y
				continue
			}
		case iSplit:
			if in.next != nil {
				switch in.next.at(s, pos) {
				case firstWay:
					pc = in.x
					continue
				case secondWay:
					pc = in.y
					continue
				case 0:
					goto fail
				}
			}
			m.push(frame{kind: fBranch, pc: in.y, a: pos})
			pc = in.x
			continue
		case iJump:
			if in.x > pc {
				pc = in.x
				continue
			}
			if m.steps++; m.steps <= m.stepLimit && len(m.stack) <= maxFrames {
				pc = in.x
				continue
			}
		case iAssert:
			ok = m.holds(in.assert, pos)
		case iOpen:
			m.set(in.captures[0].open, pos)
			ok = true
		case iClose:
			c := in.captures[0]
			m.set(c.start, m.registers[c.open])
			m.set(c.end, pos)
			ok = true
		case iBackref:
			pos, ok = m.backref(in, pos)
		case iMatch:
			if m.notEmpty && pos == m.keep || m.notAtStart && pos == m.keep && pos == m.from {
				break
			}
			m.end = pos
			m.shrink()
			return matched
		case iPlace:
			m.set(in.x, pos)
			ok = true
		case iRewind:
			pos, ok = m.registers[in.x], true
		case iZero:
			m.set(in.x, 0)
			ok = true
		case iLoop:
			pc = m.loop(in, pc, pos)
			continue
		case iCount:
			m.steps++
			m.set(in.x, m.registers[in.x]+1)
			ok = true
		case iEmpty, iEmptyTurn:
			ok = true
			if pos == m.registers[in.x] && (in.code == iEmpty || m.registers[in.count] >= in.min) {
				pc = in.y
				continue
			}
		case iBack:
			pos, ok = m.goBack(pos, in.x)
		case iAtomic:
			m.set(in.x, 0)
			m.registers[in.x] = len(m.stack)
			ok = true
		case iCut:
			m.cut(m.registers[in.x])
			ok = true
		case iTry:
			m.set(in.x, 0)
			m.registers[in.x] = len(m.stack)
			m.push(frame{kind: fTry, pc: in.y, a: pos, b: in.min})
			ok = true
		case iUntry:
			m.unwind(m.registers[in.x])
			if in.y >= 0 {
				pos = m.stack[:len(m.stack)+1][len(m.stack)].a
				pc = in.y
				continue
			}
		default:
			var advance bool
			if pc, pos, advance = m.rare(in, pc, pos); advance {
				continue
			}
			if m.end >= 0 {
				m.shrink()
				return matched
			}
		}
		if ok {
			pc++
			continue
		}
	fail:
		if pc, pos, out = m.backtrack(); pc < 0 {
			m.shrink()
			return out
		}
	}
}

// rare executes the instructions that few patterns have. advance is false if the machine must
// backtrack, and also at the end of a match.
func (m *Matcher) rare(in *inst, pc, pos int) (nextPC, nextPos int, advance bool) {
	switch in.code {
	case iByte:
		// Within a valid character.
		if pos < len(m.s) && (!m.utf || m.inCharacter(pos)) {
			return pc + 1, pos + 1, true
		}
	case iGrapheme:
		if n := m.grapheme(pos); n > 0 {
			return pc + 1, pos + n, true
		}
	case iKeep:
		m.push(frame{kind: fKeep, a: m.keep})
		m.keep = pos
		return pc + 1, pos, true
	case iReturn:
		if m.call >= 0 && m.calls[m.call].group == in.x {
			return m.leave(), pos, true
		}
		return pc + 1, pos, true
	case iCall:
		if m.enter(in, pc+1, pos) {
			return in.x, pos, true
		}
	case iIfGroup:
		for _, c := range in.captures {
			if m.registers[c.end] >= 0 {
				return pc + 1, pos, true
			}
		}
		return in.y, pos, true
	case iIfCall:
		if m.call >= 0 && (in.x < 0 || m.calls[m.call].group == in.x) {
			return pc + 1, pos, true
		}
		return in.y, pos, true
	case iBranch:
		m.push(frame{kind: fThen, pc: in.y, a: pos, b: in.x})
		return pc + 1, pos, true
	case iVerb:
		return m.verb(in, pc, pos)
	}
	return 0, 0, false
}

func (m *Matcher) reset(pos int) {
	if m.registers == nil {
		m.registers = make([]int, m.slots)
	}
	for i := range m.registers {
		m.registers[i] = -1
	}
	m.stack, m.calls, m.call = m.stack[:0], m.calls[:0], -1
	m.keep, m.end = pos, -1
	m.steps = 0
}

// shrink drops a stack that has grown large.
func (m *Matcher) shrink() {
	if cap(m.stack) > keepFrames {
		m.stack = nil
	}
}

// width returns the length of the character at pos if it is in set, otherwise 0.
func (m *Matcher) width(set *charSet, pos int) int {
	if pos == len(m.s) {
		return 0
	}
	switch set.of[m.s[pos]] {
	case isOne:
		return 1
	case isNot:
		return 0
	}
	r, n := utf8.DecodeRune(m.s[pos:])
	if n == 1 || !hasRune(set.Runes, r) {
		return 0
	}
	return n
}

// span returns the ends after the fewest and after the most characters that may be taken; least is
// -1 if there are too few.
func (m *Matcher) span(in *inst, pos int) (least, most int) {
	least, most = m.spanOf(in.set, pos, in.min, in.max)
	m.work += (most - pos) >> 4
	if in.text != nil && least >= 0 {
		if i := bytes.Index(m.s[pos:min(most+len(in.text)-1, len(m.s))], in.text); i >= 0 {
			most = pos + i
		}
		if most < least {
			least = -1
		}
	}
	return least, most
}

func (m *Matcher) spanOf(set *charSet, pos, lo, hi int) (least, most int) {
	s := m.s
	n := 0
	least = -1
	if hi == syntax.Unlimited {
		start := pos
		if set.dot {
			pos += plainASCII(s[pos:])
		}
		for pos < len(s) && set.of[s[pos]] == isOne {
			pos++
		}
		if n = pos - start; n >= lo {
			least = start + lo
		}
		if pos == len(s) || set.of[s[pos]] == isNot {
			return least, pos
		}
	}
	for ; ; n++ {
		if n == lo {
			least = pos
		}
		if n == hi {
			break
		}
		w := m.width(set, pos)
		if w == 0 {
			break
		}
		pos += w
	}
	return least, pos
}

// plainASCII returns the length of a stretch at the start of s that has neither LF nor a byte
// beyond ASCII: most of such bytes, eight at a time.
func plainASCII(s []byte) (n int) {
	const ones = 0x0101010101010101
	for ; len(s) >= n+8; n += 8 {
		w := binary.LittleEndian.Uint64(s[n:])
		if (w|((w^'\n'*ones)-ones))&(0x80*ones) != 0 {
			break
		}
	}
	return n
}

// loop decides about another turn and returns where to go.
func (m *Matcher) loop(in *inst, pc, pos int) int {
	switch n := m.registers[in.x]; {
	case n < in.min:
		return pc + 1
	case n == in.max:
		return in.y
	case in.lazy:
		m.push(frame{kind: fBranch, pc: pc + 1, a: pos})
		return in.y
	}
	m.push(frame{kind: fBranch, pc: in.y, a: pos})
	return pc + 1
}

func (m *Matcher) goBack(pos, n int) (int, bool) {
	for ; n > 0; n-- {
		w := m.widthBefore(pos)
		if w == 0 {
			return pos, false
		}
		pos -= w
	}
	return pos, true
}

// widthBefore returns the length of the character that ends at pos, or 0 if there is none.
func (m *Matcher) widthBefore(pos int) int {
	switch {
	case pos == 0:
		return 0
	case !m.utf || m.s[pos-1] < utf8.RuneSelf:
		return 1
	}
	if r, n := utf8.DecodeLastRune(m.s[:pos]); r != utf8.RuneError || n > 1 {
		return n
	}
	return 0
}

// inCharacter reports whether the byte at pos is part of a character.
func (m *Matcher) inCharacter(pos int) bool {
	start := pos
	for start > 0 && pos-start < utf8.UTFMax && !utf8.RuneStart(m.s[start]) {
		start--
	}
	r, n := utf8.DecodeRune(m.s[start:])
	return (r != utf8.RuneError || n > 1) && pos < start+n
}

// backref matches what the first group that is set has matched.
func (m *Matcher) backref(in *inst, pos int) (int, bool) {
	for _, c := range in.captures {
		start, end := m.registers[c.start], m.registers[c.end]
		if end < 0 {
			continue
		}
		text := m.s[start:max(start, end)]
		m.work += len(text) >> 4
		if len(text) > 0 && !in.fold && (pos == len(m.s) || m.s[pos] != text[0]) {
			return pos, false
		}
		if in.fold {
			return m.foldedPrefix(pos, text)
		}
		return pos + len(text), bytes.HasPrefix(m.s[pos:], text)
	}
	return pos, false
}

func (m *Matcher) foldedPrefix(pos int, text []byte) (int, bool) {
	for len(text) > 0 {
		if pos == len(m.s) {
			return pos, false
		}
		if !m.utf {
			a, b := rune(text[0]), rune(m.s[pos])
			if a != b && (a^b != 0x20 || !isLetter(a)) {
				return pos, false
			}
			text, pos = text[1:], pos+1
			continue
		}
		a, n := utf8.DecodeRune(text)
		b, w := utf8.DecodeRune(m.s[pos:])
		if b == utf8.RuneError && w == 1 || !equalFold(a, b) {
			return pos, false
		}
		text, pos = text[n:], pos+w
	}
	return pos, true
}
