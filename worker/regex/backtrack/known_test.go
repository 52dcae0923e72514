package backtrack

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// The functions of this file say where GNU grep 3.8 with glibc 2.36 is known to differ from the
// tree, going by what the patterns look like.

var (
	beyondASCII  = regexp.MustCompile(`[^\x00-\x7f]`)
	wordOperator = regexp.MustCompile(`\\[<>bB]`)
	anchor       = regexp.MustCompile("\\\\[<>bB'`]|[$^]")
	oddStart     = regexp.MustCompile(`(?m)(^|\(|\|)[{*+?]`)
	mixedRange   = regexp.MustCompile(`[^a-zA-Z0-9]-[a-z]`)
	symbol       = regexp.MustCompile(`\[[.=]`)
	forGlibc     = regexp.MustCompile(`\\[<>bBwWsS]|\[`) // in UTF-8
)

// byGlibc reports whether glibc's matcher may be the one that decides.
func byGlibc(q query, p *syntax.Pattern) bool {
	return p.Backrefs || symbol.MatchString(q.text()) ||
		q.UTF8 && (q.Words || forGlibc.MatchString(q.text()))
}

// isUnread reports whether grep reads the patterns differently.
func isUnread(q query, said string) bool {
	switch {
	case strings.Contains(said, "Invalid collation character"):
		// The C.UTF-8 locale has none outside ASCII.
		return beyondASCII.MatchString(q.text())
	case strings.Contains(said, "stack overflow"):
		return true
	case q.UTF8 && !utf8.ValidString(q.text()) && strings.Contains(q.text(), "{0"):
		// Whether glibc goes by characters does not depend on what is repeated zero times.
		return true
	case strings.HasSuffix(said, "not [:space:]\n"):
		return strings.HasPrefix(said, "warning: ") // warnings come first
	}
	// With -w and -x the DFA reads the patterns in parentheses; one that opens nothing closes the
	// first of these.
	return q.Language == syntax.Extended && (q.Words || q.Lines) && q.hasStrayParen
}

// isKnown reports whether grep may not select the row although the tree says so, or the other way
// round.
func isKnown(q query, p *syntax.Pattern, row []byte) bool {
	if !byGlibc(q, p) {
		return false
	}
	switch {
	case anchor.MatchString(q.text()) && strings.ContainsAny(q.text(), "+{*?"):
		// It is wrong about anchors in what it copies for a repetition: in UTF-8, \(^a*[^z]\)\{,2\}
		// does not match aba.
		return true
	case q.Null && anchor.MatchString(q.text()):
		// In a record with newlines, [^s]^ matches the last one in UTF-8.
		return true
	case q.Words && !q.Lines && hasEmpty(p):
		// It does not try an empty match where a longer one failed; but it does within a character.
		return true
	case wordOperator.MatchString(q.text()) && q.UTF8:
		// Beside these, a byte that is not part of a character is one of Latin-1.
		return !utf8.Valid(row)
	case q.Words && !utf8.ValidString(q.text()) && q.UTF8:
		// A match within a character is beside that character.
		return true
	}
	return false
}

// isDisplaced reports whether the positions, or the rows, may differ.
func isDisplaced(q query, p *syntax.Pattern) bool {
	repeatsAnchor := anchor.MatchString(q.text()) && strings.ContainsAny(q.text(), "+{*?")
	switch {
	case repeatsAnchor, q.Null && anchor.MatchString(q.text()), oddStart.MatchString(q.text()):
		// The positions follow glibc's reading, the rows the DFA's.
		return true
	case q.FoldCase && mixedRange.MatchString(q.text()):
		// glibc takes the upper case of the ends, the DFA of what is between.
		return true
	case q.Words && q.Lines:
		// The terminator is printed, too.
		return true
	case q.Words && hasEmpty(p):
		// See above; also, what follows an empty match is searched incorrectly.
		return true
	case q.Words && strings.Contains(q.text(), `\'`):
		// To look for shorter matches, the row is cut off.
		return true
	}
	return q.UTF8 && (wordOperator.MatchString(q.text()) || q.Words && !utf8.ValidString(q.text()))
}

// hasEmpty reports whether the empty string may be a match.
func hasEmpty(p *syntax.Pattern) bool {
	return slices.ContainsFunc(p.Literals, func(l syntax.Literal) bool { return len(l.Text) == 0 }) ||
		p.Others != nil && nullable(p.Others)
}

func nullable(n *syntax.Node) bool {
	switch n.Op {
	case syntax.OpEmpty, syntax.OpLook, syntax.OpBackref:
		return true
	case syntax.OpConcat:
		return !slices.ContainsFunc(n.Sub, func(n *syntax.Node) bool { return !nullable(n) })
	case syntax.OpAlternate:
		return slices.ContainsFunc(n.Sub, nullable)
	case syntax.OpRepeat:
		return n.Min == 0 || nullable(n.Sub[0])
	case syntax.OpGroup:
		return nullable(n.Sub[0])
	}
	return false
}
