package syntax

import "errors"

// maxDepth is how deep parentheses may be nested. GNU grep on amd64 with the usual stack of 8 MiB
// gets this far, and it keeps every recursion over a tree within bounds.
const maxDepth = 12_500

// ErrTooDeep is returned for more than 12,500 parentheses that are open at once. GNU grep's stack
// overflows at about that depth, and that is what it says.
var ErrTooDeep = errors.New("stack overflow")

// Error says what is wrong with one pattern, in the words of GNU grep.
type Error struct {
	Index  int // of the pattern in the list, from 0
	Reason string
}

func (e *Error) Error() string { return e.Reason }

// reason is an Error before its Index is known.
type reason string

const (
	badBackref   reason = "Invalid back reference"
	badBraces    reason = `Invalid content of \{\}`
	badClass     reason = "Invalid character class name"
	badCollation reason = "Invalid collation character"
	badPattern   reason = "Invalid regular expression"
	badRange     reason = "Invalid range end"
	confusing    reason = "character class syntax is [[:space:]], not [:space:]"
	openBrace    reason = `Unmatched \{`
	openBracket  reason = "Unmatched [, [^, [:, [., or [="
	openParen    reason = `Unmatched ( or \(`
	closeParen   reason = `Unmatched ) or \)`
	tooDeep      reason = "stack overflow"
	tooBig       reason = "Regular expression too big"
	tooBigStart  reason = "regular expression too big" // at the start of an expression
	trailing     reason = "Trailing backslash"
)

// fail stops reading a pattern. [parser.parse] recovers it.
func fail(r reason) { panic(r) }
