package regex

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// folding maps characters that are equal under -i to one of them, for a great many strings in
// UTF-8. A search that ignores the case of ASCII letters finds the strings where the data has only
// that one character; records with any other are searched in a copy that is mapped like the
// strings.
type folding struct {
	classOf map[rune][]rune // all characters equal to a character, in order
	odd     map[rune]bool   // characters that equal one they are not mapped to
}

// newFolding returns the folding for the characters in the strings of p.
func newFolding(p *syntax.Pattern) *folding {
	f := &folding{classOf: make(map[rune][]rune), odd: make(map[rune]bool)}
	seen := make(map[rune]bool)
	one := *p
	one.Options.Words, one.Options.Lines, one.Others = false, false, nil
	for _, l := range p.Literals {
		for _, c := range string(l.Text) {
			if !seen[c] {
				seen[c] = true
				one.Literals = []syntax.Literal{{Text: []byte(string(c))}}
				f.add(c, same(one.Tree()))
			}
		}
	}
	return f
}

// same returns the characters that n matches, which is a single folded character.
func same(n *syntax.Node) (class []rune) {
	switch n.Op {
	case syntax.OpLiteral:
		return []rune(string(n.Literal))
	case syntax.OpSet:
		for c := range rune(utf8.RuneSelf) {
			if n.Set.HasByte(byte(c)) {
				class = append(class, c)
			}
		}
		for _, r := range n.Set.Runes {
			for c := r.Lo; c <= r.Hi; c++ {
				class = append(class, c)
			}
		}
	}
	return class
}

// add enters c, which equals those of class. If one of these has another class, no mapping is right
// for both.
func (f *folding) add(c rune, class []rune) {
	for _, m := range append(class, c) {
		if known, ok := f.classOf[m]; ok && !slices.Equal(known, class) {
			f.odd[c] = true
			return
		}
	}
	for _, m := range append(class, c) {
		f.classOf[m] = class
	}
}

// knows reports whether text consists of characters, and the mapping is right for all of them.
func (f *folding) knows(text []byte) bool {
	if !utf8.Valid(text) {
		return false
	}
	if len(f.odd) == 0 {
		return true
	}
	for _, c := range string(text) {
		if f.odd[c] {
			return false
		}
	}
	return true
}

// rune returns what c is mapped to: usually the lower case, which is more frequent.
func (f *folding) rune(c rune) rune {
	class := f.classOf[c]
	if len(class) == 0 {
		return c
	}
	if lower := unicode.ToLower(class[0]); slices.Contains(class, lower) {
		return lower
	}
	return class[0]
}

// detector returns a search for the characters outside ASCII that are mapped to another one, or nil
// if there are none.
func (f *folding) detector(term byte) *search {
	if f == nil {
		return nil
	}
	var mapped [][]byte
	for c := range f.classOf {
		if c >= utf8.RuneSelf && f.rune(c) != c {
			mapped = append(mapped, []byte(string(c)))
		}
	}
	if len(mapped) == 0 {
		return nil
	}
	return newStringSearch(mapped, term, false, nil)
}

// all returns the mapped strings.
func (f *folding) all(strings []syntax.Literal) []syntax.Literal {
	mapped := slices.Clone(strings)
	for i := range mapped {
		mapped[i].Text, _ = f.appendTo(nil, nil, mapped[i].Text)
	}
	return mapped
}

// appendTo appends text, mapped, to dst. For each byte it appends to offsets where the character
// that it comes from is in text.
func (f *folding) appendTo(dst []byte, offsets []int, text []byte) ([]byte, []int) {
	for i := 0; i < len(text); {
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRune(text[i:])
		}
		from := len(dst)
		if c < utf8.RuneSelf || c == utf8.RuneError && n == 1 {
			dst = append(dst, text[i])
		} else {
			dst = utf8.AppendRune(dst, f.rune(c))
		}
		for range dst[from:] {
			offsets = append(offsets, i)
		}
		i += n
	}
	return dst, offsets
}

// folded is the strategy for a great many strings in UTF-8 under -i.
type folded struct {
	term    byte
	plain   strategy // for records without characters that are mapped
	folding *folding
	detect  *search
}

func (p *folded) name() string { return p.plain.name() }

func (p *folded) engine() engine {
	decide := &foldedDecider{decider: p.plain.engine(), folded: p}
	records := &regular{term: p.term, filter: p.detect, last: func() decider { return decide }}
	both := union{p.term, p.plain, records}
	return &foldedEngine{both.engine(), decide}
}

type foldedEngine struct {
	engine
	decide *foldedDecider
}

func (e *foldedEngine) Match(record []byte) bool { return e.decide.Match(record) }

func (e *foldedEngine) Find(record []byte, from int) (start, end int, ok bool) {
	return e.decide.Find(record, from)
}

// foldedDecider maps a record before it decides.
type foldedDecider struct {
	decider
	*folded
	copy    []byte
	offsets []int
}

func (d *foldedDecider) mapped(record []byte) bool {
	if i, _ := d.detect.next(record, 0); i < 0 {
		return false
	}
	d.copy, d.offsets = d.folding.appendTo(d.copy[:0], d.offsets[:0], record)
	d.offsets = append(d.offsets, len(record))
	return true
}

func (d *foldedDecider) Match(record []byte) bool {
	if d.mapped(record) {
		record = d.copy
	}
	return d.decider.Match(record)
}

func (d *foldedDecider) Find(record []byte, from int) (start, end int, ok bool) {
	if !d.mapped(record) {
		return d.decider.Find(record, from)
	}
	at, _ := slices.BinarySearch(d.offsets, from)
	start, end, ok = d.decider.Find(d.copy, at)
	if !ok {
		return 0, 0, false
	}
	return d.offsets[start], d.offsets[end], true
}
