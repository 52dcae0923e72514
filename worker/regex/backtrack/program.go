package backtrack

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// opcode is what an instruction does.
type opcode uint8

const (
	opMatch   opcode = iota
	opFail           // nothing
	opByte           // one byte
	opSet            // one character of a set
	opSplit          // continues at next and at other
	opLook           // continues where a condition holds
	opOpen           // a group starts
	opClose          // it ends
	opAnyByte        // any byte, of whatever character
	opBackref        // what the group matched
	opLoop           // a loop starts: its slot is set to fresh or begun
	opEnter          // a round starts: notes where, but of the first only that it has begun
	opLeave          // it ends: only the first may be empty
	opSpan           // any number of characters of a set
)

// inst is an instruction of the automaton of Thompson's construction.
type inst struct {
	op    opcode
	b     byte
	fold  bool // of opBackref: case is ignored
	look  syntax.Look
	slot  int32 // of a loop; of a group, the first of two
	next  int32
	other int32
	set   *syntax.Set
	span  *span // of opSpan
	scope *scope
}

// scope is the group that an instruction is in.
type scope struct {
	end   int32 // its opClose
	outer *scope
}

// program is the automaton of a tree.
type program struct {
	insts    []inst
	start    int32
	groups   int  // the highest number of a group
	numSlots int  // numbers to note: two for each group, one for each loop
	hasRaw   bool // a literal has bytes that are not UTF-8
	tooBig   bool
	isFilter bool // a back-reference stands for anything at all
	scope    *scope
	hasSpans bool // it is for backrefs
}

// maxInsts limits the instructions of a program: repetitions with high bounds make copies.
const maxInsts = 1 << 20

// compile returns the program of a tree.
func compile(n *syntax.Node, isFilter bool) program {
	p := program{isFilter: isFilter}
	p.groups = highestGroup(n)
	p.numSlots = 2 * (p.groups + 1) // there is no group 0
	p.hasSpans = p.groups > 0 && !isFilter
	p.start = p.fragment(n, p.emit(inst{op: opMatch}))
	return p
}

// fragment compiles n so that it continues at next. It returns where n starts.
func (p *program) fragment(n *syntax.Node, next int32) int32 {
	if p.tooBig {
		return next
	}
	switch n.Op {
	case syntax.OpNone:
		return p.emit(inst{op: opFail})
	case syntax.OpEmpty:
		return next
	case syntax.OpLiteral:
		p.hasRaw = p.hasRaw || !utf8.Valid(n.Literal)
		for i := len(n.Literal) - 1; i >= 0; i-- {
			next = p.emit(inst{op: opByte, b: n.Literal[i], next: next})
		}
		return next
	case syntax.OpSet:
		return p.emit(inst{op: opSet, set: n.Set, next: next})
	case syntax.OpConcat:
		for i := len(n.Sub) - 1; i >= 0; i-- {
			next = p.fragment(n.Sub[i], next)
		}
		return next
	case syntax.OpAlternate:
		start := p.fragment(n.Sub[len(n.Sub)-1], next)
		for i := len(n.Sub) - 2; i >= 0; i-- {
			start = p.emit(inst{op: opSplit, next: p.fragment(n.Sub[i], next), other: start})
		}
		return start
	case syntax.OpRepeat:
		return p.repeat(n, next)
	case syntax.OpLook:
		return p.emit(inst{op: opLook, look: n.Look, next: next})
	case syntax.OpGroup:
		return p.group(n, next)
	case syntax.OpBackref:
		return p.backref(n, next)
	}
	panic("backtrack: unknown node")
}

func (p *program) repeat(n *syntax.Node, next int32) int32 {
	sub, copies := n.Sub[0], n.Min
	set, isSpan := isSpan(sub)
	switch {
	case isSpan && p.hasSpans && n.Max != n.Min:
		most := n.Max
		if most != syntax.Unlimited {
			most -= n.Min
		}
		next = p.emit(inst{op: opSpan, set: set, span: &span{most: most}, next: next})
	case n.Max != syntax.Unlimited:
		next = p.optional(sub, n.Max-n.Min, next)
	case !p.isFilter && highestGroup(sub) > 0:
		next = p.loop(n, next)
	default:
		loop := p.emit(inst{op: opSplit, other: next})
		next = p.fragment(sub, loop)
		p.insts[loop].next = next
		if copies == 0 {
			return loop
		}
		copies-- // the loop is entered at its first round
	}
	for range copies {
		if next = p.fragment(sub, next); p.tooBig {
			break
		}
	}
	return next
}

// optional compiles n copies of sub, any number of which may be left out from the end.
func (p *program) optional(sub *syntax.Node, n int, next int32) int32 {
	end := next
	for range n {
		if next = p.emit(inst{op: opSplit, next: p.fragment(sub, next), other: end}); p.tooBig {
			break
		}
	}
	return next
}

// loop compiles the rounds beyond the minimum of a repetition that contains groups. A round that is
// not the very first must not be empty: it would only change what the groups hold, which POSIX
// rules out.
func (p *program) loop(n *syntax.Node, next int32) int32 {
	slot, state := int32(p.numSlots), int32(fresh)
	p.numSlots++
	if n.Min > 0 {
		state = begun
	}
	loop := p.emit(inst{op: opSplit, other: next})
	leave := p.emit(inst{op: opLeave, slot: slot, next: loop})
	p.insts[loop].next = p.emit(inst{op: opEnter, slot: slot, next: p.fragment(n.Sub[0], leave)})
	return p.emit(inst{op: opLoop, slot: slot, other: state, next: loop})
}

// What the slot of a loop holds if it is not where a round began.
const (
	fresh = -1 // no round has begun
	begun = -2 // the first has, or is not in the loop
)

func highestGroup(n *syntax.Node) int {
	highest := 0
	if n.Op == syntax.OpGroup || n.Op == syntax.OpBackref {
		highest = n.Index
	}
	for _, sub := range n.Sub {
		highest = max(highest, highestGroup(sub))
	}
	return highest
}

func (p *program) group(n *syntax.Node, next int32) int32 {
	if p.isFilter {
		return p.fragment(n.Sub[0], next)
	}
	next = p.emit(inst{op: opClose, slot: int32(2 * n.Index), next: next})
	p.scope = &scope{end: next, outer: p.scope}
	next = p.fragment(n.Sub[0], next)
	p.scope = p.scope.outer
	return p.emit(inst{op: opOpen, slot: int32(2 * n.Index), next: next})
}

func (p *program) backref(n *syntax.Node, next int32) int32 {
	if !p.isFilter {
		return p.emit(inst{op: opBackref, slot: int32(2 * n.Index), fold: n.Fold, next: next})
	}
	loop := p.emit(inst{op: opSplit, other: next})
	p.insts[loop].next = p.emit(inst{op: opAnyByte, next: loop})
	return loop
}

func (p *program) emit(i inst) int32 {
	if len(p.insts) >= maxInsts {
		p.tooBig = true
		return 0
	}
	i.scope = p.scope
	p.insts = append(p.insts, i)
	return int32(len(p.insts) - 1)
}
