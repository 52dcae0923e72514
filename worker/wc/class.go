package wc

import "sync"

//go:generate sh -c "cd _generate/table && cc -O1 -o table table.c && LC_ALL=C.UTF-8 ./table >../../table.go; rm -f table"

// class is what words and widths need to know of a character: the columns it
// takes in the low two bits, and its kind above. The zero class is that of all
// that is not printing, which touches neither.
type class uint8

const (
	columns class = 3 // mask of the width

	word    class = 1 << 2
	space   class = 1 << 3
	noBreak class = 1 << 4 // a word character under POSIXLY_CORRECT, else a space
	kind          = word | space | noBreak
)

type classRange struct {
	lo, hi uint32
	class  class
}

// classTable gives the class of a code point in two steps.
type classTable struct {
	page  [(maxDecoded + 1) >> 8]uint8 // the number of the page of c>>8
	pages [256 << 8]class
	used  int // pages
}

// maxDecoded is the greatest value of a sequence of four bytes. The class of
// everything above 0x10FFFF is zero.
const maxDecoded = 0x1FFFFF

func (t *classTable) of(c uint32) class { return t.pages[uint32(t.page[c>>8&0x1FFF])<<8|c&0xFF] }

// unicode is what UTF-8 counting looks up.
type unicode struct {
	classTable
	rows rowTable
}

// The tables, built when first needed.
var (
	loadUnicode      = sync.OnceValue(func() *unicode { return newUnicode(space) })
	loadPosixUnicode = sync.OnceValue(func() *unicode { return newUnicode(word) })
)

// newUnicode builds the tables, in which no-break spaces are of the kind
// noBreakIs.
func newUnicode(noBreakIs class) *unicode {
	u := new(unicode)
	u.build(classRanges[:], noBreakIs)
	u.rows.build(&u.classTable)
	return u
}

// build fills the table. Pages that lie in one range are shared, so that some
// 150 are left.
func (t *classTable) build(ranges []classRange, noBreakIs class) {
	same := make(map[class]uint8) // pages of one class throughout
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
	none := uniform(0) // 0, what every entry of t.page is at first
	for _, r := range ranges {
		if r.class&kind == noBreak {
			r.class = r.class&columns | noBreakIs
		}
		for c := r.lo; c <= r.hi; {
			p := c >> 8
			if c&0xFF == 0 && c+0xFF <= r.hi {
				t.page[p] = uniform(r.class)
				c += 0x100
				continue
			}
			if t.page[p] == none {
				t.page[p] = t.newPage()
			}
			for end := min(r.hi, p<<8|0xFF); c <= end; c++ {
				t.pages[int(t.page[p])<<8|int(c&0xFF)] = r.class
			}
		}
	}
}

// newPage returns the number of a page not used before.
func (t *classTable) newPage() uint8 {
	if t.used == 256 {
		panic("wc: too many pages of classes")
	}
	t.used++
	return uint8(t.used - 1)
}
