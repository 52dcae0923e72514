package backtrack

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// A repetition of one character, such as [0-9]*, is one instruction: it takes as many characters as
// possible, and gives them back one by one.

// span is what is known about an instruction opSpan.
type span struct {
	most  int         // characters, or syntax.Unlimited
	first *bytesFirst // what may follow it
	keeps bool        // none of its characters may follow it: it gives none back
}

// isSpan returns the set if n is one character of it.
func isSpan(n *syntax.Node) (*syntax.Set, bool) {
	switch {
	case n.Op == syntax.OpSet:
		return n.Set, true
	case n.Op == syntax.OpLiteral && len(n.Literal) == 1 && n.Literal[0] < utf8.RuneSelf:
		set := new(syntax.Set)
		set.AddByte(n.Literal[0])
		return set, true
	}
	return nil, false
}

// nearStates limits the states that are looked at to learn what follows a span.
const nearStates = 64

// finishSpans works out what follows each span.
func (c *closure) finishSpans() {
	for i := range c.insts {
		in := &c.insts[i]
		if in.op != opSpan {
			continue
		}
		in.span.first = c.first(in.next, nearStates)
		own := new(bytesFirst)
		c.addSet(own, in)
		in.span.keeps = !in.span.first.any
		for b, is := range own.is {
			if is && in.span.first.is[b] {
				in.span.keeps = false
			}
		}
	}
}

// take returns the end of the longest span at pos.
func (b *backrefs) take(in *inst, pos int) int {
	end := pos
	for n := in.span.most; n != 0 && end < len(b.line); n-- {
		size := 1
		if c := b.line[end]; c >= utf8.RuneSelf && b.utf8 {
			size = b.step(in.set, end)
		} else if !in.set.HasByte(c) {
			break
		}
		if size == 0 {
			break
		}
		end += size
	}
	b.steps += (end - pos) / 4
	return end
}

// give returns the last end from low to end that the span in state may have, or -1. The others go
// on the stack.
func (b *backrefs) give(state int32, low, end int) int {
	if b.deep != nil {
		return b.last(state, low, end)
	}
	in := &b.insts[state]
	then := &b.insts[in.next]
	repeated := -1 // the byte that must follow
	if then.op == opBackref && !then.fold {
		switch start, end := b.slots[then.slot], b.slots[then.slot+1]; {
		case start < 0 || end < start:
			return -1
		case start < end:
			repeated = int(b.line[start])
		}
	}
	for {
		if b.steps++; b.steps > b.limit {
			return -1
		}
		if b.mayFollow(in.span.first, repeated, end) {
			if end > low && !in.span.keeps {
				b.stack = append(b.stack, choice{state: ^state, pos: int32(b.back(end)), low: int32(low)})
			}
			return end
		}
		if end == low || in.span.keeps {
			return -1
		}
		end = b.back(end)
	}
}

// mayFollow reports whether first and, if it is not -1, the byte repeated may be at pos.
func (b *backrefs) mayFollow(first *bytesFirst, repeated, pos int) bool {
	if pos == len(b.line) {
		return first.any && repeated < 0
	}
	c := b.line[pos]
	return (first.any || first.is[c]) && (repeated < 0 || repeated == int(c))
}

// back returns where the character that ends at pos starts.
func (b *backrefs) back(pos int) int {
	if !b.utf8 || b.line[pos-1] < utf8.RuneSelf {
		return pos - 1
	}
	_, size := utf8.DecodeLastRune(b.line[:pos])
	return pos - size
}
