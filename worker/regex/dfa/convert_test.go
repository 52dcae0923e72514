package dfa

import (
	stdsyntax "regexp/syntax"
	"testing"

	"github.com/linefork/linefork/worker/regex/syntax"
)

// parse returns the tree of a pattern in Go's syntax, for characters in UTF-8
// or for single bytes.
func parse(t testing.TB, pattern string, utf8 bool) *syntax.Node {
	t.Helper()
	re, err := stdsyntax.Parse(pattern, stdsyntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	return convert(t, re, utf8)
}

func convert(t testing.TB, re *stdsyntax.Regexp, utf8 bool) *syntax.Node {
	t.Helper()
	var subs []*syntax.Node
	for _, sub := range re.Sub {
		subs = append(subs, convert(t, sub, utf8))
	}
	repeat := func(least, most int) *syntax.Node {
		return &syntax.Node{Op: syntax.OpRepeat, Min: least, Max: most, Sub: subs}
	}
	look := func(l syntax.Look) *syntax.Node { return &syntax.Node{Op: syntax.OpLook, Look: l} }
	switch re.Op {
	case stdsyntax.OpNoMatch:
		return &syntax.Node{Op: syntax.OpNone}
	case stdsyntax.OpEmptyMatch:
		return &syntax.Node{Op: syntax.OpEmpty}
	case stdsyntax.OpLiteral:
		return &syntax.Node{Op: syntax.OpLiteral, Literal: []byte(string(re.Rune))}
	case stdsyntax.OpCharClass:
		return &syntax.Node{Op: syntax.OpSet, Set: runeSet(utf8, re.Rune...)}
	case stdsyntax.OpAnyCharNotNL:
		return &syntax.Node{Op: syntax.OpSet, Set: runeSet(utf8, 0, '\n'-1, '\n'+1, 0x10FFFF)}
	case stdsyntax.OpBeginText, stdsyntax.OpBeginLine:
		return look(syntax.Begin)
	case stdsyntax.OpEndText, stdsyntax.OpEndLine:
		return look(syntax.End)
	case stdsyntax.OpWordBoundary:
		return look(syntax.WordEdge)
	case stdsyntax.OpNoWordBoundary:
		return look(syntax.NoWordEdge)
	case stdsyntax.OpCapture:
		return &syntax.Node{Op: syntax.OpGroup, Index: re.Cap, Sub: subs}
	case stdsyntax.OpStar:
		return repeat(0, syntax.Unlimited)
	case stdsyntax.OpPlus:
		return repeat(1, syntax.Unlimited)
	case stdsyntax.OpQuest:
		return repeat(0, 1)
	case stdsyntax.OpRepeat:
		return repeat(re.Min, re.Max)
	case stdsyntax.OpConcat:
		return &syntax.Node{Op: syntax.OpConcat, Sub: subs}
	case stdsyntax.OpAlternate:
		return &syntax.Node{Op: syntax.OpAlternate, Sub: subs}
	}
	t.Fatalf("%v is not converted", re.Op)
	return nil
}

// runeSet returns the set of runes given in pairs. For single bytes, those from 0x80 on stand for
// the runes beyond ASCII.
func runeSet(utf8 bool, pairs ...rune) *syntax.Set {
	set := &syntax.Set{}
	for i := 0; i < len(pairs); i += 2 {
		lo, hi := pairs[i], pairs[i+1]
		for c := lo; c <= min(hi, 0x7F); c++ {
			set.AddByte(byte(c))
		}
		switch lo = max(lo, 0x80); {
		case lo > hi:
		case utf8:
			set.Runes = append(set.Runes, syntax.RuneRange{Lo: lo, Hi: hi})
		default:
			for c := lo; c <= min(hi, 0xFF); c++ {
				set.AddByte(byte(c))
			}
		}
	}
	return set
}
