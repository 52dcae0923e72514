package perl

import "errors"

// The errors of PCRE2, in its words, which grep shows.
var (
	errBackslashAtEnd    = errors.New(`\ at end of pattern`)
	errControlAtEnd      = errors.New(`\c at end of pattern`)
	errUnknownEscape     = errors.New(`unrecognized character follows \`)
	errRepeatOrder       = errors.New(`numbers out of order in {} quantifier`)
	errRepeatSize        = errors.New(`number too big in {} quantifier`)
	errClassEnd          = errors.New(`missing terminating ] for character class`)
	errClassEscape       = errors.New(`escape sequence is invalid in character class`)
	errRangeOrder        = errors.New(`range out of order in character class`)
	errNothingToRepeat   = errors.New(`quantifier does not follow a repeatable item`)
	errGroupOption       = errors.New(`unrecognized character after (? or (?-`)
	errPOSIXOutside      = errors.New(`POSIX named classes are supported only within a class`)
	errPOSIXCollating    = errors.New(`POSIX collating elements are not supported`)
	errMissingParen      = errors.New(`missing closing parenthesis`)
	errNoGroup           = errors.New(`reference to non-existent subpattern`)
	errCommentEnd        = errors.New(`missing ) after (?# comment`)
	errTooDeep           = errors.New(`parentheses are too deeply nested`)
	errUnmatchedParen    = errors.New(`unmatched closing parenthesis`)
	errConditionEnd      = errors.New(`missing closing parenthesis for condition`)
	errBehindLength      = errors.New(`lookbehind assertion is not fixed length`)
	errRelativeZero      = errors.New(`a relative value of zero is not allowed`)
	errConditionBranches = errors.New(`conditional subpattern contains more than two branches`)
	errConditionAssert   = errors.New(`assertion expected after (?( or (?(?C)`)
	errDigitExpected     = errors.New(`digit expected after (?+ or (?-`)
	errPOSIXName         = errors.New(`unknown POSIX class name`)
	errCodePointSize     = errors.New(`character code point value in \x{} or \o{} is too large`)
	errBehindComplex     = errors.New(`lookbehind is too complicated`)
	errByteInBehind      = errors.New(`\C is not allowed in a lookbehind assertion in UTF-8 mode`)
	errPerlOnly          = errors.New(`PCRE2 does not support \F, \L, \l, \N{name}, \U, or \u`)
	errCalloutNumber     = errors.New(`number after (?C is greater than 255`)
	errCalloutEnd        = errors.New(`closing parenthesis for (?C expected`)
	errPythonGroup       = errors.New(`unrecognized character after (?P`)
	errNameEnd           = errors.New(`syntax error in subpattern name (missing terminator?)`)
	errNameTwice         = errors.New(`two named subpatterns have the same name (PCRE2_DUPNAMES not set)`)
	errNameDigit         = errors.New(`subpattern name must start with a non-digit`)
	errPropertySyntax    = errors.New(`malformed \P or \p sequence`)
	errPropertyName      = errors.New(`unknown property after \P or \p`)
	errNameLength        = errors.New(`subpattern name is too long (maximum 32 code units)`)
	errClassRange        = errors.New(`invalid range in character class`)
	errOctalSize         = errors.New(`octal value is greater than \377 in 8-bit non-UTF-8 mode`)
	errDefineBranches    = errors.New(`DEFINE subpattern contains more than one branch`)
	errOctalBrace        = errors.New(`missing opening brace after \o`)
	errReferenceSyntax   = errors.New(`\g is not followed by a braced, angle-bracketed, or quoted name/number or by a plain number`)
	errRecursionEnd      = errors.New(`(?R (recursive pattern call) must be followed by a closing parenthesis`)
	errVerb              = errors.New(`(*VERB) not recognized or malformed`)
	errGroupNumber       = errors.New(`subpattern number is too big`)
	errNameExpected      = errors.New(`subpattern name expected`)
	errOctalDigit        = errors.New(`non-octal character in \o{} (closing brace missing?)`)
	errNameDiffers       = errors.New(`different names for subpatterns of the same number are not allowed`)
	errMarkArgument      = errors.New(`(*MARK) must have an argument`)
	errHexDigit          = errors.New(`non-hex character in \x{} (closing brace missing?)`)
	errControlChar       = errors.New(`\c must be followed by a printable ASCII character`)
	errNamedReference    = errors.New(`\k is not followed by a braced, angle-bracketed, or quoted name`)
	errNotNewlineInClass = errors.New(`\N is not supported in a class`)
	errSurrogate         = errors.New(`disallowed Unicode code point (>= 0xd800 && <= 0xdfff)`)
	errMarkLength        = errors.New(`name is too long in (*MARK), (*PRUNE), (*SKIP), or (*THEN)`)
	errDigitsMissing     = errors.New(`digits missing in \x{} or \o{} or \N{U+}`)
	errVersionCondition  = errors.New(`syntax error or number too big in (?(VERSION condition`)
	errCalloutString     = errors.New(`missing terminating delimiter for callout with string argument`)
	errCalloutDelimiter  = errors.New(`unrecognized string delimiter follows (?C`)
	errBehindLong        = errors.New(`lookbehind assertion is too long`)
	errCodePointNotUTF   = errors.New(`\N{U+dddd} is supported only in Unicode (UTF) mode`)
	errOptionHyphen      = errors.New(`invalid hyphen in option setting`)
	errAlphaAssertion    = errors.New(`(*alpha_assertion) not recognized`)
	errTooManyGroups     = errors.New(`too many capturing groups (maximum 65535)`)
	errAtomicCondition   = errors.New(`atomic assertion expected after (?( or (?(?C)`)
	errKeepInLook        = errors.New(`\K is not allowed in lookarounds (but see PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK)`)
)

// An error of grep itself.
var errSeveralPatterns = errors.New(`the -P option only supports a single pattern`)

// What PCRE2 has and this package does not.
var (
	errScriptRun       = errors.New(`script runs are not supported`)
	errNewlineKind     = errors.New(`(*CRLF) is not supported`)
	errPropertyMissing = errors.New(`property after \P or \p is not supported`)
)

// The errors of a match, in the words of grep.
var (
	errMatchLimit = errors.New(`exceeded PCRE's backtracking limit`)
	errHeapLimit  = errors.New(`exceeded PCRE's heap limit`)
)

// syntaxError is how the parser bails out in the middle of a pattern.
type syntaxError struct{ error }

func fail(err error) { panic(syntaxError{err}) }
