package backtrack

import "github.com/linefork/linefork/worker/regex/syntax"

// backrefs tries the ways to match one after the other.
type backrefs struct {
	program
	text
	stack   []choice
	slots   []int32 // where each group begins and ends, -1 if it is not set, and the loops
	visited visits
	steps   int
}

// choice is a way that is still to be tried or, with state undo, a value to put
// back into a slot.
type choice struct {
	state int32
	pos   int32 // of undo: the slot
	old   int32 // of undo
}

const undo = -1

func newBackrefs(p program, utf8 bool) *backrefs {
	return &backrefs{
		program: p,
		text:    text{utf8: utf8},
		slots:   make([]int32, p.numSlots),
		visited: newVisits(p.numSlots),
	}
}

// find searches for the leftmost-longest match or, if that is all that is
// asked, for any.
func (b *backrefs) find(line []byte, from int, any bool) (start, end int, ok bool) {
	b.line = line
	b.steps = 0
	b.visited.reset()
	for start := from; start <= len(line) && b.steps <= MaxSteps; start++ {
		if !b.hasRaw && !b.isBoundary(start) {
			continue
		}
		// What has led to no match from one start does not from another.
		if end := b.longest(start, any); end >= 0 {
			return start, end, true
		}
	}
	return 0, 0, false
}

// longest returns the end of the longest match that starts at start, or -1.
func (b *backrefs) longest(start int, any bool) int {
	best := -1
	for i := range b.slots {
		b.slots[i] = -1
	}
	b.stack = append(b.stack[:0], choice{state: b.start, pos: int32(start)})
	for len(b.stack) > 0 {
		top := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		if top.state == undo {
			b.slots[top.pos] = top.old
			continue
		}
		best = max(best, b.walk(top.state, int(top.pos)))
		if best == len(b.line) || any && best >= 0 || b.steps > MaxSteps {
			break
		}
	}
	return best
}

// walk goes on until there is no way, or the match is complete, whose end it
// returns; else -1. What else there was to choose goes on the stack.
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
			if b.steps > MaxSteps || !b.visited.add(state, int32(pos), b.slots[2:]) {
				return -1
			}
			b.stack = append(b.stack, choice{state: in.other, pos: int32(pos)})
		case opOpen:
			b.set(in.slot, int32(pos))
		case opClose:
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

// set sets a slot until the choices so far are tried.
func (b *backrefs) set(slot, value int32) {
	b.stack = append(b.stack, choice{state: undo, pos: slot, old: b.slots[slot]})
	b.slots[slot] = value
}

// repeated returns the size of what stands at pos if it is what the group of
// the back-reference in matched, else -1.
func (b *backrefs) repeated(in *inst, pos int) int {
	start, end := b.slots[in.slot], b.slots[in.slot+1]
	if start < 0 || end < start {
		return -1
	}
	if in.fold {
		return syntax.FoldedPrefix(b.line[pos:], b.line[start:end], b.utf8)
	}
	size := int(end - start)
	if size > len(b.line)-pos || string(b.line[start:end]) != string(b.line[pos:pos+size]) {
		return -1
	}
	return size
}
