package regex

import (
	"bytes"
	"math/bits"

	"github.com/linefork/linefork/worker/regex/dfa"
	"github.com/linefork/linefork/worker/scan"
)

// attempts is the strategy for patterns whose matches all start with one of some strings, or all
// end with one. Where such a string occurs, the DFA continues from there, or back, until it is
// settled whether there is a match; usually that takes only a few bytes. The first match selects
// the record, and the search continues at its end.
//
// If an attempt is not settled soon, the whole record is decided, once, so that the time stays
// linear. Where attempts do not pay off, the strategy for records takes over.
type attempts struct {
	*regular      // with the search for the strings as its filter
	backward bool // the strings end the matches
	pair     pair // of the string, if there is only one
}

func (p *attempts) name() string { return "attempts" }

func (p *attempts) engine() engine {
	e := p.regular.engine().(*regularEngine)
	return &attemptsEngine{regularEngine: e, strategy: p, dfa: e.machine.(*dfa.Machine)}
}

type attemptsEngine struct {
	*regularEngine
	strategy *attempts
	dfa      *dfa.Machine
	dense    bool // at the end of the last block, masks were the better way
	masks    [chunk/scan.MaskLen + 1]scan.PairMasks
	ends     []int

	// Of the current block.
	selected []int
	decided  int // end of the last record that was decided, -1 for none
	work     int // as for patience

	// How many more attempts have not been settled than have. Some of it carries over to the next
	// block, where attempts are tried again.
	unsettled int
}

const (
	mostRead    = 64 // bytes per attempt
	attemptCost = 10 // as lookCost, but without the bytes read

	mostUnsettled = 16 // from then on, records are decided without attempts
)

// Find tries where the strings occur, as lines does, if they start matches.
func (e *attemptsEngine) Find(record []byte, from int) (start, end int, ok bool) {
	if !e.sure || e.find || e.strategy.backward || e.filter.begin || e.filter.end {
		return e.regularEngine.Find(record, from)
	}
	for range mostUnsettled { // each may read to the end of the record
		start, _ = e.filter.next(record, from)
		if start < 0 {
			return 0, 0, false
		}
		switch end, verdict := e.dfa.Longest(record, start); verdict {
		case dfa.Yes:
			return start, end, true
		case dfa.Refused:
			return e.dfa.Find(record, start)
		}
		from = start + 1
	}
	return e.dfa.Find(record, from)
}

func (e *attemptsEngine) count(b []byte) int {
	e.hits = e.lines(b, e.hits[:0])
	return len(e.hits)
}

func (e *attemptsEngine) lines(b []byte, hits []int) []int {
	if e.skips() {
		return e.all(b, 0, hits)
	}
	e.selected, e.decided, e.work = hits, -1, 0
	e.unsettled = min(e.unsettled, mostUnsettled*3/4)
	at := e.findAll(b)
	hits, e.selected = e.selected, nil
	if at < len(b) {
		hits = e.all(b, at, hits)
	}
	return hits
}

// findAll finds the records of b, up to the end or to where that has taken too much work, and
// returns that position: a record starts there.
func (e *attemptsEngine) findAll(b []byte) int {
	s, at := e.filter, 0
	if s.begin && len(b) > 0 {
		// There is no terminator before this one.
		e.decide(b, 0, dfa.Maybe)
		at = e.decided
	}
	for at < len(b) {
		if e.dense {
			at = e.mark(b, at)
		} else {
			at = e.search(b, at)
		}
		if e.tooMuch(e.work, at) {
			if at <= e.decided {
				return min(e.decided+1, len(b))
			}
			return recordStart(b, e.decided+1, at, e.term)
		}
	}
	if s.end && len(b) > 0 && e.decided < len(b) && b[len(b)-1] != s.term {
		// There is no terminator after this one.
		e.decide(b, recordStart(b, e.decided+1, len(b), s.term), dfa.Maybe)
	}
	e.paysOff()
	return len(b)
}

// search looks at a few occurrences from position at on and returns where to continue.
func (e *attemptsEngine) search(b []byte, at int) int {
	from := at
	for range judged {
		i, end := e.filter.next(b, at)
		if i < 0 {
			return len(b)
		}
		e.try(b, i, end)
		at = max(i+1, e.decided)
	}
	e.dense = e.filter.one != nil && at-from < judged*denseDistance
	return at
}

// mark looks at all occurrences in a chunk of b from position at on and returns where to continue.
// It finds them with masks of a pair of their bytes.
func (e *attemptsEngine) mark(b []byte, at int) int {
	p, text := &e.strategy.pair, e.filter.single
	gap := p.at2 - p.at1
	end := min(at+chunk, len(b))
	n := scan.MarkPair(e.masks[:], b[at:min(end+gap, len(b))],
		text[p.at1], text[p.at2], gap, e.filter.term)
	found := 0
	for k := range min(n, (end-at+scan.MaskLen-1)/scan.MaskLen) {
		h := e.masks[k].H
		found += bits.OnesCount64(h)
		for base := at + k*scan.MaskLen - p.at1; h != 0; h &= h - 1 {
			i := base + bits.TrailingZeros64(h)
			if i >= max(e.decided, 0) && (len(text) <= 2 || bytes.HasPrefix(b[i:], text)) {
				e.try(b, i, i+len(text))
			}
		}
	}
	if end == len(b) {
		return end
	}
	e.dense = found*sparseDistance >= chunk
	return max(end-p.at1, e.decided)
}

// try looks for matches that start, or end, with a string that occurs at b[i]; the longest such
// string ends at end.
func (e *attemptsEngine) try(b []byte, i, end int) {
	at := e.filter.owner(b, i)
	switch {
	case e.unsettled > mostUnsettled:
		e.decide(b, at, dfa.Maybe)
	case !e.strategy.backward:
		verdict, read := e.dfa.From(b, at, mostRead)
		e.settle(b, at, verdict, read)
	case e.filter.set == nil:
		e.tryBack(b, at, end)
	default:
		e.ends = e.filter.ends(b, i, e.ends[:0])
		for _, end := range e.ends {
			if e.tryBack(b, at, end) {
				break
			}
		}
	}
}

// tryBack looks for matches that end with a string that starts at b[i] and ends at end, and reports
// whether the record is decided.
func (e *attemptsEngine) tryBack(b []byte, i, end int) bool {
	if b[end-1] == e.term {
		end--
	}
	verdict, read := e.dfa.To(b, end, mostRead)
	return e.settle(b, i, verdict, read)
}

// settle takes the verdict of an attempt in the record with b[i], and reports whether the record is
// decided.
func (e *attemptsEngine) settle(b []byte, i int, v dfa.Verdict, read int) bool {
	e.work += read + attemptCost
	if v == dfa.Refused {
		v = e.refused(b, i)
	}
	if v == dfa.Maybe {
		e.unsettled++
	} else if e.unsettled > 0 {
		e.unsettled--
	}
	if v == dfa.No {
		return false
	}
	e.decide(b, i, v)
	return true
}

// refused has the last decider try where the DFA could not, usually next to a character beyond
// ASCII.
func (e *attemptsEngine) refused(b []byte, i int) dfa.Verdict {
	last, is := e.last.(*lazy)
	if !is || e.strategy.backward {
		return dfa.Maybe
	}
	start := recordStart(b, e.decided+1, i, e.term)
	match, ok := last.MatchAt(b[start:recordEnd(b, i, e.term)], i-start)
	switch {
	case !ok:
		return dfa.Maybe
	case match:
		return dfa.Yes
	}
	return dfa.No
}

// decide decides about the record with b[i], which has a match if v is [dfa.Yes], as far as the DFA
// can tell. If strings start matches, there is none before i.
func (e *attemptsEngine) decide(b []byte, i int, v dfa.Verdict) {
	low := e.decided + 1
	e.decided = recordEnd(b, i, e.term)
	if v == dfa.Yes && e.sure {
		e.selected = append(e.selected, i)
		return
	}
	start := recordStart(b, low, i, e.term)
	record := b[start:e.decided]
	if v == dfa.Maybe {
		from := 0
		if !e.strategy.backward {
			from = i - start
		}
		e.work += len(record) - from + lookCost
		if !e.dfa.MatchFrom(record, from) {
			return
		}
	}
	if e.isSure(record) || e.last.Match(record) {
		e.selected = append(e.selected, i)
	}
}
