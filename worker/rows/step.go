package rows

import (
	"bytes"

	"github.com/linefork/linefork/worker/scan"
)

// step is how many bytes a search takes at once. A record may be longer than
// memory, and what a search has passed should not stay there.
const step = 4 << 20

// countStep is how many bytes it takes where lines are counted, too.
const countStep = 256 << 10

// passing, if not nil, is called with the offset that a search has passed.
type passing func(upTo int)

func (p passing) tell(upTo int) {
	if p != nil {
		p(upTo)
	}
}

// either returns the offset of the first c1 or c2 in b from offset i on, or
// len(b).
func (p passing) either(b []byte, i int, c1, c2 byte) int {
	for {
		end := min(i+step, len(b))
		if k := scan.IndexByteOr(b[i:end], c1, c2); k >= 0 {
			return i + k
		}
		if end == len(b) {
			return end
		}
		p.tell(end)
		i = end
	}
}

// lines returns the number of LFs in b[start:end].
func (p passing) lines(b []byte, start, end int) uint64 {
	n := 0
	for i := start; i < end; i += step {
		n += scan.Count(b[i:min(i+step, end)], '\n')
		p.tell(i)
	}
	return uint64(n)
}

// lineCount is how many LFs there are before an offset of a range. It is moved on
// while what it passes is still in the processor's caches.
type lineCount struct {
	at int
	n  uint64
}

// before returns the number of LFs in b[:pos], and moves on to there.
func (c *lineCount) before(b []byte, pos int, p passing) uint64 {
	if pos < c.at { // a record that began before a step
		return c.n - min(passing(nil).lines(b, pos, c.at), c.n) // b may have changed
	}
	c.n += p.lines(b, c.at, pos)
	c.at = pos
	return c.n
}

// cursor knows the line of a position that only moves forward, so that many
// candidates in one long line cost one pass over it.
type cursor struct {
	line       int // where the line starts
	at         int // the position
	delimiters int // in b[line:at]
}

func (c *cursor) advance(b []byte, pos int, delimiter byte, p passing) {
	for c.at < pos {
		piece := b[c.at:min(c.at+step, pos)]
		if k := bytes.LastIndexByte(piece, '\n'); k >= 0 {
			c.line, c.delimiters = c.at+k+1, 0
			c.at, piece = c.line, piece[k+1:]
		}
		c.delimiters += bytes.Count(piece, []byte{delimiter})
		c.at += len(piece)
		p.tell(c.at)
	}
}
