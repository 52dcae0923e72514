package regex

import (
	"bytes"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// list returns the strategy for a pattern with more plain strings, anchored or not, than a tree can
// take. The few strings that a search for bytes would not find correctly, and the patterns that are
// not plain strings, go into a tree of their own.
func (c *chooser) list(p *syntax.Pattern) strategy {
	rest := *p
	rest.Literals = nil
	var f *folding
	if c.spec.FoldCase && c.spec.UTF8 {
		f = newFolding(p)
	}
	empty := false
	strings := make([]syntax.Literal, 0, len(p.Literals))
	for _, l := range p.Literals {
		if c.spec.Lines {
			l.Begin, l.End = true, true
		}
		isEmpty := len(l.Text) == 0 && !(l.Begin && l.End) // and so in every record
		switch {
		case bytes.IndexByte(l.Text, c.term) >= 0:
			// in no record
		case isEmpty && !l.Begin && !l.End && !c.spec.Words:
			empty = true
		case isEmpty, f != nil && !f.knows(l.Text):
			rest.Literals = append(rest.Literals, l)
		default:
			strings = append(strings, l)
		}
	}

	var strategies []strategy
	if len(strings) > 0 {
		strategies = append(strategies, c.strings(strings, f))
	}
	if rest.Others != nil || len(rest.Literals) > 0 {
		strategies = append(strategies, c.others(&rest))
	}
	if len(strategies) == 0 {
		strategies = append(strategies, nothing{})
	}
	all := strategies[0]
	if len(strategies) > 1 {
		all = &union{c.term, all, strategies[1]}
	}
	if empty {
		return &everything{term: c.term, find: func() decider { return &orEmpty{all.engine()} }}
	}
	return all
}

// strings returns the strategy for a great many strings.
func (c *chooser) strings(strings []syntax.Literal, f *folding) strategy {
	detect := f.detector(c.term)
	if detect != nil {
		strings = f.all(strings)
	}
	s := newStringSearch(c.delimit(strings), c.term, c.spec.FoldCase, c.spec.Sample)
	for _, l := range strings {
		s.begin = s.begin || l.Begin
		s.end = s.end || l.End
	}

	var p strategy
	if c.spec.Words && !c.spec.Lines {
		p = &words{s, syntax.NoWordBefore, syntax.NoWordAfter, c.spec.UTF8}
	} else {
		p = &literals{s: s, decide: func() decider { return &delimited{s: s} }}
	}
	if detect != nil {
		return c.withCRLF(&folded{term: c.term, plain: p, folding: f, detect: detect}, nil)
	}
	if s.end {
		return c.withCRLF(p, nil)
	}
	return c.withCRLF(p, s)
}

// delimit returns the strings with terminators instead of their anchors.
func (c *chooser) delimit(strings []syntax.Literal) [][]byte {
	size := 0
	for _, l := range strings {
		if l.Begin || l.End {
			size += len(l.Text) + 2
		}
	}
	memory := make([]byte, 0, size)
	delimited := make([][]byte, len(strings))
	for i, l := range strings {
		if !l.Begin && !l.End {
			delimited[i] = l.Text
			continue
		}
		from := len(memory)
		if l.Begin {
			memory = append(memory, c.term)
		}
		memory = append(memory, l.Text...)
		if l.End {
			memory = append(memory, c.term)
		}
		delimited[i] = memory[from:len(memory):len(memory)]
	}
	return delimited
}

// wordSearch returns the search for the strings of p, if p consists only of strings under -w, and
// bytes tell where they occur.
func (c *chooser) wordSearch(p *syntax.Pattern) *search {
	if !c.spec.Words || c.spec.Lines || c.spec.FoldCase && c.spec.UTF8 || len(p.Literals) == 0 {
		return nil
	}
	strings := make([][]byte, len(p.Literals))
	for i, l := range p.Literals {
		if len(l.Text) == 0 || bytes.IndexByte(l.Text, c.term) >= 0 {
			return nil
		}
		strings[i] = l.Text
	}
	return newStringSearch(strings, c.term, c.spec.FoldCase, c.spec.Sample)
}

// orEmpty also matches the empty string.
type orEmpty struct{ decider }

func (d *orEmpty) Match([]byte) bool { return true }

func (d *orEmpty) Find(record []byte, from int) (start, end int, ok bool) {
	start, end, ok = d.decider.Find(record, from)
	if ok && start == from {
		return start, end, true
	}
	return from, from, from <= len(record)
}
