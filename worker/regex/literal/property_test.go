package literal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// TestRequired tries random trees and records made from them: each record that matches must contain
// a literal of each set, at the start or the end of each match if the set says so, and each that
// contains one of an exact set must match.
func TestRequired(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var matches, exact, affixes, sets int
	for range 60_000 {
		o := Options{UTF8: r.IntN(2) == 0, Terminator: '\n', Fold: r.IntN(3) == 0}
		g := maker{r: r, utf8: o.UTF8, fold: o.Fold}
		n := g.tree(4)
		o.Sample = bytes.Repeat([]byte("ab1,ab\n"), r.IntN(3))
		required := Required(n, o)
		for range 8 {
			record := g.record(n)
			matched := holdsMatch(n, record, o.UTF8)
			if matched {
				matches++
			}
			for _, set := range required {
				sets++
				found := foundIn(set.Literals, record, o.Fold)
				if matched && !found {
					t.Fatalf("%s matches %q, which contains none of %+v (%+v)", show(n), record, set.Literals, o)
				}
				if set.Exact && found && !matched {
					t.Fatalf("%s does not match %q, which contains one of %+v (%+v)",
						show(n), record, set.Literals, o)
				}
				if set.Exact && found {
					exact++
				}
				if matched && (set.Prefix || set.Suffix) {
					affixes++
					checkAffixes(t, n, &set, record, &o)
				}
			}
		}
	}
	if matches < 50_000 || sets < 50_000 || exact < 5_000 || affixes < 50_000 {
		t.Errorf("%d matches, %d sets, %d of them exact and found, %d of affixes",
			matches, sets, exact, affixes)
	}
}

// checkAffixes checks that each match in record starts, or ends, with a literal.
func checkAffixes(t *testing.T, n *syntax.Node, set *Set, record []byte, o *Options) {
	t.Helper()
	text := record
	if o.Fold {
		text, _ = lowerASCII(record)
	}
	framed := append(append([]byte("\n"), text...), '\n')
	for i := 0; i <= len(record); i++ {
		ways := 0 // there are a great many with nested repetitions
		matchAt(n, record, i, o.UTF8, func(j int) bool {
			ways++
			begins, ends := false, false
			for _, l := range set.Literals {
				b, at, behind := l.Bytes('\n'), i+1, j+1
				if l.Begin {
					at--
				}
				if l.End {
					behind++
				}
				begins = begins || bytes.HasPrefix(framed[at:], b)
				ends = ends || bytes.HasSuffix(framed[:behind], b)
			}
			if set.Prefix && !begins || set.Suffix && !ends {
				t.Fatalf("%s matches %q from %d to %d, which is not as %+v says (%+v)",
					show(n), record, i, j, *set, *o)
			}
			return ways == 30
		})
	}
}

func foundIn(lits []Literal, record []byte, fold bool) bool {
	if fold {
		record, _ = lowerASCII(record)
	}
	framed := append(append([]byte("\n"), record...), '\n')
	for _, l := range lits {
		if bytes.Contains(framed, l.Bytes('\n')) {
			return true
		}
	}
	return false
}

// maker makes random trees and records.
type maker struct {
	r          *rand.Rand
	utf8, fold bool
}

var letters = []string{"a", "b", "A", "1", ",", "ab", "b,1", "\n", "é", "\xc3", "\xa9", "k"}

func (g *maker) tree(depth int) *syntax.Node {
	kind := g.r.IntN(12)
	if depth == 0 {
		kind %= 5
	}
	switch kind {
	case 0, 1:
		return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte(letters[g.r.IntN(len(letters))])}
	case 2, 3:
		return &syntax.Node{Op: syntax.OpSet, Set: g.set()}
	case 4:
		looks := []syntax.Look{
			syntax.Begin, syntax.End, syntax.Begin & syntax.End, syntax.WordStart,
			syntax.NoWordAfter, syntax.Begin, syntax.End, 0, syntax.Always, syntax.Begin & syntax.WordStart,
		}
		switch i := g.r.IntN(len(looks) + 2); i {
		case 0:
			return &syntax.Node{Op: syntax.OpNone}
		case 1:
			return &syntax.Node{Op: syntax.OpEmpty}
		default:
			return &syntax.Node{Op: syntax.OpLook, Look: looks[i-2]}
		}
	case 5, 6, 7, 8, 9:
		n := &syntax.Node{Op: syntax.OpConcat}
		if kind > 7 {
			n.Op = syntax.OpAlternate
		}
		for range g.r.IntN(4) {
			n.Sub = append(n.Sub, g.tree(depth-1))
		}
		return n
	case 10:
		n := &syntax.Node{Op: syntax.OpRepeat, Min: g.r.IntN(4), Sub: []*syntax.Node{g.tree(depth - 1)}}
		n.Max = n.Min + g.r.IntN(3) - 1
		if n.Max < n.Min {
			n.Max = syntax.Unlimited
		}
		return n
	}
	return &syntax.Node{Op: syntax.OpGroup, Index: 1, Sub: []*syntax.Node{g.tree(depth - 1)}}
}

func (g *maker) set() *syntax.Set {
	s := &syntax.Set{}
	for range g.r.IntN(4) {
		c := byte("ab1,kA\n\xc3"[g.r.IntN(8)])
		s.AddByte(c)
		if g.fold && 'a' <= c|0x20 && c|0x20 <= 'z' && g.r.IntN(4) > 0 {
			s.AddByte(c ^ 0x20)
		}
	}
	if g.r.IntN(6) == 0 {
		s.Bytes = [4]uint64{^uint64(1 << '\n'), ^uint64(0)}
	}
	if g.utf8 && g.r.IntN(3) == 0 {
		s.Runes = []syntax.RuneRange{{Lo: 'é', Hi: 'é' + rune(g.r.IntN(2))}, {Lo: 0x212a, Hi: 0x212a}}
	}
	return s
}

// record returns a string of n, usually with something around it.
func (g *maker) record(n *syntax.Node) []byte {
	b := g.noise(nil)
	b = g.generate(b, n)
	b = g.noise(b)
	if g.fold && g.r.IntN(2) == 0 {
		b = bytes.ToUpper(b)
	}
	return bytes.ReplaceAll(b, []byte("\n"), nil)
}

func (g *maker) noise(b []byte) []byte {
	for range g.r.IntN(3) * g.r.IntN(2) {
		b = append(b, letters[g.r.IntN(len(letters))]...)
	}
	return b
}

func (g *maker) generate(b []byte, n *syntax.Node) []byte {
	switch n.Op {
	case syntax.OpLiteral:
		return append(b, n.Literal...)
	case syntax.OpSet:
		var members []string
		for c := range 256 {
			if n.Set.HasByte(byte(c)) {
				members = append(members, string([]byte{byte(c)}))
			}
		}
		for _, r := range n.Set.Runes {
			members = append(members, string(r.Lo), string(r.Hi))
		}
		if len(members) > 0 {
			b = append(b, members[g.r.IntN(len(members))]...)
		}
	case syntax.OpConcat:
		for _, sub := range n.Sub {
			b = g.generate(b, sub)
		}
	case syntax.OpAlternate:
		if len(n.Sub) > 0 {
			return g.generate(b, n.Sub[g.r.IntN(len(n.Sub))])
		}
	case syntax.OpRepeat:
		times := n.Min + g.r.IntN(3)
		if n.Max >= 0 {
			times = min(times, n.Max)
		}
		for range times {
			b = g.generate(b, n.Sub[0])
		}
	case syntax.OpGroup:
		return g.generate(b, n.Sub[0])
	}
	return b
}

// holdsMatch is the plain reference.
func holdsMatch(n *syntax.Node, record []byte, isUTF8 bool) bool {
	for i := 0; i <= len(record); i++ {
		if matchAt(n, record, i, isUTF8, func(int) bool { return true }) {
			return true
		}
	}
	return false
}

// insideRune reports whether i is within a character.
func insideRune(b []byte, i int) bool {
	for at := 0; at < i; {
		_, n := utf8.DecodeRune(b[at:])
		at += n
		if at > i {
			return true
		}
	}
	return false
}

func matchAt(n *syntax.Node, b []byte, i int, isUTF8 bool, next func(int) bool) bool {
	switch n.Op {
	case syntax.OpEmpty:
		return next(i)
	case syntax.OpLiteral:
		end := i + len(n.Literal)
		return bytes.HasPrefix(b[i:], n.Literal) && next(end)
	case syntax.OpSet:
		if i == len(b) || isUTF8 && insideRune(b, i) {
			return false
		}
		if c, size := utf8.DecodeRune(b[i:]); isUTF8 && size > 1 {
			return n.Set.HasRune(c) && next(i+size)
		}
		return n.Set.HasByte(b[i]) && next(i+1)
	case syntax.OpConcat:
		if len(n.Sub) == 0 {
			return next(i)
		}
		rest := &syntax.Node{Op: syntax.OpConcat, Sub: n.Sub[1:]}
		return matchAt(n.Sub[0], b, i, isUTF8, func(j int) bool {
			return matchAt(rest, b, j, isUTF8, next)
		})
	case syntax.OpAlternate:
		for _, sub := range n.Sub {
			if matchAt(sub, b, i, isUTF8, next) {
				return true
			}
		}
		return false
	case syntax.OpRepeat:
		if n.Min == 0 && next(i) {
			return true
		}
		if n.Max == 0 {
			return false
		}
		less := *n
		less.Min = max(n.Min-1, 0)
		if n.Max > 0 {
			less.Max--
		}
		return matchAt(n.Sub[0], b, i, isUTF8, func(j int) bool {
			if j == i && n.Min == 0 {
				return false // another empty copy changes nothing
			}
			return matchAt(&less, b, j, isUTF8, next)
		})
	case syntax.OpGroup:
		return matchAt(n.Sub[0], b, i, isUTF8, next)
	case syntax.OpLook:
		return n.Look.Holds(syntax.Before(b, i, isUTF8), syntax.After(b, i, isUTF8)) && next(i)
	}
	return false
}

func show(n *syntax.Node) string {
	var subs []string
	for _, sub := range n.Sub {
		subs = append(subs, show(sub))
	}
	all := strings.Join(subs, " ")
	switch n.Op {
	case syntax.OpLiteral:
		return fmt.Sprintf("%q", n.Literal)
	case syntax.OpSet:
		return fmt.Sprintf("%x", *n.Set)
	case syntax.OpConcat:
		return "(" + all + ")"
	case syntax.OpAlternate:
		return "(| " + all + ")"
	case syntax.OpRepeat:
		return fmt.Sprintf("(%d-%d %s)", n.Min, n.Max, all)
	case syntax.OpLook:
		return fmt.Sprintf("look%b", n.Look)
	}
	return fmt.Sprintf("(op%d %s)", n.Op, all)
}
