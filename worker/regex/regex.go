// Package regex finds the records of a block of data that match a pattern, as GNU grep does, and
// chooses the fastest way to do so.
//
//	spec := &regex.Spec{Language: regex.Extended, Patterns: []byte(`114\.97.*,1$`), Sample: sample}
//	parsed, err := spec.Parse()
//	program, err := regex.Compile(spec, parsed)
//	s := program.Searcher() // one for each goroutine
//	hits = s.Lines(block, hits[:0])
//
// # Strategies
//
// Looking at each record in turn costs more than reading it. So every strategy searches a block as
// a whole for something that only matching records contain:
//
//	literal    the pattern is one string, perhaps at the start or the end of
//	           the record: search for it, with the terminator as part of it;
//	           with bit masks if it is in every other record
//	literals   the same with several strings
//	words      strings under -w, or as in \bfoo\b: look at both sides of each
//	           occurrence
//	attempts   each match starts, or ends, with one of some strings (package
//	           literal): search for these, and run the automaton from there
//	           forward, or back, until it is settled, usually within a few bytes
//	filter     each match contains one of some strings: search for these, and
//	           run the automaton on the records found
//	automaton  no such strings: run a DFA over the block (package dfa)
//	records    not even that, as for some Perl patterns: a backtracking matcher
//	           on each record
//	union      a great many strings and some other patterns, or more patterns
//	           than one DFA can take: several of these
//
// With a great many patterns that are not plain strings, the filter searches for strings from each
// of them; only patterns whose strings occur in a record are compiled and run.
//
// Records in an encoding other than UTF-8 are searched for the encoded strings, and decoded to be
// looked at; without such strings, blocks are decoded as a whole. Blocks that are ASCII are never
// decoded.
//
// A sample of the data shows which strings are rare. If a block turns out to contain more of them
// than pays off, it is not searched for them. All strategies yield the same result.
//
// For the filter and the automaton, back-references are replaced by a copy of their group; what
// these let pass goes to the backtracking matcher. The same is done with whatever else is not
// regular in a Perl pattern, such as most lookarounds.
package regex

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/regex/perl"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// Language is a pattern language of grep.
type Language uint8

const (
	Basic    Language = iota // -G
	Extended                 // -E
	Fixed                    // -F
	Perl                     // -P
)

// Spec says what to search for. A coordinator sends it to its workers.
type Spec struct {
	Language Language
	// Patterns are the patterns, separated by newlines. No bytes at all are one empty pattern.
	Patterns []byte
	// None says that there is no pattern, as with -f of an empty file. Nothing matches.
	None bool

	FoldCase bool // -i
	Words    bool // -w
	Lines    bool // -x
	UTF8     bool // the encoding of pattern and data, unless it is a single-byte one
	Null     bool // -z: records end with NUL, not LF
	// CRLF makes a CR before the LF part of the terminator. It has no effect with Null.
	CRLF bool

	// Charset, if not empty, names the encoding of the data (see [charset.Lookup]); then only the
	// pattern is in UTF-8, and UTF8 is set. A byte that is not part of a character is treated like
	// one that is not UTF-8.
	Charset string

	// Sample is pieces of the data from all over the file; some tens of KiB are enough. It affects
	// only speed.
	Sample []byte
}

// Parsed is a Spec whose patterns have been parsed. It is immutable and may be shared.
type Parsed struct {
	// Warnings are what GNU grep warns about in the patterns, in its words.
	Warnings []string
	// What the parser of the Spec's language returned: one of them, or neither if there is no
	// pattern.
	posix *syntax.Pattern
	perl  *perl.Pattern
}

// Parse parses the patterns. The error says what is wrong with them, in the words of GNU grep.
func (s *Spec) Parse() (*Parsed, error) {
	if s.Charset != "" && !utf8.Valid(s.Patterns) {
		return nil, errors.New("the pattern is not in UTF-8," +
			" as it must be where inputs are in another encoding")
	}
	switch {
	case s.None:
		return new(Parsed), nil
	case s.Language == Perl:
		p, err := perl.Parse(s.Patterns, perl.Options{
			FoldCase: s.FoldCase, Words: s.Words, Lines: s.Lines, UTF8: s.UTF8, Null: s.Null,
		})
		if err != nil {
			return nil, err
		}
		return &Parsed{perl: p}, nil
	}
	p, err := s.parsePOSIX()
	if err != nil {
		return nil, err
	}
	return &Parsed{Warnings: p.Warnings, posix: p}, nil
}

var languages = [...]syntax.Language{
	Basic: syntax.Basic, Extended: syntax.Extended, Fixed: syntax.Fixed,
}

func (s *Spec) parsePOSIX() (*syntax.Pattern, error) {
	if int(s.Language) >= len(languages) {
		return nil, errors.New("unknown pattern language")
	}
	return syntax.Parse(bytes.Split(s.Patterns, []byte{'\n'}), syntax.Options{
		Language: languages[s.Language],
		FoldCase: s.FoldCase, Words: s.Words, Lines: s.Lines, UTF8: s.UTF8, Null: s.Null,
	})
}

func (s *Spec) terminator() byte {
	if s.Null {
		return 0
	}
	return '\n'
}

// Program is a compiled Spec. It is immutable and may be shared.
type Program struct {
	strategy strategy
	term     byte
}

// Compile prepares the search for s, from whose patterns p was parsed; Sample and Charset may have
// changed since. The error is that of [charset.Lookup].
func Compile(s *Spec, p *Parsed) (*Program, error) {
	if s.Charset == "" {
		return &Program{newChooser(s).choose(p), s.terminator()}, nil
	}
	e, err := charset.Lookup(s.Charset)
	if err != nil {
		return nil, err
	}
	decoded := *s
	decoded.Sample = e.Charset.AppendUTF8(nil, s.Sample)
	c := newChooser(&decoded)
	c.charset, c.sample = e.Charset, s.Sample
	return &Program{c.choose(p), s.terminator()}, nil
}

// Searcher searches with a Program. It is for one goroutine.
type Searcher struct {
	engine engine
	term   byte
	hits   []int // for Spans
}

// Searcher returns a Searcher for p.
func (p *Program) Searcher() *Searcher {
	return &Searcher{engine: p.strategy.engine(), term: p.term}
}

// Lines appends to hits, in ascending order, one offset in b for each record of b that contains a
// match, and returns the result. The offset is within the record or at its terminator. The block b
// holds whole records, some 100 KiB of them, or more if one record is longer; the last may lack its
// terminator.
func (s *Searcher) Lines(b []byte, hits []int) []int { return s.engine.lines(b, hits) }

// Count returns how many records of b contain a match.
func (s *Searcher) Count(b []byte) int { return s.engine.count(b) }

// Match reports whether the record contains a match. It is without its terminator and, with CRLF,
// without the CR before that.
func (s *Searcher) Match(record []byte) bool { return s.engine.Match(record) }

// Find returns the first match that starts at record[from] or later: the longest there, or with
// Perl the one that Perl prefers. The record is as in [Searcher.Match], from is between characters,
// and what is before it still counts as context.
func (s *Searcher) Find(record []byte, from int) (start, end int, ok bool) {
	return s.engine.Find(record, from)
}

// GaveUp returns why it took too many steps, or too much memory, to decide about some record since
// the last call, or nil. Lines, Count and Spans take such a record for one without a match; which
// one it is [Searcher.Decide] tells. Find found nothing there.
func (s *Searcher) GaveUp() error { return s.engine.GaveUp() }

// Decide is Match, with an error if it gave up. That depends on the record and the pattern alone.
func (s *Searcher) Decide(record []byte) (match bool, err error) {
	s.engine.GaveUp()
	if rulesOut(s.engine, record) {
		return false, nil
	}
	match = s.engine.Match(record)
	if err = s.engine.GaveUp(); match {
		err = nil // some pattern matches, whatever there is to say of another
	}
	return match, err
}

// rulesOut reports whether a filter rules a record out. A search for the same strings may have done
// so where the machines that look at single records give up.
func rulesOut(e engine, record []byte) bool {
	switch e := e.(type) {
	case *regularEngine:
		return e.filter != nil && !e.filter.isIn(record)
	case *attemptsEngine:
		return !e.filter.isIn(record)
	case *crlfEngine:
		return rulesOut(e.engine, record)
	}
	return false
}
