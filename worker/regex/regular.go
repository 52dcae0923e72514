package regex

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/backtrack"
	"github.com/linefork/linefork/worker/regex/dfa"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// regular is the strategy that decides record by record, and the one that all others fall back on.
// A filter finds the records worth looking at; the DFA finds them if the filter does not pay off;
// and what these two let pass goes to the last decider, unless the DFA alone settles it.
type regular struct {
	term   byte
	filter *search      // nil without literals worth a search
	dfa    *dfa.Program // nil if there is none
	// sure says that what the DFA matches is a match. With back-references it is not.
	sure bool
	// sureOnUTF8 says that it is one in valid UTF-8.
	sureOnUTF8 bool
	crlf       bool         // a CR before the terminator belongs to it
	text       *encodedText // decodes what is looked at, instead of a DFA; or nil
	last       func() decider
	// find says that Find is left to last, since it prefers other matches than the DFA.
	find bool
}

func (p *regular) name() string {
	switch {
	case p.filter != nil:
		return "filter"
	case p.dfa != nil:
		return "automaton"
	case p.text != nil:
		return "decoded"
	}
	return "records"
}

func (p *regular) engine() engine {
	if p.text != nil {
		d := p.text.decoder()
		return &regularEngine{regular: p, last: d, machine: d}
	}
	e := &regularEngine{regular: p, last: &lazy{make: p.last}}
	if p.dfa != nil {
		e.machine = p.dfa.Machine(e.last)
	}
	return e
}

// machine looks at many records at once. Its methods are those of [dfa.Machine].
type machine interface {
	Lines(b []byte, hits []int) []int
	Match(record []byte) bool
	Find(record []byte, from int) (start, end int, ok bool)
}

// backtracking returns a function that makes matchers of n.
func backtracking(n *syntax.Node, utf8 bool) func() decider {
	return func() decider { return backtrack.New(n, utf8) }
}

// lazy is a decider that is made when it is needed: making it takes time and memory, and most
// searches do without.
type lazy struct {
	make func() decider
	made decider
}

func (l *lazy) decider() decider {
	if l.made == nil {
		l.made = l.make()
	}
	return l.made
}

func (l *lazy) Match(record []byte) bool { return l.decider().Match(record) }

func (l *lazy) Find(record []byte, from int) (start, end int, ok bool) {
	return l.decider().Find(record, from)
}

// MatchAt is that of [backtrack.Matcher], if the decider is one.
func (l *lazy) MatchAt(record []byte, pos int) (match, ok bool) {
	if m, is := l.decider().(*backtrack.Matcher); is {
		return m.MatchAt(record, pos)
	}
	return false, false
}

func (l *lazy) GaveUp() error {
	if l.made == nil {
		return nil
	}
	return l.made.GaveUp()
}

type regularEngine struct {
	*regular
	last    decider
	machine machine
	hits    []int
	patience
	without int // for how many blocks the DFA is left out
}

func (e *regularEngine) GaveUp() error { return e.last.GaveUp() }

func (e *regularEngine) Match(record []byte) bool {
	if e.machine == nil {
		return e.last.Match(record)
	}
	return e.machine.Match(record) && (e.isSure(record) || e.last.Match(record))
}

// isSure reports whether what the DFA matches in text is a match.
func (e *regularEngine) isSure(text []byte) bool {
	return e.sure || e.sureOnUTF8 && utf8.Valid(text)
}

func (e *regularEngine) Find(record []byte, from int) (start, end int, ok bool) {
	if e.machine == nil || !e.sure || e.find {
		return e.last.Find(record, from)
	}
	return e.machine.Find(record, from)
}

func (e *regularEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

func (e *regularEngine) lines(b []byte, hits []int) []int {
	if e.filter == nil || e.skips() {
		return e.all(b, 0, hits)
	}
	hits, done := e.filtered(b, hits)
	if done < len(b) {
		hits = e.all(b, done, hits)
	}
	return hits
}

// filtered looks at the records that the filter finds, until that takes more work than looking at
// all of them. It returns where the records start that it did not get to.
func (e *regularEngine) filtered(b []byte, hits []int) (_ []int, done int) {
	s, term := e.filter, e.term
	at, work := 0, 0 // at is the start of a record or the terminator before it
	if s.begin && len(b) > 0 {
		// There is no terminator before this one.
		at = recordEnd(b, 0, term)
		if e.Match(e.record(b, 0, at)) {
			hits = append(hits, 0)
		}
	}
	for at < len(b) {
		i, _ := s.next(b, at)
		if i < 0 {
			break
		}
		i = s.owner(b, i)
		start := recordStart(b, at, i, term)
		at = recordEnd(b, i, term)
		if e.Match(e.record(b, start, at)) {
			hits = append(hits, i)
		}
		work += at - start + lookCost
		if e.tooMuch(work, at) {
			return hits, min(at+1, len(b))
		}
	}
	if s.end && at < len(b) && b[len(b)-1] != term {
		// There is no terminator after this one.
		start := recordStart(b, at, len(b), term)
		if e.Match(b[start:]) {
			hits = append(hits, start)
		}
	}
	e.paysOff()
	return hits, len(b)
}

// record returns the record b[start:end], where b[end] is its terminator if it has one.
func (e *regularEngine) record(b []byte, start, end int) []byte {
	if e.crlf && start < end && end < len(b) && b[end-1] == '\r' {
		end--
	}
	return b[start:end]
}

// all looks at all records of b from position from on, where one starts. If the DFA lets most of
// them pass without being sure, it is left out for some blocks.
func (e *regularEngine) all(b []byte, from int, hits []int) []int {
	rest, first := b[from:], len(hits)
	if e.machine == nil || e.without > 0 {
		e.without--
		eachRecord(rest, e.term, func(start, end int) {
			if e.last.Match(e.record(rest, start, end)) {
				hits = append(hits, from+start)
			}
		})
		return hits
	}
	hits = e.machine.Lines(rest, hits)
	if len(hits) == first {
		return hits
	}
	kept := hits[:first]
	low, sure, asked := 0, e.isSure(rest), 0
	for _, i := range hits[first:] {
		if !sure {
			start := recordStart(rest, low, i, e.term)
			low = recordEnd(rest, i, e.term)
			asked += low - start
			if !e.last.Match(rest[start:low]) {
				continue
			}
		}
		kept = append(kept, from+i)
	}
	if asked > len(rest)/2 {
		e.without = mostSkips
	}
	return kept
}

// patience decides when to leave out a filter.
type patience struct {
	blocks int // for how many blocks it is left out
	next   int // for how many the next time
}

// The cost of looking at a single record, and how much of that a filter may cause before it is
// judged: in bytes that the automaton passes in the same time.
const (
	lookCost  = 60
	freeWork  = 8 << 10
	mostSkips = 64
)

// tooMuch reports whether work bytes, to pass the first n bytes of a block, are more than the
// automaton would have needed, and if so, leaves out the filter for some blocks.
func (p *patience) tooMuch(work, n int) bool {
	if work <= freeWork+n {
		return false
	}
	p.blocks = p.next
	p.next = min(2*p.next+1, mostSkips)
	return true
}

func (p *patience) paysOff() { p.next = 0 }

// skips reports whether the filter is left out for the next block.
func (p *patience) skips() bool {
	if p.blocks == 0 {
		return false
	}
	p.blocks--
	return true
}
