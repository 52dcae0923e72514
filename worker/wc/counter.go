package wc

import (
	"github.com/linefork/linefork/internal/locale"
	"github.com/linefork/linefork/worker/scan"
)

// chunk is how many bytes are counted in one way before they are counted in the next; they fit into
// the first-level cache with room to spare.
const chunk = 16 << 10

// mostBlocks is how many blocks are classified at a time, leastBlocks how many right after plain
// text.
const (
	mostBlocks  = 32
	leastBlocks = 4
)

// Counter counts an input that arrives in pieces. Its methods are not safe for concurrent use.
type Counter struct {
	// PosixlyCorrect does what the environment variable POSIXLY_CORRECT does to wc: no-break spaces
	// are part of words. Set it before the first Add.
	PosixlyCorrect bool

	want    Want
	unicode *unicode // nil in the C locale
	lines   int64
	bytes   int64
	chars   int64
	words   wordState
	width   widthState

	pending  [maxSequence]byte // an incomplete character
	npending int

	masks *[mostBlocks]masks // of the current blocks
}

// NewCounter returns a Counter of what is in want.
func NewCounter(want Want, loc locale.Locale) *Counter {
	c := &Counter{want: want}
	if loc == locale.UTF8 && want&(Words|Chars|MaxWidth) != 0 {
		c.unicode = loadUnicode()
	}
	if want&(Words|MaxWidth) != 0 {
		c.masks = new([mostBlocks]masks)
	}
	return c
}

// Add counts p, the next piece of the input. Pieces may end anywhere, even within a word or a
// character. Add does not keep p.
func (c *Counter) Add(p []byte) {
	c.bytes += int64(len(p))
	switch c.want &^ Bytes {
	case 0:
		return
	case Lines:
		c.lines += int64(scan.Count(p, '\n'))
		return
	}
	for len(p) > 0 {
		q := p[:min(chunk, len(p))]
		p = p[len(q):]
		if c.want&(Words|MaxWidth) == 0 && c.want&Lines != 0 {
			c.lines += int64(scan.Count(q, '\n')) // otherwise with the words and widths
		}
		if c.want&(Words|Chars|MaxWidth) != 0 {
			c.addText(q)
		}
	}
}

// addText counts what depends on characters. It passes on only whole characters, and keeps one that
// is cut off at the end of p.
func (c *Counter) addText(p []byte) {
	if c.unicode == nil {
		c.text(p)
		return
	}
	if c.npending > 0 {
		need := sequenceLen(c.pending[0])
		for len(p) > 0 && c.npending < need && isContinuation(p[0]) {
			c.pending[c.npending] = p[0]
			c.npending++
			p = p[1:]
		}
		if len(p) == 0 && c.npending < need {
			return
		}
		// Complete, or broken off: then its bytes are not characters.
		c.text(c.pending[:c.npending])
		c.npending = 0
	}
	n := open(p)
	c.npending = copy(c.pending[:], p[len(p)-n:])
	c.text(p[:len(p)-n])
}

// text counts b, which holds only whole characters, in a UTF-8 locale.
func (c *Counter) text(b []byte) {
	if c.want&Chars != 0 && c.unicode != nil {
		c.chars += countChars(b)
	}
	if c.want&(Words|MaxWidth) == 0 {
		return
	}
	var s settled
	next := leastBlocks
	for len(b) >= block+ahead {
		if c.want&MaxWidth == 0 {
			if n, lines := plain(b, &c.words, c.unicode == nil); n > 0 {
				c.lines += lines
				b, s, next = b[n*block:], settled{}, leastBlocks
				continue
			}
		}
		n := min(next, (len(b)-ahead)/block)
		c.blocks(n, b, &s)
		b, next = b[n*block:], min(2*next, mostBlocks)
	}
	if len(b) > 0 {
		// Zeros are not printing, so they change nothing.
		var last [2*block + ahead]byte
		copy(last[:], b)
		c.blocks((len(b)+block-1)/block, last[:], &s)
	}
}

// blocks counts lines, words and widths of the first n blocks of b.
func (c *Counter) blocks(n int, b []byte, s *settled) {
	if c.want&Lines != 0 {
		c.lines += int64(scan.Count(b[:n*block], '\n'))
	}
	ms := c.masks[:n]
	multibyte := false
	if u := c.unicode; u == nil {
		classify(ms, b, nil)
	} else {
		if c.PosixlyCorrect {
			u = loadPosixUnicode()
		}
		x := &wordBoxes
		if c.want&MaxWidth != 0 {
			x = &widthBoxes
		}
		classify(ms, b, x)
		multibyte = u.resolve(ms, b, s)
	}
	if c.want&Words != 0 {
		c.words.add(ms)
	}
	if c.want&MaxWidth != 0 {
		c.width.add(ms, b, multibyte)
	}
}

// Counts returns the counts as if the input ended here. More may be added.
func (c *Counter) Counts() Counts {
	// A pending character would be invalid here, and count as nothing.
	n := Counts{
		Lines:    c.lines,
		Words:    c.words.n,
		Chars:    c.chars,
		Bytes:    c.bytes,
		MaxWidth: c.width.widest(),
	}
	if c.unicode == nil {
		n.Chars = c.bytes
	}
	return n
}
