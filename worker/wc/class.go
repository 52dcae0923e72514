package wc

import (
	"sync"

	"github.com/linefork/linefork/internal/glibc"
)

// class is what words and widths depend on in a character: the columns it takes in the low two
// bits, and its kind above. The zero class is that of everything that is not printing, which
// affects neither.
type class uint8

const (
	columns class = 3 // mask of the width

	word    class = 1 << 2
	space   class = 1 << 3
	noBreak class = 1 << 4 // a word character under POSIXLY_CORRECT, otherwise a space
	kind          = word | space | noBreak
)

// classRanges yields the printing characters in order, in ranges of one class.
func classRanges(yield func(r glibc.Range, k class) bool) {
	spaces, thin, double := cursor{glibc.Space}, cursor{glibc.ZeroWidth}, cursor{glibc.DoubleWidth}
	unbroken := cursor{noBreaks}
	for _, printing := range glibc.Print {
		for r := printing; r.Lo <= printing.Hi; r = (glibc.Range{Lo: r.Hi + 1, Hi: printing.Hi}) {
			k := word
			if spaces.cut(&r) {
				k = space
			} else if unbroken.cut(&r) {
				k = noBreak
			}
			if double.cut(&r) {
				k |= 2
			} else if !thin.cut(&r) {
				k |= 1
			}
			if !yield(r, k) {
				return
			}
		}
	}
}

// noBreaks are the no-break spaces of wc.
var noBreaks = glibc.Class{
	{Lo: 0x00A0, Hi: 0x00A0}, {Lo: 0x2007, Hi: 0x2007},
	{Lo: 0x202F, Hi: 0x202F}, {Lo: 0x2060, Hi: 0x2060},
}

// cursor asks a class for characters in ascending order.
type cursor struct{ rest glibc.Class }

// cut reports whether the first character of r is in the class, and shortens r to the characters
// for which the answer is the same.
func (c *cursor) cut(r *glibc.Range) bool {
	for len(c.rest) > 0 && c.rest[0].Hi < r.Lo {
		c.rest = c.rest[1:]
	}
	switch {
	case len(c.rest) == 0 || c.rest[0].Lo > r.Hi:
		return false
	case c.rest[0].Lo > r.Lo:
		r.Hi = c.rest[0].Lo - 1
		return false
	}
	r.Hi = min(r.Hi, c.rest[0].Hi)
	return true
}

// classTable gives the class of a code point in two steps.
type classTable struct {
	page  [(maxDecoded + 1) >> 8]uint8 // the page number of c>>8
	pages [256 << 8]class
	used  int // pages
}

// maxDecoded is the largest value of a sequence of four bytes. The class of everything above
// 0x10FFFF is zero.
const maxDecoded = 0x1FFFFF

func (t *classTable) of(c uint32) class { return t.pages[uint32(t.page[c>>8&0x1FFF])<<8|c&0xFF] }

// unicode holds the tables for counting UTF-8.
type unicode struct {
	classTable
	rows rowTable
}

// The tables, built when first needed.
var (
	loadUnicode      = sync.OnceValue(func() *unicode { return newUnicode(space) })
	loadPosixUnicode = sync.OnceValue(func() *unicode { return newUnicode(word) })
)

// newUnicode builds the tables, in which no-break spaces are of the kind noBreakIs.
func newUnicode(noBreakIs class) *unicode {
	u := new(unicode)
	u.build(noBreakIs)
	u.rows.build(&u.classTable)
	return u
}

// build fills the table. Pages that lie in one range are shared, which leaves some 150.
func (t *classTable) build(noBreakIs class) {
	same := make(map[class]uint8) // pages with a single class
	uniform := func(c class) uint8 {
		n, ok := same[c]
		if !ok {
			n = t.newPage()
			same[c] = n
			page := t.pages[int(n)<<8:][:256]
			for i := range page {
				page[i] = c
			}
		}
		return n
	}
	none := uniform(0) // 0, the initial value of every entry of t.page
	for r, k := range classRanges {
		if k&kind == noBreak {
			k = k&columns | noBreakIs
		}
		for c, hi := uint32(r.Lo), uint32(r.Hi); c <= hi; {
			p := c >> 8
			if c&0xFF == 0 && c+0xFF <= hi {
				t.page[p] = uniform(k)
				c += 0x100
				continue
			}
			if t.page[p] == none {
				t.page[p] = t.newPage()
			}
			for end := min(hi, p<<8|0xFF); c <= end; c++ {
				t.pages[int(t.page[p])<<8|int(c&0xFF)] = k
			}
		}
	}
}

// newPage returns the number of an unused page.
func (t *classTable) newPage() uint8 {
	if t.used == 256 {
		panic("wc: too many pages of classes")
	}
	t.used++
	return uint8(t.used - 1)
}
