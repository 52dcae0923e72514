package backtrack

import "unicode/utf8"

// bytesFirst is the set of bytes that something may start with.
type bytesFirst struct {
	is  [256]bool
	any bool // it may start with any byte, or be empty
}

// next returns the first position from pos on at which one of the bytes is, or
// -1.
func (f *bytesFirst) next(line []byte, pos int) int {
	for i, b := range line[pos:] {
		if f.is[b] {
			return pos + i
		}
	}
	return -1
}

// closure works out what a state of a program may read first. It assumes that the conditions on the
// way hold.
type closure struct {
	*program
	utf8  bool
	seen  queue
	stack []int32
}

func newClosure(p *program, utf8 bool) *closure {
	return &closure{program: p, utf8: utf8, seen: newQueue(len(p.insts))}
}

// first returns what is read from state on. If that takes more than most states to find out, it may
// be anything.
func (c *closure) first(state int32, most int) *bytesFirst {
	f := new(bytesFirst)
	c.seen.reset()
	c.stack = append(c.stack[:0], state)
	for len(c.stack) > 0 && !f.any {
		state := c.stack[len(c.stack)-1]
		c.stack = c.stack[:len(c.stack)-1]
		if !c.seen.add(state, 0) {
			continue
		}
		f.any = len(c.seen.threads) > most
		switch in := &c.insts[state]; in.op {
		case opFail:
		case opSplit:
			c.stack = append(c.stack, in.other, in.next)
		case opLook, opOpen, opClose, opLoop, opEnter, opLeave:
			c.stack = append(c.stack, in.next)
		case opByte:
			f.is[in.b] = true
		case opSet:
			c.addSet(f, in)
		case opSpan:
			c.addSet(f, in)
			c.stack = append(c.stack, in.next)
		default: // opMatch, opAnyByte, opBackref
			f.any = true
		}
	}
	return f
}

func (c *closure) addSet(f *bytesFirst, in *inst) {
	for b := range f.is {
		isLead := c.utf8 && b >= utf8.RuneSelf && len(in.set.Runes) > 0
		f.is[b] = f.is[b] || in.set.HasByte(byte(b)) || isLead
	}
}
