package syntax

import "github.com/linefork/linefork/internal/glibc"

// Node is a node of the syntax tree: a set of strings of bytes. The tree is the same for all
// pattern languages and encodings; the parser has settled what a character is.
type Node struct {
	Op      Op
	Look    Look    // of OpLook
	Index   int     // of OpGroup and OpBackref: number of the group, from 1
	Min     int     // of OpRepeat
	Max     int     // of OpRepeat, Unlimited for no limit
	Fold    bool    // of OpBackref: case is ignored, see [FoldedPrefix]
	Literal []byte  // of OpLiteral, not empty
	Set     *Set    // of OpSet
	Sub     []*Node // of OpConcat and OpAlternate; a single one of OpRepeat and OpGroup
}

// Op is the kind of a Node.
type Op uint8

const (
	OpNone      Op = iota // nothing at all, not even the empty string
	OpEmpty               // the empty string
	OpLiteral             // the bytes of Literal
	OpSet                 // one character of Set
	OpConcat              // Sub, one after the other
	OpAlternate           // one of Sub
	OpRepeat              // Sub[0], from Min to Max times
	OpGroup               // Sub[0], remembered as group Index
	OpBackref             // the string that group Index matched last
	OpLook                // the empty string, where Look holds
)

// Unlimited is the Max of a repetition without an upper bound.
const Unlimited = -1

// Set is a set of characters. A character is a byte (of a single-byte encoding, or an ASCII
// character, or a byte of the pattern that is not part of a character) or the UTF-8 encoding of a
// rune from U+0080 on. A byte of the input that is not part of a character is in a set only if it
// is in Bytes.
type Set struct {
	Bytes [4]uint64   // bit b%64 of Bytes[b/64] for byte b
	Runes []RuneRange // in order, not overlapping, from U+0080 on
}

// RuneRange is the runes from Lo to Hi, inclusive.
type RuneRange = glibc.Range

// HasByte reports whether the byte b is a character of the set.
func (s *Set) HasByte(b byte) bool { return s.Bytes[b/64]>>(b%64)&1 != 0 }

// AddByte adds the byte b.
func (s *Set) AddByte(b byte) { s.Bytes[b/64] |= 1 << (b % 64) }

// Look is a condition on what is before and after a position in a record: bit 3*before+after is set
// if it holds between these two.
type Look uint16

// Beside is what is on one side of a position.
type Beside uint8

const (
	Edge  Beside = iota // nothing: the record starts or ends
	Word                // a character of a word: a letter, a digit, an underscore
	Other               // any other character, or a byte that is not part of one
	// Stray is a byte that is not part of a character, and is the number of a letter. GNU's matcher
	// takes it for that letter, but -w, which looks at the bytes themselves, does not.
	Stray
)

// Holds reports whether the condition holds between before and after.
func (l Look) Holds(before, after Beside) bool {
	return l>>(3*l.settle(before)+l.settle(after))&1 != 0
}

// settle returns what a stray byte is for this condition.
func (l Look) settle(b Beside) Beside {
	switch {
	case b != Stray:
		return b
	case l == NoWordBefore || l == NoWordAfter:
		return Other
	}
	return Word
}

// look returns the condition that holds for all pairs of the two sides.
func look(before, after []Beside) (l Look) {
	for _, b := range before {
		for _, a := range after {
			l |= 1 << (3*b + a)
		}
	}
	return l
}

var (
	anything = []Beside{Edge, Word, Other}
	word     = []Beside{Word}
	noWord   = []Beside{Edge, Other}

	Always       = look(anything, anything)       // no condition
	Begin        = look([]Beside{Edge}, anything) // ^ and \`
	End          = look(anything, []Beside{Edge}) // $ and \'
	WordStart    = look(noWord, word)             // \<
	WordEnd      = look(word, noWord)             // \>
	WordEdge     = WordStart | WordEnd            // \b
	NoWordEdge   = Always &^ WordEdge             // \B
	NoWordBefore = look(noWord, anything)         // before a match under -w
	NoWordAfter  = look(anything, noWord)         // after it
)
