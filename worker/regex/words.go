package regex

import (
	"github.com/linefork/linefork/worker/regex/literal"
	"github.com/linefork/linefork/worker/regex/syntax"
)

// words is the strategy for strings with a condition on what is beside them: under -w, between
// characters that are not part of a word, or as in \bfoo\b. All occurrences are tried, even
// overlapping ones. An automaton would have to leave every occurrence beside a character beyond
// ASCII to others.
type words struct {
	s          *search // without terminators
	begin, end syntax.Look
	utf8       bool
}

func (p *words) name() string   { return "words" }
func (p *words) engine() engine { return &wordsEngine{words: p} }

type wordsEngine struct {
	*words
	hits []int
	ends []int
}

func (e *wordsEngine) GaveUp() error { return nil }

func (e *wordsEngine) Match(record []byte) bool {
	_, _, ok := e.Find(record, 0)
	return ok
}

func (e *wordsEngine) Find(record []byte, from int) (start, end int, ok bool) {
	for {
		if from, _ = e.s.next(record, from); from < 0 {
			return 0, 0, false
		}
		if end, ok := e.word(record, from); ok {
			return from, end, true
		}
		from++
	}
}

// word returns the end of the longest string at record[i], where one occurs, whose condition on
// what is beside it holds.
func (e *wordsEngine) word(record []byte, i int) (end int, ok bool) {
	if !e.holds(e.begin, record, i) {
		return 0, false
	}
	e.ends = e.s.ends(record, i, e.ends[:0])
	for k := len(e.ends) - 1; k >= 0; k-- {
		// It is not in the record where that has changed since the string was found.
		if e.ends[k] <= len(record) && e.holds(e.end, record, e.ends[k]) {
			return e.ends[k], true
		}
	}
	return 0, false
}

func (e *wordsEngine) holds(l syntax.Look, record []byte, i int) bool {
	return l == syntax.Always ||
		l.Holds(syntax.Before(record, i, e.utf8), syntax.After(record, i, e.utf8))
}

func (e *wordsEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

func (e *wordsEngine) lines(b []byte, hits []int) []int {
	start, end := 0, -1 // of the current record
	for at := 0; at < len(b); {
		i, _ := e.s.next(b, at)
		if i < 0 {
			break
		}
		if i >= end {
			start = recordStart(b, end+1, i, e.s.term)
			end = recordEnd(b, i, e.s.term)
		}
		at = i + 1
		if _, ok := e.word(b[start:end], i-start); ok {
			hits = append(hits, i)
			at = end + 1
		}
	}
	return hits
}

// words returns the strategy for a tree that is a few strings, with a condition on words before or
// after them; nil if it is not, or if that does not pay off.
func (t *tree) words() strategy {
	if t.loose || t.find || t.ascii || t.n.Op != syntax.OpConcat {
		return nil
	}
	begin, end, inner := syntax.Always, syntax.Always, t.n.Sub
	if n := len(inner); n > 0 && isWordLook(inner[0]) {
		begin, inner = inner[0].Look, inner[1:]
	}
	if n := len(inner); n > 0 && isWordLook(inner[n-1]) {
		end, inner = inner[n-1].Look, inner[:n-1]
	}
	if begin == syntax.Always && end == syntax.Always {
		return nil
	}
	for _, set := range t.required(&syntax.Node{Op: syntax.OpConcat, Sub: inner}) {
		if set.Complete && set.Cost < t.automaton*t.refusals() && isPlain(set.Literals) {
			s := t.chooser.search(set.Literals)
			return t.withCRLF(&words{s, begin, end, t.spec.UTF8}, s)
		}
	}
	return nil
}

// refusals is how many times as long the automaton takes if it sees characters beyond ASCII beside
// many words.
func (t *tree) refusals() float64 {
	beyond := 0
	for _, b := range t.spec.Sample {
		beyond += int(b >> 7)
	}
	if t.spec.UTF8 && beyond > len(t.spec.Sample)/16 {
		return 10
	}
	return 1
}

// isPlain reports whether the literals are strings that may be anywhere in a record.
func isPlain(lits []literal.Literal) bool {
	for _, l := range lits {
		if l.Text == "" || l.Begin || l.End {
			return false
		}
	}
	return len(lits) > 0
}

// isWordLook reports whether n is a condition on words.
func isWordLook(n *syntax.Node) bool {
	if n.Op != syntax.OpLook {
		return false
	}
	switch n.Look {
	case syntax.WordStart, syntax.WordEnd, syntax.WordEdge, syntax.NoWordEdge,
		syntax.NoWordBefore, syntax.NoWordAfter:
		return true
	}
	return false
}
