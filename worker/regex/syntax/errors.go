package syntax

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
	tooBig       reason = "Regular expression too big"
	tooBigStart  reason = "regular expression too big" // at the start of an expression
	trailing     reason = "Trailing backslash"
)

// fail ends the reading of a pattern. [parser.parse] recovers it.
func fail(r reason) { panic(r) }
