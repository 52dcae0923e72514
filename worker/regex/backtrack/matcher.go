// Package backtrack is the exact matcher over the trees of package syntax. It handles every tree,
// at moderate speed: it is what the fast matchers fall back on, and what they are checked against.
//
// A tree without back-references becomes Thompson's automaton, all of whose states are followed at
// once, a character at a time (K. Thompson, Regular expression search algorithm, CACM 11(6), 1968).
// The time is at most the length of the line times the size of the automaton.
//
// Matching with back-references is NP-complete. Here the ways to match are tried one after the
// other, which takes few steps for most lines. About a line that takes more it is first worked out
//
//   - from which states and positions the end of a match can be reached, if a back-reference stands
//     for bytes that its group may have;
//   - how far what stands at a position occurs again: a group that must be repeated ends there;
//   - once for the program, which groups still matter in which state.
//
// Ways to match that agree in the state, the position and the texts of the groups that matter are
// tried once. After [MaxSteps] steps the search gives up on the line.
//
// [Matcher.Find] returns the match that POSIX requires: the leftmost, and of those the longest over
// all ways to match.
package backtrack

import (
	"errors"
	"math"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// MaxSteps limits the work on one line for a pattern with back-references. That many steps take
// about 0.7 s on one core of a 2023 Xeon.
const MaxSteps = 32 << 20

var (
	// ErrSteps says that a line took too many steps.
	ErrSteps = errors.New("back-references take too long")

	// ErrLong says that a line is longer than back-references can count.
	ErrLong = errors.New("too long for back-references (over 2 GiB)")

	// ErrTooBig says that repetitions would need too many copies.
	ErrTooBig = errors.New("regular expression too big")
)

// Matcher matches one tree. It is for one goroutine. Its methods allocate only what the longest
// line so far needs.
type Matcher struct {
	search *simulation // without back-references, or to rule out lines that are very long
	exact  *backrefs   // nil if there are no back-references
	tree   *syntax.Node
	deep   *deep // for long lines; nil before the first
	quick  int   // quickSteps, except in tests
	most   int   // MaxSteps, except in tests
	tooBig bool
	gaveUp error
	// longest is the number of bytes of the longest line for exact, whose positions are int32.
	longest int
}

// New returns a Matcher for the tree n over lines in UTF-8 or, if utf8 is
// false, of single bytes.
func New(n *syntax.Node, utf8 bool) *Matcher {
	p := compile(n, false)
	m := &Matcher{quick: quickSteps, most: MaxSteps, longest: math.MaxInt32}
	switch {
	case p.tooBig:
		m.tooBig = true
	case p.groups > 0:
		m.exact, m.tree = newBackrefs(p, utf8), n
		p = compile(n, true)
		fallthrough
	default:
		m.search = newSimulation(p, utf8)
	}
	return m
}

// GaveUp returns why Match or Find could not decide about a line since the last call: ErrTooBig,
// ErrLong, ErrSteps, or nil. They report no match there. It depends on the line and the tree alone.
func (m *Matcher) GaveUp() error {
	err := m.gaveUp
	m.gaveUp = nil
	return err
}

// Match reports whether there is a match in line, which is a record without its
// terminator.
func (m *Matcher) Match(line []byte) bool {
	switch {
	case m.tooBig:
		m.gaveUp = ErrTooBig
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
	if m.tooBig || m.exact != nil {
		return false, false
	}
	return m.search.matchAt(line, pos), true
}

// Find returns the first match in line that starts at or after from, and of those that start there
// the longest. What is before from counts as context: the line starts at 0.
func (m *Matcher) Find(line []byte, from int) (start, end int, ok bool) {
	switch {
	case m.tooBig:
		m.gaveUp = ErrTooBig
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
	if len(line) > m.longest {
		m.gaveUp = ErrLong
		return 0, 0, false
	}
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
	if !b.deep.hasReach && !m.search.match(line) {
		return 0, 0, false
	}
	start, end, ok = b.find(line, from, any, m.most)
	if b.steps > m.most {
		m.gaveUp = ErrSteps
		return 0, 0, false
	}
	return start, end, ok
}
