package backtrack

import "github.com/linefork/linefork/worker/regex/syntax"

// backrefs tries the ways to match one after the other.
type backrefs struct {
	program
	text
	first   *bytesFirst // of a match
	isBegin bool        // it starts where the line does
	stack   []choice
	slots   []int32 // start and end of each group, -1 if it is not set, then the loops
	steps   int
	limit   int
	most    int // choices on the stack, from which on the search gives up as after limit steps

	// deep is nil as long as a line has taken few steps: it costs more time than most lines take
	// without.
	deep *deep
}

// choice is a way that is yet to be tried: to continue in state at pos. If state is the complement
// of the state of a span, the span is to end at or before pos, but not before low. If state is
// undo, a value is to be restored in a slot.
type choice struct {
	state int32
	pos   int32 // of undo: the slot
	low   int32 // of undo: the value
}

const undo = ^0 // state 0 is opMatch

// maxChoices bounds the stack: that many choices take 192 MiB.
const maxChoices = 16 << 20

func newBackrefs(p program, utf8 bool) *backrefs {
	b := &backrefs{
		program: p,
		text:    text{utf8: utf8},
		slots:   make([]int32, p.numSlots),
		most:    maxChoices,
	}
	c := newClosure(&b.program, utf8)
	c.finishSpans()
	b.first = c.first(p.start, len(p.insts))
	in := &p.insts[p.start]
	b.isBegin = in.op == opLook && in.look&^syntax.Begin == 0
	return b
}

// find searches for the leftmost-longest match or, if any is set, for any match. It gives up when
// steps exceeds limit.
func (b *backrefs) find(line []byte, from int, any bool, limit int) (start, end int, ok bool) {
	b.line = line
	b.steps, b.limit = 0, limit
	if b.deep != nil {
		b.deep.memo.reset()
	}
	for start := from; start <= len(line) && b.steps <= limit; start++ {
		if !b.first.any {
			if start = b.first.next(line, start); start < 0 {
				break
			}
		}
		if !b.hasRaw && !b.isBoundary(start) || b.deep != nil && !b.deep.mayReach(b.start, start) {
			continue
		}
		// What has not led to a match from one start does not from another.
		if end := b.longest(start, any); end >= 0 {
			return start, end, true
		}
		if b.isBegin {
			break
		}
	}
	return 0, 0, false
}

// longest returns the end of the longest match that starts at start, or -1.
func (b *backrefs) longest(start int, any bool) int {
	for i := range b.slots {
		b.slots[i] = -1
	}
	b.stack = b.stack[:0]
	best := b.walk(b.start, start)
	for len(b.stack) > 0 {
		if best == len(b.line) || any && best >= 0 || b.steps > b.limit {
			break
		}
		top := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		switch {
		case top.state >= 0:
			best = max(best, b.walk(top.state, int(top.pos)))
		case top.state == undo:
			b.slots[top.pos] = top.low
		default:
			if end := b.give(^top.state, int(top.low), int(top.pos)); end >= 0 {
				best = max(best, b.walk(b.insts[^top.state].next, end))
			}
		}
	}
	return best
}

// walk continues until there is no way, or the match is complete; it returns the end of the match,
// or -1. Other choices on the way go on the stack.
func (b *backrefs) walk(state int32, pos int) int {
	for {
		b.steps++
		in := &b.insts[state]
		switch in.op {
		case opMatch:
			return pos
		case opFail:
			return -1
		case opByte:
			if pos == len(b.line) || b.line[pos] != in.b {
				return -1
			}
			pos++
		case opSet:
			if pos == len(b.line) {
				return -1
			}
			size := b.step(in.set, pos)
			if size == 0 {
				return -1
			}
			pos += size
		case opLook:
			if !b.look(in.look, pos) {
				return -1
			}
		case opSplit:
			if len(b.stack) > b.most {
				b.steps = b.limit + 1
			}
			if b.steps > b.limit || b.deep != nil && !(b.isOpen(state, pos) && b.isNew(state, pos)) {
				return -1
			}
			b.stack = append(b.stack, choice{state: in.other, pos: int32(pos)})
		case opSpan:
			if b.deep != nil {
				pos = b.enter(state, pos)
			} else {
				pos = b.give(state, pos, b.take(in, pos))
			}
			if pos < 0 {
				return -1
			}
		case opOpen:
			b.set(in.slot, int32(pos))
		case opClose:
			if b.deep != nil && !b.mayEnd(state, pos) {
				return -1
			}
			b.set(in.slot+1, int32(pos))
		case opLoop:
			b.set(in.slot, in.other)
		case opEnter:
			if b.slots[in.slot] == fresh {
				b.set(in.slot, begun)
			} else {
				b.set(in.slot, int32(pos))
			}
		case opLeave:
			if b.slots[in.slot] == int32(pos) {
				return -1
			}
		case opBackref:
			size := b.repeated(in, pos)
			if size < 0 {
				return -1
			}
			pos += size
		}
		state = in.next
	}
}

// set sets a slot until the choices so far have been tried.
func (b *backrefs) set(slot, value int32) {
	if len(b.stack) > 0 {
		b.stack = append(b.stack, choice{state: undo, pos: slot, low: b.slots[slot]})
	}
	b.slots[slot] = value
}

// repeated returns the length of what is at pos if it is what the group of the back-reference in
// matched, otherwise -1.
func (b *backrefs) repeated(in *inst, pos int) int {
	start, end := b.slots[in.slot], b.slots[in.slot+1]
	if start < 0 || end < start {
		return -1
	}
	if in.fold {
		return syntax.FoldedPrefix(b.line[pos:], b.line[start:end], b.utf8)
	}
	size := int(end - start)
	b.steps += size / 256
	if size > len(b.line)-pos || string(b.line[start:end]) != string(b.line[pos:pos+size]) {
		return -1
	}
	return size
}
