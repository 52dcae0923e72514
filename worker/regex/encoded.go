package regex

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
	"unsafe"

	"github.com/linefork/linefork/worker/charset"
	"github.com/linefork/linefork/worker/scan"
	"github.com/linefork/linefork/worker/window"
)

// encoded is the strategy for records in an encoding other than UTF-8. The strategy for UTF-8 is
// chosen first, and takes blocks that are ASCII. In other blocks, the strings that it would search
// for are searched for in their encoded form, and the records found are decoded; if there are no
// such strings or too many of them, whole blocks are. If strings alone decide about a match, a look
// at the bytes before one shows whether it starts at a character boundary.
type encoded struct {
	strategy          // for UTF-8
	raw      strategy // for bytes as they are
}

// encoded returns the strategy for records in the charset of the Spec.
func (c *chooser) encoded(p strategy) strategy {
	text := &encodedText{c.charset, p, c.term}
	decide := func() decider { return text.decoder() }
	e := &encoded{strategy: p}
	switch p := p.(type) {
	case nothing:
		return p
	case *everything:
		e.raw = &everything{term: c.term, find: decide}
		return e
	case *needle:
		if one := c.encodedSearch(p.s); one != nil && one.exact {
			n := &needle{s: one.search, pair: choosePair(one.single, c.sample), decide: decide}
			if n.within = c.within(one); n.within != nil {
				n.pair.whole = false
			}
			e.raw = n
			return e
		}
	case *literals:
		if s := c.encodedSearch(p.s); s != nil && s.exact {
			e.raw = &literals{s: s.search, within: c.within(s), decide: decide}
			return e
		}
	}
	raw := &regular{term: c.term, sure: true, crlf: c.spec.CRLF && !c.spec.Null, text: text}
	if s := searchOf(p); s != nil {
		if found := c.encodedSearch(s); found != nil {
			raw.filter = found.search
		}
	}
	e.raw = raw
	return e
}

// within returns the charset if some string of the search may occur within its characters, and nil
// if none can.
func (c *chooser) within(s *encodedSearch) *charset.Charset {
	for _, n := range s.needles {
		if c.charset.Trailing(n[0]) {
			return c.charset
		}
	}
	return nil
}

// inner says which strings occur within characters of a charset; none if that is nil.
type inner struct {
	charset *charset.Charset
	known   int // a character boundary, so that nothing is looked at twice
}

func (w *inner) begin() { w.known = 0 }

// isWithin reports whether a string at b[i] starts within a character.
func (w *inner) isWithin(b []byte, i int) bool {
	if w.charset == nil {
		return false
	}
	if i < w.known {
		w.begin()
	}
	w.known = w.charset.Boundary(b, w.known, i)
	return w.known != i
}

// searchOf returns the search that finds all records that p matches, or nil if there is none.
func searchOf(p strategy) *search {
	switch p := p.(type) {
	case *needle:
		return p.s
	case *literals:
		return p.s
	case *words:
		return p.s
	case *regular:
		return p.filter
	case *attempts:
		return p.filter
	case *crlf:
		return p.filter
	}
	return nil
}

// encodedSearch is a search for strings in their encoded form.
type encodedSearch struct {
	*search
	exact bool // for all of each string
}

// encodedSearch returns the search for those stretches of the strings that have only one encoding,
// or nil if some string has none.
func (c *chooser) encodedSearch(s *search) *encodedSearch {
	fold := s.fold != nil || s.set != nil && c.spec.FoldCase
	found := &encodedSearch{exact: !fold}
	needles := make([][]byte, len(s.needles))
	for i, n := range s.needles {
		var whole bool
		if needles[i], whole = c.encode(n); len(needles[i]) == 0 {
			return nil
		}
		found.exact = found.exact && whole
	}
	if len(needles) == 0 {
		return nil
	}
	found.search = newStringSearch(needles, c.term, fold, c.sample)
	for _, n := range needles {
		found.begin = found.begin || n[0] == c.term
		found.end = found.end || n[len(n)-1] == c.term
	}
	return found
}

// encode returns the longest stretch of a string that has one encoding, and whether that is all of
// it.
func (c *chooser) encode(text []byte) (longest []byte, whole bool) {
	if all, ok := c.charset.Literal(text); ok {
		return all, true
	}
	var stretch []byte
	for i := 0; i < len(text); {
		_, n := utf8.DecodeRune(text[i:])
		b, ok := c.charset.Literal(text[i : i+n])
		if !ok {
			stretch = nil
		} else if stretch = append(stretch, b...); len(stretch) > len(longest) {
			longest = slices.Clone(stretch)
		}
		i += n
	}
	if len(longest) == 1 && longest[0] == c.term {
		return nil, false // which may be before the string, or after it
	}
	return longest, false
}

func (p *encoded) name() string { return p.raw.name() }

func (p *encoded) engine() engine {
	return &encodedEngine{engine: p.raw.engine(), ascii: p.strategy.engine()}
}

// encodedEngine leaves single records to the engine for bytes as they are.
type encodedEngine struct {
	engine
	ascii engine
}

func (e *encodedEngine) lines(b []byte, hits []int) []int {
	if window.IsASCII(b) {
		return e.ascii.lines(b, hits)
	}
	return e.engine.lines(b, hits)
}

func (e *encodedEngine) count(b []byte) int {
	if window.IsASCII(b) {
		return e.ascii.count(b)
	}
	return e.engine.count(b)
}

func (e *encodedEngine) GaveUp() error { return cmp.Or(e.ascii.GaveUp(), e.engine.GaveUp()) }

// encodedText makes deciders that look at records after decoding them.
type encodedText struct {
	charset  *charset.Charset
	strategy strategy // for UTF-8
	term     byte
}

func (p *encodedText) decoder() *decoder {
	return &decoder{charset: p.charset, engine: p.strategy.engine(), term: p.term}
}

// decoder runs an engine for UTF-8 on decoded text.
type decoder struct {
	charset *charset.Charset
	term    byte
	engine  engine
	text    []byte
	found   []int // hits in text

	// The record that Find was last called for, if it is ASCII.
	ascii []byte
	// Of the record that Find was last called for: the offsets of one character in it and in text,
	// from which to continue.
	record       []byte
	at, atInText int
	scratch      [8]byte
}

func (d *decoder) GaveUp() error { return d.engine.GaveUp() }

func (d *decoder) decode(b []byte) []byte {
	if window.IsASCII(b) {
		return b
	}
	d.record = nil
	d.text = d.charset.AppendUTF8(d.text[:0], b)
	return d.text
}

func (d *decoder) Match(record []byte) bool { return d.engine.Match(d.decode(record)) }

// Lines is like [Searcher.Lines]. Text and block have the same terminators.
func (d *decoder) Lines(b []byte, hits []int) []int {
	text := d.decode(b)
	d.found = d.engine.lines(text, d.found[:0])
	term := d.term
	at, atInText := 0, 0 // after the same number of terminators
	for _, i := range d.found {
		if i < atInText {
			continue // only where b, which is its own text if it is ASCII, is being changed
		}
		for n := scan.Count(text[atInText:i], term); n > 0; n-- {
			at = min(recordEnd(b, at, term)+1, len(b))
		}
		atInText = i
		hits = append(hits, at)
	}
	return hits
}

// Find is like [Searcher.Find].
func (d *decoder) Find(record []byte, from int) (start, end int, ok bool) {
	if from == 0 || !sameBytes(record, d.ascii) {
		d.ascii = nil
		if window.IsASCII(record) {
			d.ascii = record
		}
	}
	if d.ascii != nil {
		return d.engine.Find(record, from)
	}
	if from == 0 || !sameBytes(record, d.record) || from < d.at {
		d.text = d.charset.AppendUTF8(d.text[:0], record)
		d.record, d.at, d.atInText = record, 0, 0
	}
	d.advance(from, math.MaxInt)
	start, end, ok = d.engine.Find(d.text, min(d.atInText, len(d.text)))
	if !ok {
		return start, end, false
	}
	d.advance(math.MaxInt, start)
	start = d.at
	d.advance(math.MaxInt, end)
	return start, d.at, true
}

// sameBytes reports whether a and b are the same place in memory.
func sameBytes(a, b []byte) bool {
	return len(a) == len(b) && unsafe.SliceData(a) == unsafe.SliceData(b)
}

// advance moves on to the first character that starts at or after offset at of the record, or
// offset atInText of its text.
func (d *decoder) advance(at, atInText int) {
	for d.at < min(at, len(d.record)) && d.atInText < atInText {
		text, n := d.charset.Next(d.scratch[:0], d.record[d.at:])
		d.at += n
		d.atInText += len(text)
	}
}
