package backtrack

import (
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// deep is what is worked out about a line that takes many steps, to rule out ways early and to try
// none of them twice.
type deep struct {
	facts *facts
	memo  *memo
	reach reach

	// recurs says for each position how many bytes from there on may occur again later, if
	// hasRecurs is set.
	recurs    []int32
	hasRecurs bool
	hasReach  bool

	runs     []run // the last of each span
	suffixes suffixes
	folded   []byte
}

// run is a stretch of the line that has only characters of one set.
type run struct{ start, end int }

// maxDeep is the length of the lines for which texts are compared and sorted, in bytes; it takes
// some forty times as much memory.
const maxDeep = 1 << 20

func newDeep(p *program, n *syntax.Node) *deep {
	return &deep{facts: newFacts(p, n), memo: newMemo(p)}
}

// prepare works out what there is to know about the line of b.
func (d *deep) prepare(b *backrefs) {
	d.memo.texts.unset()
	d.hasRecurs = false
	for i := range sized(&d.runs, len(b.insts)) {
		d.runs[i] = run{-1, -1}
	}
	if len(b.line) <= maxDeep {
		d.memo.texts.set(b.line)
		if text, ok := d.text(b); ok {
			d.recurs, d.hasRecurs = d.suffixes.recurrences(text), true
		}
	}
	d.hasReach = d.reach.fits(len(b.insts), len(b.line)+1)
	if d.hasReach {
		d.reach.workOut(b, d.facts)
	}
}

// text returns the line such that what a back-reference takes for the same is the same; ok is false
// if that has another length.
func (d *deep) text(b *backrefs) (text []byte, ok bool) {
	if !d.facts.folds {
		return b.line, true
	}
	d.folded = d.folded[:0]
	for line := b.line; len(line) > 0; {
		size := 1
		if b.utf8 && line[0] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(line)
		}
		n := len(d.folded)
		d.folded = syntax.AppendFolded(d.folded, line[:size], b.utf8)
		if len(d.folded)-n != size {
			return nil, false
		}
		line = line[size:]
	}
	return d.folded, true
}

// mayReach reports whether a match may be completed from a state.
func (d *deep) mayReach(state int32, pos int) bool { return !d.hasReach || d.reach.has(state, pos) }

// mayEnd reports whether what the group has matched from its start up to pos may occur again, if it
// must.
func (b *backrefs) mayEnd(end int32, pos int) bool {
	d := b.deep
	if !d.hasRecurs || !d.facts.recurs[end] {
		return true
	}
	start := b.slots[b.insts[end].slot]
	return pos-int(start) <= int(d.recurs[start])
}

// isOpen reports whether pos may be in all groups that are open, and a match be completed from
// there, on a way that is new.
func (b *backrefs) isOpen(state int32, pos int) bool {
	if !b.deep.mayReach(state, pos) {
		return false
	}
	for s := b.insts[state].scope; s != nil; s = s.outer {
		if !b.mayEnd(s.end, pos) {
			return false
		}
	}
	return true
}

// isNew notes a way and reports whether it has not been tried.
func (b *backrefs) isNew(state int32, pos int) bool {
	number := b.deep.memo.add(state, int32(pos), b.slots)
	isNew := *number < 0
	*number = 0
	b.account()
	return isNew
}

// account adds what the last use of the memo took.
func (b *backrefs) account() {
	m := b.deep.memo
	b.steps += memoSteps + m.texts.compared/256
	m.texts.compared = 0
	if m.isFull() {
		b.steps = b.limit + 1
	}
}

// memoSteps is how many steps a use of the memo counts as.
const memoSteps = 8

// enter is what [backrefs.take] and [backrefs.give] do for a span that starts at low.
func (b *backrefs) enter(state int32, low int) int {
	in := &b.insts[state]
	if !b.isOpen(state, low) {
		return -1
	}
	end := b.upTo(in.scope, low, b.runEnd(state, low))
	if in.span.most == syntax.Unlimited {
		// All ends up to this one were tried from there on.
		number := b.deep.memo.add(state, int32(end), b.slots)
		b.account()
		tried := int(*number)
		if tried >= 0 && tried <= low {
			return -1
		}
		*number = int32(low)
		if tried >= 0 {
			// That one once more, since the round of a loop may have been empty there.
			end = tried
		}
	}
	return b.last(state, low, end)
}

// runEnd is take, but where the characters of one span lie in a row it looks at them once.
func (b *backrefs) runEnd(state int32, low int) int {
	in := &b.insts[state]
	if in.span.most != syntax.Unlimited || !b.isBoundary(low) {
		return b.take(in, low)
	}
	r := &b.deep.runs[state]
	if low < r.start || low > r.end {
		*r = run{low, b.take(in, low)}
	}
	return r.end
}

// upTo returns the last end, not before low, at which the open groups may still occur again.
func (b *backrefs) upTo(s *scope, low, end int) int {
	d := b.deep
	if !d.hasRecurs {
		return end
	}
	for ; s != nil; s = s.outer {
		if d.facts.recurs[s.end] {
			start := b.slots[b.insts[s.end].slot]
			end = min(end, int(start+d.recurs[start]))
		}
	}
	for end > low && !b.isBoundary(end) {
		end--
	}
	return max(low, end)
}

// last returns the last end from low to end that the span in state may have, or -1. The others go
// on the stack.
func (b *backrefs) last(state int32, low, end int) int {
	in := &b.insts[state]
	then := &b.insts[in.next]
	var text []byte // that must follow
	if then.op == opBackref && !then.fold {
		from, to := b.slots[then.slot], b.slots[then.slot+1]
		if from < 0 || to < from {
			return -1
		}
		text = b.line[from:to]
	}
	for {
		if end = b.candidate(in, text, low, end); end < 0 || b.steps > b.limit {
			return -1
		}
		if in.span.most == syntax.Unlimited || b.isNew(state, end) {
			if end > low && !in.span.keeps {
				b.stack = append(b.stack, choice{state: ^state, pos: int32(b.back(end)), low: int32(low)})
			}
			return end
		}
		if end == low {
			return -1
		}
		end = b.back(end)
	}
}

// candidate returns the last end from low to end of a span after which text may follow, and a match
// may be completed; or -1.
func (b *backrefs) candidate(in *inst, text []byte, low, end int) int {
	d := b.deep
	target := in.next
	if len(text) > 0 {
		target = b.insts[target].next
		end = min(end, len(b.line)-len(text))
	}
	for ; end >= low; end-- {
		b.steps++
		if d.hasReach {
			last, words := d.reach.last(target, end+len(text))
			b.steps += words / 8
			if end = last - len(text); end < low {
				return -1
			}
		}
		switch {
		case len(text) == 0:
			if !b.mayFollow(in.span.first, -1, end) {
				continue
			}
		case b.line[end] != text[0]:
			continue
		default:
			b.steps += len(text) / 256
			if string(b.line[end:end+len(text)]) != string(text) {
				continue
			}
		}
		if end == low || b.isBoundary(end) {
			return end
		}
	}
	return -1
}
