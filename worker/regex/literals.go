package regex

import "github.com/linefork/linefork/worker/charset"

// literals is the plan for patterns that match certain strings and no others,
// where masks are of no use.
type literals struct {
	s      *search
	decide func() decider
	within *charset.Charset // if not nil, strings may occur within characters of it, which is no match
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

// lines has no terminator to search for before the first record, and none after
// the last if that lacks it. Those two are decided one by one.
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
