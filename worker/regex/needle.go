package regex

import (
	"bytes"
	"math/bits"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
)

// needle is the plan for patterns that match one string, maybe at the begin or
// the end of the record, in the case given.
//
// Where the string is rare it is searched for. Where it is in every other
// record, each search would be over as soon as it has begun; there, masks tell
// which records hold it, 64 bytes at a time.
type needle struct {
	s      *search
	pair   pair
	decide func() decider
	within *charset.Charset // if not nil, the string may occur within characters of it, which is no match
}

func (n *needle) name() string { return "literal" }

func (n *needle) engine() engine {
	return &needleEngine{needle: n, decider: n.decide(), framed: n.s.begin || n.s.end, inner: inner{charset: n.within}}
}

type needleEngine struct {
	*needle
	decider
	framed bool // each occurrence is another record
	dense  bool // how the last block ended: masks are the better way
	inner

	masks  [chunk/scan.MaskLen + 1]scan.PairMasks
	third  [chunk/scan.MaskLen + 1]scan.PairMasks // and fourth
	want   want
	hits   []int
	n      int
	runsOf // zero where no runs are wanted
}

// want is what is made of the records found.
type want uint8

const (
	wantHits want = iota
	wantCount
	wantRuns
)

const (
	chunk = 4096 // bytes of which masks are made at once

	// Occurrences nearer than this are left to masks, further away than that to
	// a search, both in bytes, by the mean of the last ones.
	denseDistance  = 256
	sparseDistance = 512
	judged         = 8 // occurrences
)

func (e *needleEngine) lines(b []byte, hits []int) []int {
	e.want, e.hits = wantHits, hits
	e.run(b)
	hits, e.hits = e.hits, nil
	return hits
}

func (e *needleEngine) count(b []byte) int {
	e.want, e.n = wantCount, 0
	e.run(b)
	return e.n
}

func (e *needleEngine) runs(b []byte, runs []int) ([]int, int) {
	e.want, e.n, e.runsOf = wantRuns, 0, runsOf{list: runs}
	e.run(b)
	runs, e.runsOf = e.list, runsOf{}
	return runs, e.n
}

// hit takes the record with position i.
func (e *needleEngine) hit(b []byte, i int) {
	switch e.n++; e.want {
	case wantHits:
		e.hits = append(e.hits, i)
	case wantRuns:
		start := recordStart(b, e.end, i, e.s.term)
		e.add(start, min(recordEnd(b, i, e.s.term)+1, len(b)))
	}
}

// run finds the records of b. There is no terminator before the first one, and
// maybe none after the last, for the string to have; those two are decided one
// by one.
func (e *needleEngine) run(b []byte) {
	if len(b) == 0 {
		return
	}
	e.begin()
	at, rest := 0, 0 // rest is where the second record starts, if that matters
	if e.s.begin {
		at = recordEnd(b, 0, e.s.term)
		rest = at + 1
		if e.Match(b[:at]) {
			e.hit(b, 0)
		}
	}
	if e.want == wantCount && e.dense && e.framed && e.within == nil && len(e.s.single) <= scan.MaxLiteral {
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

// search searches from position at on, up to the end or to where occurrences
// are dense, and returns that position.
func (e *needleEngine) search(b []byte, at int) int {
	for from, n := at, 0; ; n++ {
		if n == judged {
			if at-from < judged*denseDistance {
				e.dense = true
				return at
			}
			from, n = at, 0
		}
		i := e.s.one.Next(b, at)
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

// mark goes on with masks from position at, up to the end or to where
// occurrences are sparse, and returns from where to search then. At that
// position there is the begin of a record or a terminator, or all before it in
// the same record has been searched in vain.
func (e *needleEngine) mark(b []byte, at int) int {
	p := &e.pair
	c1, c2, gap := e.s.single[p.at1], e.s.single[p.at2], p.at2-p.at1
	shift := 0 // from the place that is marked to the record
	if p.at1 == 0 && e.s.begin {
		shift = 1
	}
	open := uint64(0)  // 1 if the record that continues is hit
	carry := uint64(0) // 1 if the one that begins is
	if e.want == wantRuns {
		e.resume(recordStart(b, e.end, max(at, e.end), e.s.term))
	}
	for at < len(b) {
		end := min(at+chunk, len(b))
		scan.MarkPair(e.masks[:], b[at:min(end+gap, len(b))], c1, c2, gap, e.s.term)
		if p.whole {
			e.markRest(b, at, end)
		}
		masks := e.masks[:(end-at+scan.MaskLen-1)/scan.MaskLen]
		if at < e.end { // only where runs are wanted: of a record that is decided
			masks[0].N &^= 1
		}
		for k := range masks {
			m := &masks[k]
			if !p.whole {
				m.H = e.verify(m, b, at+k*scan.MaskLen, open)
			}
			if e.want == wantRuns && shift > 0 {
				m.H, carry = m.H<<1|carry, m.H>>63
			}
			if e.want == wantRuns || !e.framed {
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

// markRest leaves of the places in masks, which are of b[at:end], those where
// the whole of a short string stands.
func (e *needleEngine) markRest(b []byte, at, end int) {
	for i := 2; i < len(e.s.single); i++ {
		n := scan.MarkPair(e.third[:], b[at:min(end+i, len(b))], e.s.single[0], e.s.single[i], i, e.s.term)
		for k := range n {
			e.masks[k].H &= e.third[k].H
		}
	}
}

// emit reports the places marked in H, that of the first bit being base, and
// returns their number. From each place it is shift bytes to the record; for
// runs, the places are those of terminators.
func (e *needleEngine) emit(masks []scan.PairMasks, base, shift int) (n int) {
	for k := range masks {
		n += bits.OnesCount64(masks[k].H)
	}
	switch e.n += n; e.want {
	case wantRuns:
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

// verify returns those of the places in m.H where not only the pair stands but
// the string, but none in records that are hit by then. For open see
// selectRecords.
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
		if !e.framed {
			h &^= untilFirst(m.N >> i << i) // goes for the rest of the record
			h |= 1 << i
		}
	}
	return kept
}
