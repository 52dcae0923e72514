package regex

import (
	"math/bits"
	"slices"

	"github.com/linefork/linefork/worker/scan"
)

// Runs appends to runs, which is empty, the records of b that hold a match,
// those that follow each other joined: for each run the offset where it starts
// and the one where it ends, behind the last terminator. It returns the result
// and the number of records. The block is as for [Searcher.Lines].
func (s *Searcher) Runs(b []byte, runs []int) ([]int, int) {
	if e, ok := s.engine.(runner); ok {
		return e.runs(b, runs)
	}
	s.hits = s.engine.lines(b, s.hits[:0])
	return joined(b, s.hits, s.term, runs), len(s.hits)
}

// runner is an engine that has a faster way than by lines.
type runner interface {
	runs(b []byte, runs []int) ([]int, int)
}

// joined appends the runs of the records with these hits.
func joined(b []byte, hits []int, term byte, runs []int) []int {
	r := runsOf{list: runs}
	for _, hit := range hits {
		start := r.end + scan.LastIndexByte(b[r.end:hit], term) + 1
		r.add(start, min(recordEnd(b, hit, term)+1, len(b)))
	}
	return r.list
}

// runsOf makes the runs of a block, from its begin to its end.
type runsOf struct {
	// While masks are taken the last run may lack its end: it may go on.
	list []int
	// Where the last record ends that was decided.
	end int
	// 1 if the record that masks continue with follows a selected one.
	follows uint64
}

// add takes the selected record b[start:end], or a run.
func (r *runsOf) add(start, end int) {
	if n := len(r.list); n > 0 && r.list[n-1] == start {
		r.list[n-1] = end
	} else {
		r.list = append(r.list, start, end)
	}
	r.end = end
}

// resume is called before masks are taken; the first record there begins at start.
func (r *runsOf) resume(start int) {
	r.end, r.follows = start, 0
	if n := len(r.list); n > 0 && r.list[n-1] == start {
		r.list, r.follows = r.list[:n-1], 1
	}
}

// take takes the records that end with the terminators N of blocks, the first
// one at offset base; those with their terminator in H are selected. A run
// begins or ends before each record that is selected where the one before it is
// not, or the other way round. Of these most blocks have none, one or two, which
// nobody can foretell; two are always looked at, without a branch.
func (r *runsOf) take(masks []scan.PairMasks, base int) {
	n, end := len(r.list), r.end
	list := slices.Grow(r.list, len(masks)*scan.MaskLen+2)
	list = list[:cap(list)]
	for k := range masks {
		m := &masks[k]
		at := base + k*scan.MaskLen
		// As selectRecords, from the places behind selected records.
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

// recordStartIn returns where the record starts whose terminator is the lowest
// one of turns, or that is still open: behind the terminator before in n, which
// is of a block at offset base, or at start if that has none.
func recordStartIn(n, turns uint64, base, start int) int {
	if before := n & untilFirst(turns); before != 0 {
		start = base + bits.Len64(before)
	}
	return start
}

// finish is called when masks have been taken.
func (r *runsOf) finish() {
	if len(r.list)%2 > 0 {
		r.list = append(r.list, r.end)
	}
}
