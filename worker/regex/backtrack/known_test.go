package backtrack

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// The functions of this file tell where GNU grep 3.8 with glibc 2.36 is known
// to differ from the tree, by the look of the patterns.

var (
	beyondASCII  = regexp.MustCompile(`[^\x00-\x7f]`)
	wordOperator = regexp.MustCompile(`\\[<>bB]`)
	anchor       = regexp.MustCompile("\\\\[<>bB'`]|[$^]")
	oddStart     = regexp.MustCompile(`(?m)(^|\(|\|)[{*+?]`)
	mixedRange   = regexp.MustCompile(`[^a-zA-Z0-9]-[a-z]`)
	symbol       = regexp.MustCompile(`\[[.=]`)
	forGlibc     = regexp.MustCompile(`\\[<>bBwWsS]|\[`) // in UTF-8
)

// byGlibc tells whether it may be glibc's matcher that decides.
func byGlibc(q query, p *syntax.Pattern) bool {
	return p.Backrefs || symbol.MatchString(q.text()) || q.UTF8 && (q.Words || forGlibc.MatchString(q.text()))
}

// isUnread tells whether grep reads the patterns in another way.
func isUnread(q query, said string) bool {
	switch {
	case strings.Contains(said, "Invalid collation character"):
		// In the C.UTF-8 locale there is none outside ASCII.
		return beyondASCII.MatchString(q.text())
	case strings.Contains(said, "stack overflow"):
		return true
	case q.UTF8 && !utf8.ValidString(q.text()) && strings.Contains(q.text(), "{0"):
		// What is repeated zero times does not count for whether glibc goes by
		// characters.
		return true
	case strings.HasSuffix(said, "not [:space:]\n"):
		return strings.HasPrefix(said, "warning: ") // those come first
	}
	// With -w and -x the DFA reads the patterns in parentheses, of which one
	// that opens nothing closes the first.
	return q.Language == syntax.Extended && (q.Words || q.Lines) && q.hasStrayParen
}

// isKnown tells whether grep may not select the row where the tree says so, or
// the other way round.
func isKnown(q query, p *syntax.Pattern, row []byte) bool {
	if !byGlibc(q, p) {
		return false
	}
	switch {
	case anchor.MatchString(q.text()) && strings.ContainsAny(q.text(), "+{*?"):
		// It is wrong about anchors in what it copies for a repetition: in
		// UTF-8, \(^a*[^z]\)\{,2\} does not match aba.
		return true
	case q.Null && anchor.MatchString(q.text()):
		// In a record with newlines, [^s]^ matches the last one in UTF-8.
		return true
	case q.Words && !q.Lines && hasEmpty(p):
		// It is not asked for an empty match where a longer one failed; but it
		// is within a character.
		return true
	case wordOperator.MatchString(q.text()) && q.UTF8:
		// Beside these, a byte that belongs to no character is one of Latin-1.
		return !utf8.Valid(row)
	case q.Words && !utf8.ValidString(q.text()) && q.UTF8:
		// A match within a character is beside that character.
		return true
	}
	return false
}

// isDisplaced tells whether the positions may differ, or the rows.
func isDisplaced(q query, p *syntax.Pattern) bool {
	repeatsAnchor := anchor.MatchString(q.text()) && strings.ContainsAny(q.text(), "+{*?")
	switch {
	case repeatsAnchor, q.Null && anchor.MatchString(q.text()), oddStart.MatchString(q.text()):
		// The positions are by glibc's reading, the rows by the DFA's.
		return true
	case q.FoldCase && mixedRange.MatchString(q.text()):
		// glibc takes the upper case of its ends, the DFA of what is between.
		return true
	case q.Words && q.Lines:
		// The terminator is printed, too.
		return true
	case q.Words && hasEmpty(p):
		// See above; also, what follows an empty match is searched wrongly.
		return true
	case q.Words && strings.Contains(q.text(), `\'`):
		// To look for shorter matches the row is cut off.
		return true
	}
	return q.UTF8 && (wordOperator.MatchString(q.text()) || q.Words && !utf8.ValidString(q.text()))
}

// hasEmpty tells whether the empty string may be a match.
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
