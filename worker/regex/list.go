package regex

import (
	"bytes"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// list returns the plan for a pattern with more plain strings than a tree can
// take, anchored or not. The few of them that a search for bytes would not find rightly, and the
// patterns that are no plain strings, go into a tree of their own.
func (c *planner) list(p *syntax.Pattern) plan {
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
		isEmpty := len(l.Text) == 0 && !(l.Begin && l.End) // and so is in every record
		switch {
		case bytes.IndexByte(l.Text, c.term) >= 0:
			// stands in no record
		case isEmpty && !l.Begin && !l.End && !c.spec.Words:
			empty = true
		case isEmpty, f != nil && !f.knows(l.Text):
			rest.Literals = append(rest.Literals, l)
		default:
			strings = append(strings, l)
		}
	}

	var plans []plan
	if len(strings) > 0 {
		plans = append(plans, c.strings(strings, f))
	}
	if rest.Others != nil || len(rest.Literals) > 0 {
		plans = append(plans, c.others(&rest))
	}
	if len(plans) == 0 {
		plans = append(plans, nothing{})
	}
	all := plans[0]
	if len(plans) > 1 {
		all = &union{c.term, all, plans[1]}
	}
	if empty {
		return &everything{term: c.term, find: func() decider { return &orEmpty{all.engine()} }}
	}
	return all
}

// strings returns the plan for a great many strings.
func (c *planner) strings(strings []syntax.Literal, f *folding) plan {
	detect := f.detector(c.term)
	if detect != nil {
		strings = f.all(strings)
	}
	s := newStringSearch(c.frame(strings), c.term, c.spec.FoldCase, c.spec.Sample)
	for _, l := range strings {
		s.begin = s.begin || l.Begin
		s.end = s.end || l.End
	}

	var p plan
	if c.spec.Words && !c.spec.Lines {
		p = &words{s, syntax.NoWordBefore, syntax.NoWordAfter, c.spec.UTF8}
	} else {
		p = &literals{s: s, decide: func() decider { return &framed{s: s} }}
	}
	if detect != nil {
		return c.withCRLF(&folded{term: c.term, plain: p, folding: f, detect: detect}, nil)
	}
	if s.end {
		return c.withCRLF(p, nil)
	}
	return c.withCRLF(p, s)
}

// frame returns the strings with terminators in the place of their anchors.
func (c *planner) frame(strings []syntax.Literal) [][]byte {
	size := 0
	for _, l := range strings {
		if l.Begin || l.End {
			size += len(l.Text) + 2
		}
	}
	memory := make([]byte, 0, size)
	framed := make([][]byte, len(strings))
	for i, l := range strings {
		if !l.Begin && !l.End {
			framed[i] = l.Text
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
		framed[i] = memory[from:len(memory):len(memory)]
	}
	return framed
}

// wordSearch returns the search for the strings of p, where p is nothing but
// strings under -w, and bytes tell where they occur.
func (c *planner) wordSearch(p *syntax.Pattern) *search {
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

// orEmpty matches the empty string as well.
type orEmpty struct{ decider }

func (d *orEmpty) Match([]byte) bool { return true }

func (d *orEmpty) Find(record []byte, from int) (start, end int, ok bool) {
	start, end, ok = d.decider.Find(record, from)
	if ok && start == from {
		return start, end, true
	}
	return from, from, from <= len(record)
}
