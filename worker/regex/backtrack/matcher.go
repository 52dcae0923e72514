// Package backtrack is the exact matcher over the trees of package syntax. It handles every tree,
// at moderate speed: it is what the fast matchers fall back on, and what they are checked against.
//
// A tree without back-references becomes Thompson's automaton, all of whose states are followed at
// once, a character at a time (K. Thompson, Regular expression search algorithm, CACM 11(6), 1968).
// The time is at most the length of the line times the size of the automaton.
//
// Matching with back-references is NP-complete. Here the ways to match are tried one after the
// other, which takes few steps for most lines. A line that takes more is first tried with a copy of
// the automaton in which a back-reference stands for anything at all. If it passes, each
// combination of state, position and groups is tried only once, and after [MaxSteps] steps the
// search gives up.
//
// [Matcher.Find] returns the match that POSIX requires: the leftmost, and of those the longest over
// all ways to match.
package backtrack

import (
	"errors"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// MaxSteps limits the work on one line for a pattern with back-references. That many steps take 0.3
// s on one core of a 2023 Xeon.
const MaxSteps = 32 << 20

var (
	// ErrSteps says that a line took too many steps.
	ErrSteps = errors.New("back-references take too long on a line")

	// ErrTooBig says that repetitions would need too many copies.
	ErrTooBig = errors.New("regular expression too big")
)

// Matcher matches one tree. It is for one goroutine. Its methods allocate only what the longest
// line so far needs.
type Matcher struct {
	search *simulation // without back-references, or to rule lines out
	exact  *backrefs   // nil if there are no back-references
	tree   *syntax.Node
	deep   *deep // for long lines; nil before the first
	quick  int   // quickSteps, except in tests
	err    error
}

// New returns a Matcher for the tree n over lines in UTF-8 or, if utf8 is
// false, of single bytes.
func New(n *syntax.Node, utf8 bool) *Matcher {
	p := compile(n, false)
	m := &Matcher{quick: quickSteps}
	switch {
	case p.tooBig:
		m.err = ErrTooBig
	case p.groups > 0:
		m.exact, m.tree = newBackrefs(p, utf8), n
		p = compile(n, true)
		fallthrough
	default:
		m.search = newSimulation(p, utf8)
	}
	return m
}

// Err returns the first error: ErrTooBig, after New, or ErrSteps. Results of Match and Find after
// it are void.
func (m *Matcher) Err() error { return m.err }

// Match reports whether there is a match in line, which is a record without its
// terminator.
func (m *Matcher) Match(line []byte) bool {
	switch {
	case m.err != nil:
		return false
	case m.exact == nil:
		return m.search.match(line)
	}
	_, _, ok := m.findExact(line, 0, true)
	return ok
}

// MatchAt reports whether a match starts at line[pos]; ok is false if only Match can tell, because
// of back-references.
func (m *Matcher) MatchAt(line []byte, pos int) (match, ok bool) {
	if m.err != nil || m.exact != nil {
		return false, false
	}
	return m.search.matchAt(line, pos), true
}

// Find returns the first match in line that starts at or after from, and of those that start there
// the longest. What is before from counts as context: the line starts at 0.
func (m *Matcher) Find(line []byte, from int) (start, end int, ok bool) {
	switch {
	case m.err != nil:
		return 0, 0, false
	case m.exact == nil:
		return m.search.find(line, from)
	}
	return m.findExact(line, from, false)
}

// quickSteps is how many steps are tried without precautions against many ways to match. On long
// lines it is more.
const quickSteps = 1 << 12

func (m *Matcher) findExact(line []byte, from int, any bool) (start, end int, ok bool) {
	b := m.exact
	if m.quick > 0 {
		b.deep = nil
		limit := max(m.quick, 4*len(line))
		start, end, ok = b.find(line, from, any, limit)
		if b.steps <= limit {
			return start, end, ok
		}
	}
	if m.deep == nil {
		m.deep = newDeep(&b.program, m.tree)
	}
	b.deep = m.deep
	b.line = line
	b.deep.prepare(b)
	start, end, ok = b.find(line, from, any, MaxSteps)
	if b.steps > MaxSteps {
		m.err = ErrSteps
		return 0, 0, false
	}
	return start, end, ok
}
