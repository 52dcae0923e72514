package regex

import (
	"math/bits"
	"slices"

	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/window"
)

// Spans appends to spans, which is empty, the records of b that contain a match, with adjacent ones
// joined: for each span its start and its end, after the last terminator, as offsets in b. It
// returns the result and the number of records. The block is as for [Searcher.Lines].
func (s *Searcher) Spans(b []byte, spans []int) ([]int, int) {
	if e, ok := s.engine.(spanner); ok {
		return e.spans(b, spans)
	}
	s.hits = s.engine.lines(b, s.hits[:0])
	return joined(b, s.hits, s.term, spans), len(s.hits)
}

// spanner is an engine that has a faster way than by lines.
type spanner interface {
	spans(b []byte, spans []int) ([]int, int)
}

// joined appends the spans of the records with these hits.
func joined(b []byte, hits []int, term byte, spans []int) []int {
	r := spanList{list: spans}
	for _, hit := range hits {
		if hit < r.end || r.end == len(b) {
			continue // its record ended elsewhere when it was found: the file is being changed
		}
		start := r.end + window.LastIndexByte(b[r.end:hit], term) + 1
		r.add(start, min(recordEnd(b, hit, term)+1, len(b)))
	}
	return r.list
}

// spanList collects the spans of a block, from its start to its end.
type spanList struct {
	// While masks are taken, the last span may lack its end: it may continue.
	list []int
	// End of the last record that was decided.
	end int
	// 1 if the record that masks continue with follows a selected one.
	follows uint64
}

// add takes the selected record b[start:end], or a span.
func (r *spanList) add(start, end int) {
	if n := len(r.list); n > 0 && r.list[n-1] == start {
		r.list[n-1] = end
	} else {
		r.list = append(r.list, start, end)
	}
	r.end = end
}

// resume is called before masks are taken; the first record there starts at start.
func (r *spanList) resume(start int) {
	r.end, r.follows = start, 0
	if n := len(r.list); n > 0 && r.list[n-1] == start {
		r.list, r.follows = r.list[:n-1], 1
	}
}

// take takes the records that end with the terminators N of blocks, the first of which is at offset
// base; records with their terminator in H are selected. A span starts or ends before each record
// that is selected although the previous one is not, or the other way round. Most blocks have none
// of these, one or two, which nobody can predict; two are always looked at, without a branch.
func (r *spanList) take(masks []scan.PairMasks, base int) {
	n, end := len(r.list), r.end
	list := slices.Grow(r.list, len(masks)*scan.MaskLen+2)
	list = list[:cap(list)]
	for k := range masks {
		m := &masks[k]
		at := base + k*scan.MaskLen
		// As selectRecords, from the places after selected records.
		sum, carry := bits.Add64(^m.N, m.H<<1, r.follows)
		r.follows = carry | m.H>>63
		turns := (sum ^ m.H) & m.N // the terminators of such records
		for {
			list[n] = recordStartIn(m.N, turns, at, end)
			n += int((turns | -turns) >> 63)
			turns &= turns - 1
			list[n] = recordStartIn(m.N, turns, at, end)
			n += int((turns | -turns) >> 63)
			if turns &= turns - 1; turns == 0 {
				break
			}
		}
		end = recordStartIn(m.N, 0, at, end)
	}
	r.list, r.end = list[:n], end
}

// recordStartIn returns the start of the record whose terminator is the lowest one of turns, or of
// the record that is still open: after the previous terminator in n, which is of a block at offset
// base, or start if there is none.
func recordStartIn(n, turns uint64, base, start int) int {
	if before := n & untilFirst(turns); before != 0 {
		start = base + bits.Len64(before)
	}
	return start
}

// finish is called after masks have been taken.
func (r *spanList) finish() {
	if len(r.list)%2 > 0 {
		r.list = append(r.list, r.end)
	}
}
