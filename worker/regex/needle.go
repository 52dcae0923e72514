package regex

import (
	"bytes"
	"math/bits"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
)

// needle is the strategy for patterns that match one string, perhaps at the start or the end of the
// record, in the given case.
//
// If the string is rare, it is searched for. If it is in every other record, each search would end
// as soon as it has started; then masks mark the records that contain it, 64 bytes at a time.
type needle struct {
	s      *search
	pair   pair
	decide func() decider
	within *charset.Charset // if not nil, occurrences within its characters are not matches
}

func (n *needle) name() string { return "literal" }

func (n *needle) engine() engine {
	return &needleEngine{
		needle: n, decider: n.decide(),
		delimited: n.s.begin || n.s.end, inner: inner{charset: n.within},
	}
}

type needleEngine struct {
	*needle
	decider
	delimited bool // each occurrence is in another record
	dense     bool // at the end of the last block, masks were the better way
	inner

	masks    [chunk/scan.MaskLen + 1]scan.PairMasks
	third    [chunk/scan.MaskLen + 1]scan.PairMasks // and fourth
	want     want
	hits     []int
	n        int
	spanList // zero unless spans are wanted
}

// want is what to return about the records found.
type want uint8

const (
	wantHits want = iota
	wantCount
	wantSpans
)

const (
	chunk = 4096 // bytes to mark at once

	// Occurrences nearer to each other than this are left to masks, farther apart than that to a
	// search, both in bytes, by the mean distance of the last few.
	denseDistance  = 256
	sparseDistance = 512
	judged         = 8 // occurrences
)

func (e *needleEngine) lines(b []byte, hits []int) []int {
	e.want, e.hits = wantHits, hits
	e.findAll(b)
	hits, e.hits = e.hits, nil
	return hits
}

func (e *needleEngine) count(b []byte) int {
	e.want, e.n = wantCount, 0
	e.findAll(b)
	return e.n
}

func (e *needleEngine) spans(b []byte, spans []int) ([]int, int) {
	e.want, e.n, e.spanList = wantSpans, 0, spanList{list: spans}
	e.findAll(b)
	spans, e.spanList = e.list, spanList{}
	return spans, e.n
}

// hit takes the record with position i.
func (e *needleEngine) hit(b []byte, i int) {
	switch e.n++; e.want {
	case wantHits:
		e.hits = append(e.hits, i)
	case wantSpans:
		start := recordStart(b, e.end, i, e.s.term)
		e.add(start, min(recordEnd(b, i, e.s.term)+1, len(b)))
	}
}

// findAll finds the records of b. The string may include terminators, but there is none before the
// first record, and there may be none after the last; those two are decided one by one.
func (e *needleEngine) findAll(b []byte) {
	if len(b) == 0 {
		return
	}
	e.begin()
	at, rest := 0, 0 // start of the second record, if that matters
	if e.s.begin {
		at = recordEnd(b, 0, e.s.term)
		rest = at + 1
		if e.Match(b[:at]) {
			e.hit(b, 0)
		}
	}
	if e.want == wantCount && e.dense && e.delimited && e.within == nil &&
		len(e.s.single) <= scan.MaxLiteral {
		n := scan.CountLiteral(b[at:], e.s.single)
		e.n += n
		e.dense = n*sparseDistance >= len(b)
		at = len(b)
	}
	for at < len(b) {
		if e.dense {
			at = e.mark(b, at)
		} else {
			at = e.search(b, at)
		}
	}
	if e.s.end && b[len(b)-1] != e.s.term {
		if start := recordStart(b, 0, len(b), e.s.term); start >= rest && e.Match(b[start:]) {
			e.hit(b, start)
		}
	}
}

// search searches from position at on, up to the end or to where occurrences are dense, and returns
// that position.
func (e *needleEngine) search(b []byte, at int) int {
	for from, n := at, 0; ; n++ {
		if n == judged {
			if at-from < judged*denseDistance {
				e.dense = true
				return at
			}
			from, n = at, 0
		}
		i := 0
		if len(b)-at > longStep {
			i, _ = e.s.nextLong(b, at)
		} else {
			i = e.s.one.Next(b, at)
		}
		if i < 0 {
			return len(b)
		}
		if e.isWithin(b, i) {
			at = i + 1
			continue
		}
		i = e.s.owner(b, i)
		e.hit(b, i)
		at = recordEnd(b, i, e.s.term)
	}
}

// mark continues with masks from position at, up to the end or to where occurrences are sparse, and
// returns where to search from then. That position is the start of a record or a terminator, or
// everything before it in its record has been searched without success.
func (e *needleEngine) mark(b []byte, at int) int {
	p := &e.pair
	c1, c2, gap := e.s.single[p.at1], e.s.single[p.at2], p.at2-p.at1
	shift := 0 // from the marked place to the record
	if p.at1 == 0 && e.s.begin {
		shift = 1
	}
	open := uint64(0)  // 1 if the record that continues is hit
	carry := uint64(0) // 1 if the one that starts is
	if e.want == wantSpans {
		e.resume(recordStart(b, e.end, max(at, e.end), e.s.term))
	}
	for at < len(b) {
		end := min(at+chunk, len(b))
		scan.MarkPair(e.masks[:], b[at:min(end+gap, len(b))], c1, c2, gap, e.s.term)
		if p.whole {
			e.markRest(b, at, end)
		}
		masks := e.masks[:(end-at+scan.MaskLen-1)/scan.MaskLen]
		if at < e.end { // only if spans are wanted: of a record that is decided
			masks[0].N &^= 1
		}
		for k := range masks {
			m := &masks[k]
			if !p.whole {
				m.H = e.verify(m, b, at+k*scan.MaskLen, open)
			}
			if e.want == wantSpans && shift > 0 {
				m.H, carry = m.H<<1|carry, m.H>>63
			}
			if e.want == wantSpans || !e.delimited {
				open = selectRecords(m, open)
			}
		}
		n := e.emit(masks, at, shift)
		at = end
		if at < len(b) && n*sparseDistance < chunk {
			e.dense = false
			break
		}
	}
	e.finish()
	open |= carry
	switch {
	case open == 0 && at < len(b):
		return at - p.at1
	case open != 0:
		at = recordEnd(b, at, e.s.term)
		e.hit(b, min(at, len(b)-1))
	}
	return at
}

// markRest clears the places in masks, which are of b[at:end], where a short string does not occur
// as a whole.
func (e *needleEngine) markRest(b []byte, at, end int) {
	for i := 2; i < len(e.s.single); i++ {
		n := scan.MarkPair(e.third[:], b[at:min(end+i, len(b))],
			e.s.single[0], e.s.single[i], i, e.s.term)
		for k := range n {
			e.masks[k].H &= e.third[k].H
		}
	}
}

// emit reports the places marked in H, whose first bit is at base, and returns their number. The
// record is shift bytes from each place; for spans, the places are those of terminators.
func (e *needleEngine) emit(masks []scan.PairMasks, base, shift int) (n int) {
	for k := range masks {
		n += bits.OnesCount64(masks[k].H)
	}
	switch e.n += n; e.want {
	case wantSpans:
		e.take(masks, base)
		return n
	case wantCount:
		return n
	}
	for k := range masks {
		for h := masks[k].H; h != 0; h &= h - 1 {
			e.hits = append(e.hits, base+shift+k*scan.MaskLen+bits.TrailingZeros64(h))
		}
	}
	return n
}

// verify returns those of the places in m.H that have the whole string, not just the pair, except
// in records that are already hit. For open see selectRecords.
func (e *needleEngine) verify(m *scan.PairMasks, b []byte, base int, open uint64) (kept uint64) {
	h := m.H
	if open != 0 {
		h &^= untilFirst(m.N)
	}
	for ; h != 0; h &= h - 1 {
		i := bits.TrailingZeros64(h)
		start := base + i - e.pair.at1
		if start < 0 || !bytes.HasPrefix(b[start:], e.s.single) || e.isWithin(b, start) {
			continue
		}
		kept |= 1 << i
		if !e.delimited {
			h &^= untilFirst(m.N >> i << i) // clears the rest of the record
			h |= 1 << i
		}
	}
	return kept
}
