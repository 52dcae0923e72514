package perl

import "github.com/linefork/linefork/worker/regex/syntax"

// node is a node of a parsed pattern. Options such as (?i) have been worked into it; nothing in it
// depends on what is around it.
type node struct {
	op     op
	r      rune        // of opChar: a character, or a byte if the encoding is not UTF-8
	fold   bool        // of opChar and opBackref: case is ignored
	set    *syntax.Set // of opSet
	sub    []*node
	min    int // of opRepeat
	max    int // of opRepeat, syntax.Unlimited for no limit
	lazy   bool
	before []byte // of opRepeat of a character: it ends where this text comes next; nil for no text
	group  int    // of opGroup and opCall; opCall has 0 for the whole pattern
	groups []int  // of opBackref and opCondition: any of these
	name   string // of opBackref, opCall and opCondition until resolved; of opVerb
	look   look
	assert assert
	verb   verb
	cond   condition
	back   int // of opBack: how many characters

	target *node // of opCall: what is called, nil while unknown
	busy   bool  // of opCall: its target is being looked at
}

type op uint8

const (
	opEmpty     op = iota
	opFail         // nothing matches
	opChar         // r
	opSet          // one character of set
	opByte         // \C
	opGrapheme     // \X
	opConcat       // sub, one after the other
	opAlternate    // one of sub
	opRepeat       // sub[0], from min to max times
	opGroup        // sub[0], remembered as group
	opAtomic       // sub[0], whose first way to match is the only one
	opLook         // what look says of sub[0]
	opBack         // goes back over some characters, in a lookbehind
	opBackref      // what the first of groups that is set has matched
	opCall         // the pattern of group, as a subroutine
	opCondition    // sub[0] if cond holds, otherwise sub[1]
	opAssert       // assert
	opKeep         // \K
	opVerb         // verb
)

// look is a kind of lookaround.
type look struct {
	behind, negative bool
	loose            bool // may be backtracked into
}

// assert is a condition on a position.
type assert uint8

const (
	lineStart   assert = iota // ^
	lineEnd                   // $
	anyStart                  // ^ under (?m)
	anyEnd                    // $ under (?m)
	textStart                 // \A
	textEnd                   // \z
	lastLineEnd               // \Z
	searchStart               // \G
	wordEdge                  // \b
	noWordEdge                // \B
)

// verb is a backtracking control verb.
type verb uint8

const (
	accept verb = iota
	commit
	prune
	skip
	skipMark // to the mark of that name
	then
	mark
)

// condition is the kind of an opCondition.
type condition uint8

const (
	ifGroup     condition = iota // one of groups is set
	ifRecursion                  // within a call of one of groups, or of any if there are none
	ifLook                       // sub[2], an opLook, holds
	ifTrue
	ifFalse // and so (?(DEFINE)
)

func (n *node) visit(f func(*node)) {
	f(n)
	for _, s := range n.sub {
		s.visit(f)
	}
}

func concat(items []*node) *node {
	switch len(items) {
	case 0:
		return &node{op: opEmpty}
	case 1:
		return items[0]
	}
	return &node{op: opConcat, sub: items}
}
