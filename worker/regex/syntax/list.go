package syntax

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// list is a Pattern in the making.
type list struct {
	Pattern
	special  [256]bool // see specialBytes
	others   []other
	found    findings
	groups   int  // in the trees so far
	anchored bool // some literal is
	several  bool // not all patterns are the same
	faulty   map[string]bool
	sets     map[[4]uint64]*Node
}

// other is a pattern that is not plain, or gives a warning.
type other struct {
	src      []byte
	index    int // in the list
	isPlain  bool
	tree     *Node
	found    findings
	warnings []string
}

func (l *list) read(patterns [][]byte) error {
	l.sort(patterns)
	if err := l.check(); err != nil {
		return err
	}
	l.found.needGlibc = l.found.needGlibc || l.Options.Words && l.Options.UTF8
	for i := range l.others {
		if err := l.reread(&l.others[i]); err != nil {
			return err
		}
	}
	l.gather()
	return nil
}

// sort separates the literals from the rest of the list.
func (l *list) sort(patterns [][]byte) {
	l.special = specialBytes(l.Options)
	for i, src := range patterns {
		l.several = l.several || !bytes.Equal(src, patterns[0])
		cut := cutAnchors(src, l.Options)
		hasSpecial := false
		for _, b := range cut.Text {
			hasSpecial = hasSpecial || l.special[b]
		}
		if !hasSpecial {
			l.addLiteral(cut)
			continue
		}
		o := other{src: src, index: i}
		p := parser{Options: l.Options, src: src}
		if plain, ok := p.unescape(); ok {
			l.addLiteral(plain)
			if p.warnings == nil {
				continue
			}
			o.isPlain, o.warnings = true, p.warnings
		}
		if l.others == nil {
			l.others = make([]other, 0, len(patterns)-i)
		}
		l.others = append(l.others, o)
	}
}

func (l *list) addLiteral(lit Literal) {
	l.Literals = append(l.Literals, lit)
	l.anchored = l.anchored || lit.Begin || lit.End
}

// takesAnchors reports whether a literal may have anchors. Under -w, where what is beside a string
// always matters, they are left to the trees.
func takesAnchors(o *Options) bool {
	return o.Language != Fixed && (!o.Words || o.Lines)
}

// cutAnchors cuts the anchors off src. It is right if no byte in the rest is special, particularly
// not a backslash before the dollar sign.
func cutAnchors(src []byte, o Options) Literal {
	l := Literal{Text: src}
	if takesAnchors(&o) {
		l.Text, l.Begin = bytes.CutPrefix(l.Text, []byte{'^'})
		l.Text, l.End = bytes.CutSuffix(l.Text, []byte{'$'})
	}
	return l
}

// specialBytes returns which bytes need a closer look.
func specialBytes(o Options) (special [256]bool) {
	if o.UTF8 {
		for b := utf8.RuneSelf; b < len(special); b++ {
			special[b] = true
		}
	}
	if o.Language == Fixed {
		return special
	}
	special['\\'] = true
	for b, k := range specials {
		special[b] = special[b] || k != kindEnd
	}
	if o.Language == Extended {
		for b, k := range operators {
			special[b] = special[b] || k != kindEnd
		}
	}
	return special
}

// unescape returns the literal that the pattern stands for, if it is one.
func (p *parser) unescape() (l Literal, ok bool) {
	if p.Language == Fixed {
		return Literal{Text: p.src}, utf8.Valid(p.src) || !p.UTF8
	}
	anchors := takesAnchors(&p.Options)
	if anchors && p.peek().kind == kindCaret {
		l.Begin = true
		p.pos++
	}
	rest := p.pos // start of what is not yet in the text
	for t := p.peek(); t.kind != kindEnd; t = p.peek() {
		if anchors && t.kind == kindDollar && p.pos+1 == len(p.src) {
			l.End = true
			break
		}
		isChar := t.kind == kindChar || t.kind == kindBraceEnd ||
			t.kind == kindClose && p.Language == Extended
		if !isChar || t.invalid {
			return Literal{}, false
		}
		if t.escaped {
			p.warnStray(t)
			l.Text = append(l.Text, p.src[rest:p.pos]...)
			rest = p.pos + 1
		}
		p.pos += t.size
	}
	if l.Text == nil {
		l.Text = p.src[rest:p.pos]
	} else {
		l.Text = append(l.Text, p.src[rest:p.pos]...)
	}
	return l, true
}

// isNew reports whether o is the first of its kind with an error or a warning: GNU grep drops a
// pattern that is already in the list.
func (l *list) isNew(o *other) bool {
	if l.faulty == nil {
		l.faulty = make(map[string]bool)
	}
	isNew := !l.faulty[string(o.src)]
	l.faulty[string(o.src)] = true
	return isNew
}

// check reads the patterns as glibc does, since that is how they are judged.
func (l *list) check() error {
	var errs []error
	for i := range l.others {
		o := &l.others[i]
		if o.isPlain {
			continue
		}
		p := parser{Options: l.Options, special: &l.special}
		var err *Error
		o.tree, err = p.parse(o.src)
		if err != nil && err.Reason == string(tooDeep) {
			errs = append(errs, ErrTooDeep)
			break
		}
		if err != nil {
			err.Index = o.index
			if l.isNew(o) {
				errs = append(errs, err)
			}
			continue
		}
		o.found, o.warnings = p.found, p.warnings
		l.found.join(o.found)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for i := range l.others {
		if o := &l.others[i]; o.found.confusing {
			return &Error{Index: o.index, Reason: string(confusing)}
		}
	}
	return nil
}

// reread reads a pattern again if the first reading does not hold: as the DFA does, which always
// decides on the warnings, or with all patterns by character.
func (l *list) reread(o *other) error {
	byCharacter := l.found.wide || l.Options.FoldCase
	if o.found.readers {
		p := parser{Options: l.Options, reader: byDFA}
		if _, err := p.parse(o.src); err != nil {
			err.Index = o.index
			return err
		}
		o.warnings = p.warnings
	}
	reader := byGlibc
	if !l.found.needGlibc || o.found.brace {
		reader = byDFA
	}
	if reader == byDFA && o.found.readers || o.found.invalid && byCharacter {
		p := parser{Options: l.Options, reader: reader, byCharacter: byCharacter}
		o.tree, _ = p.parse(o.src) // which was fine before
	}
	return nil
}

// gather assembles the Pattern.
func (l *list) gather() {
	var nodes []*Node
	allPlain := !l.anchored
	for i := range l.others {
		o := &l.others[i]
		if o.warnings != nil && l.isNew(o) {
			l.Warnings = append(l.Warnings, o.warnings...)
		}
		allPlain = allPlain && o.isPlain
		if o.isPlain {
			continue
		}
		n := l.renumber(o.tree)
		l.share(n)
		if n.Op == OpLiteral && !o.found.invalid {
			l.Literals = append(l.Literals, Literal{Text: n.Literal})
		} else {
			nodes = append(nodes, n)
		}
	}
	if nodes != nil {
		l.Others = alternate(nodes)
	}
	if l.Warnings != nil && allPlain && l.several && l.suitsFixed() {
		l.Warnings = nil
	}
	l.Backrefs = l.found.backrefs
}

// share replaces all nodes that are the same set of bytes by one: a long list has few different
// ones.
func (l *list) share(n *Node) {
	for i, sub := range n.Sub {
		if sub.Op != OpSet || sub.Set.Runes != nil {
			l.share(sub)
			continue
		}
		same := l.sets[sub.Set.Bytes]
		if same == nil {
			if l.sets == nil {
				l.sets = make(map[[4]uint64]*Node)
			}
			l.sets[sub.Set.Bytes] = sub
			same = sub
		}
		n.Sub[i] = same
	}
}

// suitsFixed reports whether GNU grep takes two or more literals as if with -F, ignoring what is
// escaped.
func (l *list) suitsFixed() bool {
	for _, lit := range l.Literals {
		if l.Options.FoldCase && !foldsByBytes(lit.Text, l.Options.UTF8) {
			return false
		}
	}
	return true
}
