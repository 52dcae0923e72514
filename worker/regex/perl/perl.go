// Package perl reads the patterns of grep -P and matches lines with them.
//
//	p, err := perl.Parse([]byte(`(\w)\1`), perl.Options{UTF8: true})
//	m := p.Matcher()
//	start, end, ok := m.Find([]byte("letter"), 0) // 2, 4
//
// # The language
//
// The language is that of PCRE2 10.42 with the options that GNU grep 3.8 sets: $ matches only at
// the very end, and \w, \d, \s, \b and [[:alpha:]] know only ASCII, even in UTF-8, although -i
// folds by Unicode there. See pcre2pattern(3). Where PCRE2 errs in the way grep uses it, so does
// this package if the error is regular: in UTF-8, \D, \S and \W match only ASCII, unlike [\W], and
// [\W[:alpha:]] matches nothing above U+00FF. Known differences:
//
//   - \p{...} goes by the Unicode version of Go's tables; \p{Greek} asks for
//     the script of a character, where PCRE2 asks for its script extensions;
//     some rarer properties, script runs and (*CRLF) are errors.
//   - PCRE2 counts other steps, so that a pattern that exceeds its
//     backtracking limit on some line may stay within it here, or the
//     other way round.
//   - Errors of PCRE2's compiler to machine code that are not regular: it may
//     miss a match of (?>a+?)b, keeps what a group had matched when it
//     goes back beyond ()*+, takes three flags in a row for one \X, and lets
//     (?i)[^k] match bytes that are not valid. It may start elsewhere after
//     (*PRUNE).
//   - (*UTF) in another locale does not make invalid text an error, and
//     (*UCP) there leaves \b and \w in lookbehinds to ASCII.
//   - PCRE2 assumes that a pattern whose branches all start with .* matches only
//     at the start of the line, even if an invalid byte keeps it from starting
//     there; here it matches after that byte.
//
// # Invalid text
//
// In UTF-8, nothing matches bytes that are not part of a character, not even a negated class. A
// match lies between them; ^ and $ hold only at the ends of the line, but not ^ if the line starts
// with such a byte.
//
// # How it works
//
// A pattern is parsed into a tree, which is compiled for a virtual machine that backtracks, as in
// Russ Cox's "Regular Expression Matching: the Virtual Machine Approach", with the stack of what is
// left to try on the heap. A change to a register (a group, a counter) leaves its old value on the
// same stack. An atomic group cuts off what it left to try but keeps the old values.
//
// A backtracking matcher can take exponential time: it gives up after a number of steps, so callers
// must ask [Matcher.GaveUp]. With [Pattern.Trees] an automaton can select the lines instead, or
// those that are worth trying.
package perl

import (
	"bytes"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// Options are the options of grep that change what a pattern means.
type Options struct {
	FoldCase bool // -i
	Words    bool // -w
	Lines    bool // -x, which makes -w void
	UTF8     bool // the locale's encoding is UTF-8; otherwise a byte is a character
	Null     bool // -z: a record may contain newlines
}

// Pattern is a parsed pattern. It may be used by several goroutines at once.
type Pattern struct {
	// Trees are regular expressions for a matcher to which only ASCII letters, digits and the
	// underscore are a Word, and bytes need not be part of characters. Each matches all records
	// that the pattern matches; where Exact says so, the first one matches no others. There may be
	// none.
	Trees []*syntax.Node
	Exact Exactness

	prog *program
}

// Parse reads a pattern; patterns may have it on several lines, but no other pattern with it.
// Errors are in the words of grep.
func Parse(patterns []byte, o Options) (p *Pattern, err error) {
	pattern, again, more := bytes.Cut(patterns, []byte{'\n'})
	for more {
		var line []byte
		if line, again, more = bytes.Cut(again, []byte{'\n'}); !bytes.Equal(line, pattern) {
			return nil, errSeveralPatterns
		}
	}
	if o.Words && !o.Lines {
		pattern = bytes.Join([][]byte{[]byte(`(?<!\w)(?:`), pattern, []byte(`)(?!\w)`)}, nil)
	}
	defer func() {
		if e := recover(); e != nil {
			s, ok := e.(syntaxError)
			if !ok {
				panic(e)
			}
			p, err = nil, s.error
		}
	}()
	ps := &parser{src: pattern, utf: o.UTF8, newline: newlines{chars: "\n"}}
	if o.FoldCase {
		ps.flags |= foldCase
	}
	root := ps.parse()
	if o.Lines {
		root = concat([]*node{{op: opAssert, assert: lineStart}, root, {op: opAssert, assert: lineEnd}})
	}
	root = simplify(root, ps.utf)
	p = &Pattern{prog: compile(root, ps)}
	p.Trees, p.Exact = trees(root, ps, o)
	return p, nil
}
