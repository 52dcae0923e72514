package perl

import (
	"slices"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// program is a pattern for the virtual machine.
type program struct {
	insts     []inst
	slots     int // registers
	captures  map[int]capture
	utf       bool
	newline   newlines
	word      *charSet
	anchored  bool    // a match starts where the search does
	first     byteSet // the bytes that a match may start with
	anyFirst  bool    // it may start with any byte, or be empty
	onlyFirst int     // the only such byte, -1 if there are several
	// lead is the characters of a repetition that starts the pattern, see leading; nil for none.
	lead     *charSet
	fromEdge bool   // a match starts where a word starts or ends
	required []byte // what each match contains, if anything

	stepLimit            int
	notEmpty, notAtStart bool
}

// capture is the registers of a group: where it starts and ends, and where it started if it has not
// ended yet.
type capture struct{ start, end, open int }

// inst is an instruction. Its code says what its fields mean.
type inst struct {
	code     code
	lazy     bool
	fold     bool
	assert   assert
	verb     verb
	count    int
	x, y     int // a place in the program, -1 for none; a register; a number
	min, max int
	set      *charSet
	text     []byte
	captures []capture
	next     *choice
}

type code uint8

const (
	iFail      code = iota
	iText           // text comes next
	iSet            // a character of set comes next
	iByte           // \C
	iGrapheme       // \X
	iSpan           // min to max characters of set, as many as possible; text does not occur within
	iSpanLazy       // the same, as few as possible
	iSpanAll        // the same, as many as possible, without backtracking
	iSplit          // continue with x, later with y
	iJump           // go to x
	iAssert         // assert
	iNext           // go to y, fail if -1, unless next allows what comes next
	iBefore         // the same for the byte before
	iBack           // go back by x characters
	iOpen           // a group starts
	iClose          // a group ends
	iReturn         // the group x ends; return if it was called
	iCall           // call the group y, which starts at x
	iBackref        // what the first of captures that is set has matched
	iKeep           // \K
	iPlace          // register x: the position
	iRewind         // the position: register x
	iZero           // register x: 0
	iLoop           // register x counts up to min and max, then go to y
	iCount          // increase register x
	iEmpty          // go to y if the position is still that of register x
	iEmptyTurn      // the same, if the register count has reached min
	iAtomic         // register x: the height of the stack
	iCut            // cut the stack to register x
	iTry            // as iAtomic; if what follows fails, go to y, or nowhere if -1
	iUntry          // cut the stack to register x; revert changes; go to y, fail if -1
	iIfGroup        // go to y unless one of captures is set
	iIfCall         // go to y unless in a call of group x, or of any if -1
	iVerb           // verb; x is the alternation to leave for then
	iBranch         // of the alternation x, which then may leave; y is the next one, -1 for none
	iMatch
)

type compiler struct {
	*program
	stored map[int]bool // groups whose contents matter
	called map[int]bool // groups that are subroutines
	sets   map[*syntax.Set]*charSet
	starts map[int]int    // where they start
	calls  []int          // instructions of calls
	open   []int          // enclosing groups, since the last lookaround
	then   []*alternation // enclosing alternations
}

type alternation struct {
	number int
	used   bool
}

func compile(root *node, p *parser) *program {
	c := &compiler{
		program: &program{
			utf: p.utf, newline: p.newline, word: newCharSet(p.wordSet(), p.utf),
			captures:  map[int]capture{},
			stepLimit: maxSteps, notEmpty: p.notEmpty, notAtStart: p.notAtStart,
		},
		stored: map[int]bool{}, called: map[int]bool{}, starts: map[int]int{},
		sets: map[*syntax.Set]*charSet{},
	}
	if p.stepLimit > 0 {
		c.stepLimit = min(c.stepLimit, p.stepLimit)
	}
	root.visit(func(n *node) {
		switch {
		case n.op == opCall:
			c.called[n.group] = true
		case n.op == opBackref, n.op == opCondition && n.cond == ifGroup:
			for _, g := range n.groups {
				c.stored[g] = true
			}
		}
	})
	c.emitNode(root)
	c.emit(inst{code: iReturn, x: 0})
	c.emit(inst{code: iMatch})
	for _, at := range c.calls {
		c.insts[at].x = c.starts[c.insts[at].y]
	}
	c.lookAhead()
	c.start(root, !p.fullStart)
	return c.program
}

func (c *compiler) emit(i inst) int {
	c.insts = append(c.insts, i)
	return len(c.insts) - 1
}

func (c *compiler) chars(s *syntax.Set) *charSet {
	if c.sets[s] == nil {
		c.sets[s] = newCharSet(s, c.utf)
	}
	return c.sets[s]
}

func (c *compiler) here() int { return len(c.insts) }

func (c *compiler) register() int {
	c.slots++
	return c.slots - 1
}

func (c *compiler) emitNode(n *node) {
	switch n.op {
	case opFail:
		c.emit(inst{code: iFail})
	case opChar:
		c.char(n)
	case opSet:
		c.emit(inst{code: iSet, set: c.chars(n.set)})
	case opByte:
		c.emit(inst{code: iByte})
	case opGrapheme:
		c.emit(inst{code: iGrapheme})
	case opConcat:
		c.concat(n.sub)
	case opAlternate:
		c.alternate(n)
	case opRepeat:
		c.repeat(n)
	case opGroup:
		c.group(n)
	case opAtomic:
		c.atomic(n.sub[0])
	case opLook:
		c.lookaround(n)
	case opBack:
		c.emit(inst{code: iBack, x: n.back})
	case opBackref:
		c.emit(inst{code: iBackref, captures: c.groupCaptures(n.groups), fold: n.fold})
	case opCall:
		c.calls = append(c.calls, c.emit(inst{code: iCall, y: n.group}))
	case opCondition:
		c.condition(n)
	case opAssert:
		c.emit(inst{code: iAssert, assert: n.assert})
	case opKeep:
		c.emit(inst{code: iKeep})
	case opVerb:
		c.verb(n)
	}
}

// concat emits consecutive characters as one text.
func (c *compiler) concat(nodes []*node) {
	var text []byte
	for _, n := range nodes {
		if t := c.text(n); t != nil {
			text = append(text, t...)
			continue
		}
		c.emitText(text)
		text = nil
		c.emitNode(n)
	}
	c.emitText(text)
}

func (c *compiler) emitText(text []byte) {
	if len(text) > 0 {
		c.emit(inst{code: iText, text: text})
	}
}

// text returns what n matches, if that is only one character.
func (c *compiler) text(n *node) []byte {
	if n.op == opChar && (!n.fold || single(n.charSet(c.utf))) {
		return encode(n.r, c.utf)
	}
	return nil
}

func (c *compiler) char(n *node) {
	if t := c.text(n); t != nil {
		c.emitText(t)
		return
	}
	c.emit(inst{code: iSet, set: c.chars(n.charSet(c.utf))})
}

func encode(r rune, utf bool) []byte {
	if !utf {
		return []byte{byte(r)}
	}
	return utf8.AppendRune(nil, r)
}

func (n *node) charSet(utf bool) *syntax.Set {
	if n.fold {
		return folded(n.r, utf)
	}
	b := builder{utf: utf}
	b.add(n.r, n.r)
	return b.set(false)
}

// single reports whether a set has only one character.
func single(s *syntax.Set) bool {
	if len(s.Runes) == 1 {
		return s.Runes[0].Lo == s.Runes[0].Hi && s.Bytes == [4]uint64{}
	}
	_, ok := alone(s)
	return ok
}

func (c *compiler) alternate(n *node) {
	a := &alternation{number: c.here()}
	n.visit(func(n *node) { a.used = a.used || n.op == opVerb && n.verb == then })
	if a.used {
		c.then = append(c.then, a)
		defer func() { c.then = c.then[:len(c.then)-1] }()
	}
	var ends []int
	for i, s := range n.sub {
		last := i == len(n.sub)-1
		split := -1
		switch {
		case a.used:
			split = c.emit(inst{code: iBranch, x: a.number, y: -1})
		case !last:
			split = c.emit(inst{code: iSplit, x: c.here() + 1})
		}
		c.emitNode(s)
		if !last {
			ends = append(ends, c.emit(inst{code: iJump}))
			c.insts[split].y = c.here()
		}
	}
	for _, e := range ends {
		c.insts[e].x = c.here()
	}
}

func (c *compiler) atomic(n *node) {
	if n.op == opRepeat {
		if set := n.sub[0].oneChar(c.utf); set != nil {
			most := n.max
			if n.lazy {
				most = n.min
			}
			c.emit(inst{code: iSpanAll, set: c.chars(set), text: n.before, min: n.min, max: most})
			return
		}
	}
	r := c.register()
	c.emit(inst{code: iAtomic, x: r})
	c.emitNode(n)
	c.emit(inst{code: iCut, x: r})
}

// oneChar returns the set if n is one character of it, otherwise nil.
func (n *node) oneChar(utf bool) *syntax.Set {
	switch n.op {
	case opChar:
		return n.charSet(utf)
	case opSet:
		return n.set
	}
	return nil
}

func (c *compiler) repeat(n *node) {
	body := n.sub[0]
	if set := body.oneChar(c.utf); set != nil {
		i := inst{code: iSpan, set: c.chars(set), text: n.before, min: n.min, max: n.max}
		if n.lazy {
			i.code = iSpanLazy
		}
		c.emit(i)
		return
	}
	switch {
	case n.max == 0:
		over := c.emit(inst{code: iJump}) // it may be a subroutine
		c.emitNode(body)
		c.insts[over].x = c.here()
	case n.min == 1 && n.max == 1:
		c.emitNode(body)
	case n.min == 0 && n.max == 1:
		split := c.split(n.lazy)
		c.emitNode(body)
		c.exit(split, n.lazy)
	case n.min == 0 && n.max == syntax.Unlimited:
		split := c.split(n.lazy)
		empty := c.body(body)
		c.emit(inst{code: iJump, x: split})
		c.exit(split, n.lazy)
		c.patch(empty)
	case n.min == 1 && n.max == syntax.Unlimited:
		again := c.here()
		empty := c.body(body)
		split := c.split(!n.lazy)
		if n.lazy {
			c.insts[split].y = again
		} else {
			c.insts[split].x = again
		}
		c.exit(split, n.lazy)
		c.patch(empty)
	default:
		c.counted(n)
	}
}

// split starts a choice between what follows and an exit that is not known yet.
func (c *compiler) split(lazy bool) int {
	at := c.emit(inst{code: iSplit})
	c.insts[at].x, c.insts[at].y = at+1, at+1
	return at
}

func (c *compiler) exit(split int, lazy bool) {
	if lazy {
		c.insts[split].x = c.here()
	} else {
		c.insts[split].y = c.here()
	}
}

// body emits what is repeated without limit. It returns the instruction that leaves the loop if
// nothing was matched, or -1 if something always is.
func (c *compiler) body(n *node) (empty int) {
	if !n.nullable() {
		c.emitNode(n)
		return -1
	}
	r := c.register()
	c.emit(inst{code: iPlace, x: r})
	c.emitNode(n)
	return c.emit(inst{code: iEmpty, x: r})
}

func (c *compiler) patch(empty int) {
	if empty >= 0 {
		c.insts[empty].y = c.here()
	}
}

func (c *compiler) counted(n *node) {
	r := c.register()
	c.emit(inst{code: iZero, x: r})
	loop := c.emit(inst{code: iLoop, x: r, min: n.min, max: n.max, lazy: n.lazy})
	c.emit(inst{code: iCount, x: r})
	empty := -1
	if n.max == syntax.Unlimited {
		empty = c.body(n.sub[0])
	} else {
		c.emitNode(n.sub[0])
	}
	if empty >= 0 {
		c.insts[empty].code, c.insts[empty].count, c.insts[empty].min = iEmptyTurn, r, n.min
	}
	c.emit(inst{code: iJump, x: loop})
	c.insts[loop].y = c.here()
	c.patch(empty)
}

func (c *compiler) group(n *node) {
	g := n.group
	if _, ok := c.starts[g]; !ok {
		c.starts[g] = c.here()
	}
	if c.stored[g] {
		c.emit(inst{code: iOpen, captures: c.groupCaptures([]int{g})})
		c.open = append(c.open, g)
	}
	c.emitNode(n.sub[0])
	if c.stored[g] {
		c.open = c.open[:len(c.open)-1]
		c.emit(inst{code: iClose, captures: c.groupCaptures([]int{g})})
	}
	if c.called[g] {
		c.emit(inst{code: iReturn, x: g})
	}
}

func (c *compiler) groupCaptures(groups []int) []capture {
	var out []capture
	for _, g := range groups {
		capt, ok := c.captures[g]
		if !ok {
			capt = capture{c.register(), c.register(), c.register()}
			c.captures[g] = capt
		}
		out = append(out, capt)
	}
	return out
}

func (c *compiler) condition(n *node) {
	var otherwise []int
	switch n.cond {
	case ifGroup:
		otherwise = []int{c.emit(inst{code: iIfGroup, captures: c.groupCaptures(n.groups)})}
	case ifRecursion:
		g := -1
		if len(n.groups) > 0 {
			g = n.groups[0]
		}
		otherwise = []int{c.emit(inst{code: iIfCall, x: g})}
	case ifLook:
		otherwise = c.lookaround(n.sub[2])
	case ifTrue:
	case ifFalse:
		otherwise = []int{c.emit(inst{code: iJump})}
	}
	c.emitNode(n.sub[0])
	end := c.emit(inst{code: iJump})
	for _, at := range otherwise {
		if c.insts[at].code == iJump {
			c.insts[at].x = c.here()
		} else {
			c.insts[at].y = c.here()
		}
	}
	c.emitNode(n.sub[1])
	c.insts[end].x = c.here()
}

func (c *compiler) verb(n *node) {
	i := inst{code: iVerb, verb: n.verb, x: -1, text: []byte(n.name)}
	switch {
	case n.verb == accept:
		for _, g := range slices.Backward(c.open) {
			c.emit(inst{code: iClose, captures: c.groupCaptures([]int{g})})
		}
	case n.verb == then && len(c.then) > 0:
		i.x = c.then[len(c.then)-1].number
	}
	c.emit(i)
}
