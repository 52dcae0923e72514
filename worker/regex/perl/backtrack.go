package perl

// frame is an entry on the stack: something left to try, or a value to restore.
type frame struct {
	kind frameKind
	pc   int
	a, b int
}

type frameKind uint8

const (
	fBranch   frameKind = iota // continue at pc, position a
	fSpan                      // the span pc may end anywhere in [a, b)
	fSpanLazy                  // the span pc has a characters up to b and may take more
	fThen                      // as fBranch, of the alternation b; pc may be -1
	fTry                       // a lookaround ends at b; if it fails, continue at pc, position a
	fVerb                      // the verb at pc, position a, in call b
	fMark                      // the mark at pc, position a; invisible in an atomic group
	fEnter                     // the call b, made during the call a
	fReset                     // register pc was a
	fKeep                      // keep was a
	fLeave                     // the call a was left
)

func (m *Matcher) push(f frame) { m.stack = append(m.stack, f) }

// set changes a register. If nothing is left to try, its old value is not needed.
func (m *Matcher) set(register, value int) {
	if len(m.stack) > 0 {
		m.push(frame{kind: fReset, pc: register, a: m.registers[register]})
	}
	m.registers[register] = value
}

// pop takes the top frame and restores what it says.
func (m *Matcher) pop() frame {
	f := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	switch f.kind {
	case fReset:
		m.registers[f.pc] = f.a
	case fKeep:
		m.keep = f.a
	case fLeave:
		m.call = f.a
	case fEnter:
		m.call = f.a
	}
	return f
}

// unwind reverts everything since the stack had this height. The lowest of those frames stays
// readable just above the stack.
func (m *Matcher) unwind(height int) {
	for len(m.stack) > height {
		m.pop()
	}
}

// cut forgets what is left to try above height, but not what to restore.
func (m *Matcher) cut(height int) {
	n := height
	for _, f := range m.stack[height:] {
		if f.kind >= fEnter {
			m.stack[n] = f
			n++
		}
	}
	m.stack = m.stack[:n]
}

// backtrack goes back to what was last left to try. If there is nothing, pc is -1 and out says why.
func (m *Matcher) backtrack() (pc, pos int, out outcome) {
	m.steps++
	if m.err = m.exceeded(); m.err != nil {
		return -1, 0, gaveUp
	}
	for len(m.stack) > 0 {
		f := m.pop()
		switch f.kind {
		case fBranch:
			return f.pc, f.a, 0
		case fThen:
			if f.pc >= 0 {
				return f.pc, f.a, 0
			}
		case fTry:
			if f.pc >= 0 {
				return f.pc, f.a, 0
			}
		case fSpan:
			if pos, ok := m.shorter(f); ok {
				return f.pc + 1, pos, 0
			}
		case fSpanLazy:
			if pos, ok := m.longer(f); ok {
				return f.pc + 1, pos, 0
			}
		case fVerb:
			if pc, pos, out = m.leap(f); pc >= 0 || out != failed {
				return pc, pos, out
			}
		}
	}
	return -1, 0, failed
}

// exceeded says why not to continue.
func (m *Matcher) exceeded() error {
	switch {
	case m.err != nil:
		return m.err
	case m.steps > m.stepLimit:
		return errMatchLimit
	case len(m.stack) > maxFrames:
		return errHeapLimit
	}
	if m.work++; m.work > maxWork {
		return errMatchLimit
	}
	return nil
}

// shorter ends a span earlier, where the match may continue.
func (m *Matcher) shorter(f frame) (pos int, ok bool) {
	next := m.insts[f.pc].next
	at := f.b
	for pos := f.b; pos > f.a; {
		pos--
		for m.utf && m.s[pos]&0xc0 == 0x80 {
			pos--
		}
		if next != nil && next[m.s[pos]] == 0 {
			continue
		}
		if pos > f.a {
			m.push(frame{kind: fSpan, pc: f.pc, a: f.a, b: pos})
		}
		m.work += (at - pos) >> 4
		return pos, true
	}
	m.work += (at - f.a) >> 4
	return 0, false
}

// longer lets a lazy span take one more character, and then on to where the match may continue.
func (m *Matcher) longer(f frame) (pos int, ok bool) {
	in := &m.insts[f.pc]
	at := f.b
	for f.a != in.max {
		w := m.width(in.set, f.b)
		if w == 0 {
			break
		}
		f.a++
		f.b += w
		if in.next.allows(firstWay, m.s, f.b) {
			if f.a != in.max {
				m.push(f)
			}
			m.work += (f.b - at) >> 4
			return f.b, true
		}
	}
	m.work += (f.b - at) >> 4
	return 0, false
}

// enter calls a group. The stack may be its only limit.
func (m *Matcher) enter(in *inst, back, pos int) bool {
	for c := m.call; c >= 0; c = m.calls[c].parent {
		if m.calls[c].pos != pos {
			break
		}
		if m.calls[c].group == in.y {
			m.err = errMatchLimit // as it would become
			return false
		}
	}
	if m.steps++; m.steps > m.stepLimit {
		return false
	}
	m.calls = append(m.calls, call{
		group: in.y, pos: pos, back: back, parent: m.call,
		registers: append([]int(nil), m.registers...),
	})
	m.work += len(m.registers) >> 2
	m.push(frame{kind: fEnter, a: m.call, b: len(m.calls) - 1})
	m.call = len(m.calls) - 1
	return true
}

// leave returns from a call; what groups have matched is as before.
func (m *Matcher) leave() (pc int) {
	c := &m.calls[m.call]
	for r, v := range c.registers {
		if m.registers[r] != v {
			m.set(r, v)
		}
	}
	m.push(frame{kind: fLeave, a: m.call})
	m.call = c.parent
	return c.back
}

// verb executes a backtracking verb: most wait on the stack.
func (m *Matcher) verb(in *inst, pc, pos int) (nextPC, nextPos int, advance bool) {
	switch in.verb {
	case accept:
		return m.accept(pos)
	case mark:
		m.push(frame{kind: fMark, pc: pc, a: pos})
	default:
		m.push(frame{kind: fVerb, pc: pc, a: pos, b: m.call})
	}
	return pc + 1, pos, true
}

// accept ends the innermost lookaround or call, or otherwise the match.
func (m *Matcher) accept(pos int) (pc, at int, advance bool) {
	for i := len(m.stack) - 1; i >= 0; i-- {
		switch f := m.stack[i]; {
		case f.kind == fTry:
			return f.b, pos, true
		case f.kind == fEnter && f.b == m.call:
			m.cut(i) // such a call is atomic
			return m.leave(), pos, true
		}
	}
	if m.notEmpty && pos == m.keep || m.notAtStart && pos == m.keep && pos == m.from {
		return 0, 0, false
	}
	m.end = pos
	return 0, 0, false
}

// leap does what a verb requires when the match comes back to it.
func (m *Matcher) leap(f frame) (pc, pos int, out outcome) {
	in := &m.insts[f.pc]
	skipTo := f.a
	if in.verb == skipMark {
		at, ok := m.marked(in.text)
		if !ok {
			return -1, 0, failed
		}
		skipTo = at
	}
	for len(m.stack) > 0 {
		switch g := m.pop(); {
		case g.kind == fTry && g.pc >= 0:
			return g.pc, g.a, 0
		case g.kind == fTry && in.verb == then, g.kind == fEnter && g.b == f.b:
			return -1, 0, failed // and continue with what is below
		case g.kind == fThen && in.verb == then && g.b == in.x:
			if g.pc >= 0 {
				return g.pc, g.a, 0
			}
			return -1, 0, failed
		}
	}
	switch in.verb {
	case commit:
		return -1, 0, ended
	case skip, skipMark:
		m.skipTo = skipTo
		return -1, 0, skipped
	}
	return -1, 0, failed // the stack is empty
}

// marked returns the position of the last mark of that name. One in a call that has ended is
// invisible.
func (m *Matcher) marked(name []byte) (pos int, ok bool) {
	over := -1 // the call
	for i := len(m.stack) - 1; i >= 0; i-- {
		switch f := m.stack[i]; {
		case f.kind == fLeave && over < 0:
			over = f.a
		case f.kind == fEnter && f.b == over:
			over = -1
		case f.kind == fMark && over < 0 && string(m.insts[f.pc].text) == string(name):
			return f.a, true
		}
	}
	return 0, false
}
