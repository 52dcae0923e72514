package regex

import "github.com/linefork/linefork/worker/charset"

// literals is the strategy for patterns that match certain strings and no others, if masks are of
// no use.
type literals struct {
	s      *search
	decide func() decider
	within *charset.Charset // if not nil, occurrences within its characters are not matches
}

func (p *literals) name() string { return "literals" }

func (p *literals) engine() engine {
	return &literalsEngine{decider: p.decide(), s: p.s, inner: inner{charset: p.within}}
}

type literalsEngine struct {
	decider
	s    *search
	hits []int
	inner
}

func (e *literalsEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

// lines finds records by their terminators. The first record has none before it, and the last may
// have none after it: those two are decided one by one.
func (e *literalsEngine) lines(b []byte, hits []int) []int {
	e.begin()
	at := 0 // the start of a record or the terminator before it
	if e.s.begin && len(b) > 0 {
		at = recordEnd(b, 0, e.s.term)
		if e.Match(b[:at]) {
			hits = append(hits, 0)
		}
	}
	for at < len(b) {
		i, _ := e.s.next(b, at)
		if i < 0 {
			break
		}
		if e.isWithin(b, i) {
			at = i + 1
			continue
		}
		i = e.s.owner(b, i)
		hits = append(hits, i)
		at = recordEnd(b, i, e.s.term)
	}
	if e.s.end && at < len(b) && b[len(b)-1] != e.s.term {
		if start := recordStart(b, at, len(b), e.s.term); e.Match(b[start:]) {
			hits = append(hits, start)
		}
	}
	return hits
}
