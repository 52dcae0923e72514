package merge

import (
	"bytes"

	"github.com/linefork/linefork/split"
	"github.com/linefork/linefork/worker/grep"
)

// Unsure is the records of an input about which the pattern took too long to decide, as far as
// they matter.
type Unsure struct {
	Records uint64
	Reason  string // what the first of them exceeded
	First   int64  // fileOffset of the first
	Line    uint64 // of the first; 0 if it is not known
}

// doubt takes what a worker could not decide about in a range, after the records that it selected:
// what comes after the last of as many as are wanted does not matter.
func (g *Grep) doubt(r split.Range, res *grep.Result) {
	for s := range res.Unsure.All(g.Spec.Each) {
		start := r.Start + s.Start
		if g.full && g.last > g.start && start >= g.last {
			return
		}
		line := uint64(0)
		if g.Spec.Each && !g.binary {
			line = g.line + s.Line + 1
		}
		g.Unsure.add(start, line, res.Reason)
	}
}

// add adds a record at fileOffset start; line is 0 if it is not known.
func (u *Unsure) add(start int64, line uint64, reason string) {
	if u.Records++; u.Records == 1 {
		u.First, u.Line, u.Reason = start, line, reason
	}
}

// FindUnsure finds out the line of the first unsure record of the input, if its bytes can still be
// read.
func (g *Grep) FindUnsure() {
	u := &g.Unsure
	if u.Records == 0 || u.Line > 0 || g.src.Stream() {
		return
	}
	line, buf := uint64(1), make([]byte, 256<<10)
	for at := g.start; at < u.First; {
		n, err := g.src.ReadAt(buf[:min(int64(len(buf)), u.First-at)], at)
		if n == 0 && err != nil {
			return
		}
		line += uint64(bytes.Count(buf[:n], []byte{g.terminator}))
		at += int64(n)
	}
	u.Line = line
}
