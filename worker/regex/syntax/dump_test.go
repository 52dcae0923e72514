package syntax

import (
	"fmt"
	"strings"
)

// dump writes a tree as a short string: literals in quotes, (...) for a
// concatenation, <...|...> for alternatives, x{2,} for repetitions, #1(...) for
// a group and \1 for a reference to it.
func dump(n *Node) string {
	switch n.Op {
	case OpNone:
		return "none"
	case OpEmpty:
		return "empty"
	case OpLiteral:
		return fmt.Sprintf("%q", n.Literal)
	case OpSet:
		return dumpSet(n.Set)
	case OpConcat:
		return "(" + dumpAll(n.Sub, " ") + ")"
	case OpAlternate:
		return "<" + dumpAll(n.Sub, "|") + ">"
	case OpRepeat:
		if n.Max == Unlimited {
			return fmt.Sprintf("%s{%d,}", dump(n.Sub[0]), n.Min)
		}
		return fmt.Sprintf("%s{%d,%d}", dump(n.Sub[0]), n.Min, n.Max)
	case OpGroup:
		return fmt.Sprintf("#%d(%s)", n.Index, dump(n.Sub[0]))
	case OpBackref:
		if n.Fold {
			return fmt.Sprintf(`\%di`, n.Index)
		}
		return fmt.Sprintf(`\%d`, n.Index)
	case OpLook:
		return dumpLook(n.Look)
	}
	return "?"
}

func dumpAll(nodes []*Node, separator string) string {
	var s []string
	for _, n := range nodes {
		s = append(s, dump(n))
	}
	return strings.Join(s, separator)
}

func dumpSet(s *Set) string {
	var b strings.Builder
	for lo := 0; lo < 256; lo++ {
		if !s.HasByte(byte(lo)) {
			continue
		}
		hi := lo
		for hi+1 < 256 && s.HasByte(byte(hi+1)) {
			hi++
		}
		dumpRange(&b, rune(lo), rune(hi), 0x7f)
		lo = hi
	}
	if len(s.Runes) > 4 {
		return "[" + b.String() + "...]"
	}
	for _, r := range s.Runes {
		dumpRange(&b, r.Lo, r.Hi, 0xd000)
	}
	return "[" + b.String() + "]"
}

// dumpRange shows characters below limit as they are.
func dumpRange(b *strings.Builder, lo, hi, limit rune) {
	show := func(r rune) string {
		if ' ' < r && r < 0x7f || 0xa0 < r && r < limit {
			return string(r)
		}
		return fmt.Sprintf(`\x%02x`, r)
	}
	b.WriteString(show(lo))
	if hi > lo {
		b.WriteString("-" + show(hi))
	}
}

func dumpLook(l Look) string {
	for name, look := range map[string]Look{
		"^": Begin, "$": End, `\<`: WordStart, `\>`: WordEnd, `\b`: WordEdge, `\B`: NoWordEdge,
		"before": NoWordBefore, "after": NoWordAfter,
	} {
		if l == look {
			return name
		}
	}
	return "look?"
}
